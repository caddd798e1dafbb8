namespace Shali.Platform.Registry.Pages;

/// <summary>Works out what two people did to the same record.</summary>
internal static class Conflicts
{
    /// <summary>
    /// The fields that either changed. What only I changed is chosen mine, what only the other changed stays his;
    /// where both did, I must say.
    /// </summary>
    public static IReadOnlyList<Contested> Of(
        ShownRecord before, ShownRecord theirs, IReadOnlyDictionary<string, object?> mine, Posted form)
    {
        var rows = new List<Contested>();
        for (var i = 0; i < before.Record.Definition.Fields.Count; i++)
        {
            var field = before.Record.Definition.Fields[i];
            var theirsDiffers = !Equals(before.Record.Values[i], theirs.Record.Values[i]);
            var said = form[Posted.ChoicePrefix + field.Name];
            var mineText = mine.TryGetValue(field.Name, out var value) ? value as string ?? "" : null;
            if (mineText is null && !theirsDiffers)
            {
                continue;
            }

            rows.Add(new(
                field,
                Shown(before, i),
                mineText,
                Shown(theirs, i),
                theirsDiffers,
                said is "mine" or "theirs" ? said : mineText is null ? "theirs" : theirsDiffers ? "" : "mine"));
        }

        return rows;
    }

    private static string Shown(ShownRecord record, int i)
    {
        var field = record.Record.Definition.Fields[i];
        return record.Values[i] is string text && record.Masked[i] ? text : field.Type.Write(field, record.Values[i]);
    }
}
