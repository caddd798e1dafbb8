using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>One version of a definition and what it changed, in words.</summary>
public sealed record DefinitionChange(int Version, DateTimeOffset At, string Who, IReadOnlyList<string> Changes)
{
    /// <summary>Newest first.</summary>
    public static IReadOnlyList<DefinitionChange> Log(
        IReadOnlyList<(ResourceDefinition Definition, DateTimeOffset At, string Who)> versions)
    {
        var log = new List<DefinitionChange>(versions.Count);
        for (var i = versions.Count - 1; i >= 0; i--)
        {
            var (definition, at, who) = versions[i];
            log.Add(new(definition.Version, at, who, i == 0 ? [Text.FirstVersion] : [.. Between(versions[i - 1].Definition, definition)]));
        }

        return log;
    }

    private static IEnumerable<string> Between(ResourceDefinition before, ResourceDefinition after)
    {
        var any = false;
        foreach (var change in Described(before, after))
        {
            any = true;
            yield return change;
        }

        if (!any)
        {
            yield return Text.NoteChanged;
        }
    }

    private static IEnumerable<string> Described(ResourceDefinition before, ResourceDefinition after)
    {
        if (before.Name != after.Name)
        {
            yield return Text.NameChanged(after.Name);
        }

        foreach (var field in after.Fields)
        {
            if (before.Field(field.Name) is not { } old)
            {
                yield return Text.FieldAdded(field.Label);
            }
            else if (old != field)
            {
                yield return Text.FieldChanged(field.Label);
            }
        }

        foreach (var gone in before.Fields.Where(field => after.Field(field.Name) is null))
        {
            yield return Text.FieldRemoved(gone.Label);
        }

        if (before.Sharing.Class != after.Sharing.Class)
        {
            yield return Text.SharingChanged(after.Sharing.Class);
        }

        if (before.Rhythm != after.Rhythm)
        {
            yield return Text.RhythmChanged(after.Rhythm);
        }
    }
}
