using System.Security.Cryptography;
using System.Text.Json;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.FrontNode.Taking;

/// <summary>
/// One resource on its way into a table of the department: first the records as they stand, then what changes, page by page. The place
/// in the feed changes with the rows in the department's own database.
/// </summary>
public sealed class TakeFlow(TakeSettings settings, NodeStore store, Centre centre, TimeProvider time)
{
    private const int Wait = 20;

    public FlowStatus Status { get; } = new(settings.Flow, StatementKind.Take, FlowWay.Feed, settings.Resource, store, time);

    public string Name => settings.Flow;

    /// <summary>Called by name between the steps, for tests of crashes.</summary>
    internal Action<string> Step { get; set; } = static _ => { };

    /// <summary>Takes the next page. False: there was nothing new.</summary>
    /// <param name="wait">Whether to wait at the centre for news.</param>
    public async Task<bool> Next(bool wait, CancellationToken cancel)
    {
        await using var target = await TargetTable.Open(settings, cancel);
        target.Step = Step;
        var kept = await target.Begin(cancel);
        if (await target.MissingColumns(cancel) is { Count: > 0 } missing)
        {
            throw new FlowStopped(Text.TargetColumnsGone(missing));
        }

        await Confirm(target, cancel);
        var point = kept ?? new(true, "", "", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(13)), 0);
        var batch = point.Batch + 1;
        var answer = await centre.Get<TakePage>(Address(point, batch, wait), cancel);
        if (answer.Value is not { } page)
        {
            throw new FlowStopped(Text.Refused(answer.Refusal!.Code, answer.Refusal.Sentence), answer.Refusal.Sealed);
        }

        Check(page);
        var unknown = settings.Map.Keys.Where(field => !page.Fields.Contains(field, StringComparer.Ordinal)).ToList();
        if (unknown.Count > 0)
        {
            throw new FlowStopped(Text.NotGiven(unknown));
        }

        Step("taken");
        var rows = page.Rows.Count + page.Gone.Count;
        var next = After(point, page, rows > 0 ? batch : point.Batch);
        if (rows == 0 && next == point)
        {
            await Status.Set(FlowState.Running, "");
            return false;
        }

