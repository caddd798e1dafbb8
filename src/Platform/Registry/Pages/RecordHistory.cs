using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>What happened to a record: every version with its act, and any two versions side by side.</summary>
internal sealed class RecordHistory(ResourceRegistry registry, GovernedReader reader, Offices offices)
{
    public async Task<IResult> Show(HttpContext context, string resource, string key, CancellationToken cancel)
    {
        if (await Versions(context, resource, key, cancel) is not { } found)
        {
            return Results.NotFound();
        }

        var (definition, history) = found;
        var lines = history
            .Select((line, i) => new HistoryLine(line.Entry, line.Entry.Office.Length > 0 ? offices.NameOf(line.Entry.Office) : "", Differences(i + 1 < history.Count ? history[i + 1] : null, line)))
            .ToList();
        var versions = history.Where(line => line.Entry.Operation != 'D').Select(line => line.Entry.Record.Version).Distinct().ToList();
        var model = new RecordHistoryModel(definition, Addresses.Key(key), Title(history), lines, versions);
        return context.Show<RecordHistoryPage>(new { Model = model });
    }

    public async Task<IResult> Compare(HttpContext context, string resource, string key, CancellationToken cancel)
    {
        if (await Versions(context, resource, key, cancel) is not { } found)
        {
            return Results.NotFound();
        }

        var (definition, history) = found;
        var first = Version(history, context.Request.Query["a"].ToString());
        var second = Version(history, context.Request.Query["b"].ToString());
        var refusals = Refusals.Of(
            first is null ? new Refusal("REG-P15", "a", Text.NoVersion) : null,
            second is null ? new Refusal("REG-P15", "b", Text.NoVersion) : null);
        var model = new RecordCompareModel(
            definition,
            Addresses.Key(key),
            Title(history),
            [.. history.Where(line => line.Entry.Operation != 'D').Select(line => line.Entry.Record.Version).Distinct()],
            first?.Entry,
            second?.Entry,
            first is { } a && second is { } b ? Differences(a, b) : []);
        return context.Show<RecordComparePage>(new { Model = model, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    private async Task<(ResourceDefinition Definition, IReadOnlyList<(HistoryEntry Entry, ShownRecord Shown)> History)?> Versions(
        HttpContext context, string resource, string key, CancellationToken cancel)
    {
        if (registry.Find(resource) is not { } definition || reader.AccessOf(context.Caller(), definition) is null)
        {
            return null;
        }

        var history = await reader.History(new ReadRequest(context.Caller(), definition), Addresses.Key(key), cancel);
        return history.Count == 0 ? null : (definition, history);
    }

    private string Title(IReadOnlyList<(HistoryEntry Entry, ShownRecord Shown)> history) => FieldText.Title(registry, history[0].Shown);

    private static (HistoryEntry Entry, ShownRecord Shown)? Version(
        IReadOnlyList<(HistoryEntry Entry, ShownRecord Shown)> history, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && history.FirstOrDefault(line => line.Entry.Operation != 'D' && line.Entry.Record.Version == number) is { Entry: not null } found
            ? found
            : null;

    // What changed is judged by the stored values, what is shown is what the reader may see: a masked change is a
    // change without its content.
    private List<FieldDifference> Differences((HistoryEntry Entry, ShownRecord Shown)? before, (HistoryEntry Entry, ShownRecord Shown) after)
    {
        var deleted = after.Entry.Operation == 'D';
        var fresh = before is null || before.Value.Entry.Operation == 'D';
        var differences = new List<FieldDifference>();
        var definition = after.Entry.Record.Definition;
        for (var i = 0; i < definition.Fields.Count && !deleted; i++)
        {
            var (old, now) = (fresh ? null : before!.Value.Entry.Record.Values[i], after.Entry.Record.Values[i]);
            if (!Equals(old, now))
            {
                differences.Add(new(
                    definition.Fields[i],
                    fresh ? "" : Shown(before!.Value.Shown, i),
                    Shown(after.Shown, i)));
            }
        }

        return differences;
    }

    private string Shown(ShownRecord record, int i) =>
        FieldText.Of(registry, record.Record.Definition.Fields[i], record.Values[i], record.Masked[i]);
}

/// <summary>One field that differs between two versions, as the reader may see it.</summary>
public sealed record FieldDifference(FieldDefinition Field, string Before, string After);

/// <summary>One act in the life of a record.</summary>
public sealed record HistoryLine(HistoryEntry Entry, string Office, IReadOnlyList<FieldDifference> Differences);

/// <summary>What the history page shows.</summary>
public sealed record RecordHistoryModel(
    ResourceDefinition Resource, string Key, string Title, IReadOnlyList<HistoryLine> Lines, IReadOnlyList<int> Versions);

/// <summary>What the comparison shows.</summary>
public sealed record RecordCompareModel(
    ResourceDefinition Resource,
    string Key,
    string Title,
    IReadOnlyList<int> Versions,
    HistoryEntry? First,
    HistoryEntry? Second,
    IReadOnlyList<FieldDifference> Differences);