        var faults = await target.Write(page, next, kept is null, cancel);
        await Note(page, faults, cancel);
        await Confirm(target, cancel);
        await Status.Set(FlowState.Running, "", behind: next.Snapshot || page.More);
        return rows > 0 || next.Snapshot != point.Snapshot || page.More;
    }

    /// <summary>
    /// Compares the department's table with what the centre would give, and heals: rows that are not the centre's go, what is lacking or
    /// otherwise comes by a new snapshot. Null: not while the first snapshot still runs.
    /// </summary>
    public async Task<ComparisonResult?> Compare(CancellationToken cancel)
    {
        await using var target = await TargetTable.Open(settings, cancel);
        if (await target.Begin(cancel) is not { Snapshot: false } point)
        {
            return null;
        }

        var answer = await centre.Get<KnownResource>("/exchange/definition?resource=" + Uri.EscapeDataString(settings.Resource), cancel);
        var known = answer.Value ?? throw new FlowStopped(Text.Refused(answer.Refusal!.Code, answer.Refusal.Sentence), answer.Refusal.Sealed);
        CodeLists.Learn(known.CodeLists);
        var resource = DefinitionJson.Read(known.Definition);
        string[] fields = [.. settings.Map.Keys];
        var scope = new CompareScope(Ulid.Next(time), Name, StatementKind.Take, settings.Resource, fields) { Grant = settings.Grant, Purpose = settings.Purpose };
        var result = await new Comparing(centre, scope, stop => Hashes(target, resource, fields, stop)).Run(cancel);
        if (result.Drift > 0)
        {
            await target.Heal(result.Missing, point with { Snapshot = true, After = "", Feed = "" }, cancel);
        }

        await store.Together(
            each =>
            {
                each.Save(each.Flow(Name) with { ComparedAt = time.GetUtcNow() });
                each.Log(Name, Text.Compared(result), time.GetUtcNow());
            },
            cancel);
        return result;
    }

    internal async Task<bool> CompareDue(CancellationToken cancel)
    {
        var flow = await store.Together(each => each.Flow(Name), cancel);
        return flow.Rows > 0 && (flow.ComparedAt is null || time.GetUtcNow() - flow.ComparedAt >= TimeSpan.FromHours(settings.CompareEveryHours));
    }

    /// <summary>The table's rows as the platform writes their values: what is masked stays as it is.</summary>
    private async IAsyncEnumerable<(string Word, byte[] Hash)> Hashes(
        TargetTable target, ResourceDefinition resource, string[] fields, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var (digest, order) = (new RowDigest(centre.Suite), RowDigest.OrderOf(fields));
        var kinds = fields.Select(field => resource.Field(field)!).ToArray();
        await foreach (var (key, values) in target.Rows(cancel))
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (kinds[i].Type.ClrType != typeof(string) && kinds[i].Type.TryParse(kinds[i], values[i], out var value, out _) && value is not null)
                {
                    values[i] = kinds[i].Type.Write(kinds[i], value);
                }
            }

            yield return (key, digest.Row(fields, order, values));
        }
    }

    private static TakePoint After(TakePoint point, TakePage page, long batch) => !point.Snapshot
        ? point with { After = page.Next, Batch = batch }
        : page.More
            ? point with { After = page.Next, Feed = page.Feed ?? point.Feed, Batch = batch }
            : point with { Snapshot = false, After = page.Feed ?? point.Feed, Feed = "", Batch = batch };

    private string Address(TakePoint point, long batch, bool wait)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["resource"] = settings.Resource,
            ["phase"] = point.Snapshot ? "snapshot" : "feed",
            ["after"] = point.After,
            ["limit"] = settings.BatchRows.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["wait"] = wait && !point.Snapshot ? Wait.ToString(System.Globalization.CultureInfo.InvariantCulture) : "0",
            ["flow"] = settings.Flow,
            ["stream"] = point.Stream,
            ["batch"] = batch.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["grant"] = settings.Grant,
            ["purpose"] = settings.Purpose,
        };
        return "/exchange/take?" + string.Join('&', query.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}"));
    }

    /// <summary>The page is what the centre has sealed: nobody on the way has added or taken away a row.</summary>
    private void Check(TakePage page)
    {
        if (!centre.Sealed(page.Seal, page.Statement) || EvidenceJson.Read<Statement>(page.Statement) is not { } statement
            || statement.Rows != page.Rows.Count || statement.Gone != page.Gone.Count
            || !statement.Digest.AsSpan().SequenceEqual(TakeDesk.DigestOf(centre.Suite, page.Fields, page.Rows, page.Gone)))
        {
            throw new CentreAwayException(Text.NotFromCentre);
        }
    }

    /// <summary>Tells the centre that pages are in the table; both then hold a receipt.</summary>
    private async Task Confirm(TargetTable target, CancellationToken cancel)
    {
        foreach (var (batch, page) in await target.ToConfirm(cancel))
        {
            var content = EvidenceJson.Write(new Confirmation(page.Statement, page.Seal, centre.Key.Sign(page.Statement)));
            var answer = await centre.Post<Confirmed>("/exchange/confirm", content, cancel);
            if (answer.Value is not { } confirmed)
            {
                throw new FlowStopped(Text.Refused(answer.Refusal!.Code, answer.Refusal.Sentence), answer.Refusal.Sealed);
            }

            var statement = EvidenceJson.Read<Statement>(page.Statement)!;
            await store.Together(each => each.Receipt(Name, statement.Stream, batch, confirmed.Receipt, EvidenceJson.Write(confirmed.Seal), time.GetUtcNow()), cancel);
            await target.Confirmed(batch, cancel);
        }
    }

    private Task Note(TakePage page, IReadOnlyList<TargetFault> faults, CancellationToken cancel) => store.Together(
        each =>
        {
            var now = time.GetUtcNow();
            if (each.Rejects(Name) > 0)
            {
                foreach (var key in page.Rows.Select(row => row[0]!).Concat(page.Gone))
                {
                    each.Accept(Name, key);
                }
            }

            foreach (var fault in faults)
            {
                each.Reject(
                    Name, fault.Key, fault.Sentence,
                    JsonSerializer.Serialize(page.Fields.Zip(fault.Row).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), EvidenceJson.Options), now, sent: true);
            }

            var flow = each.Flow(Name);
            each.Save(flow with { Rows = flow.Rows + page.Rows.Count + page.Gone.Count - faults.Count, LastAt = now });
        },
        cancel);
}

