using System.Globalization;
using Shali.Platform.Audit;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Tracing;

/// <summary>One step of a message's way.</summary>
/// <param name="Waiting">It has not come to that yet.</param>
/// <param name="Address">Where more of it is to be seen; null: nowhere.</param>
public sealed record TraceStep(string Title, DateTimeOffset? At, string Words, bool Waiting = false, string? Address = null);

/// <summary>The whole way of one batch or change, in order.</summary>
public sealed record Trace(string Title, string ResourceName, IReadOnlyList<TraceStep> Steps);

/// <summary>
/// Follows one message: from the node that sent it over check, act, journal and log to each subscriber and the receipt. Asked by the number of a receipt, by
/// node, flow and batch, or by the id of an event. Whom neither sender nor resource belongs to, sees nothing.
/// </summary>
public sealed class MessageTrace(Db db, ResourceRegistry registry, RecordReader reader, Offices offices, TimeProvider time)
{
    /// <summary>Null: there is none that the caller may follow.</summary>
    public async Task<Trace?> Find(Caller who, string asked, CancellationToken cancel = default)
    {
        var words = asked.Trim();
        if (words.Length is 0 or > 300 || words.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        return words.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var node, var flow, var batch] when long.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                await OfReceipt(who, Sql.Of($"node = {node} and flow = {flow} and batch = {number}"), cancel),
            [var one] when one.LastIndexOf(':') is > 0 and var colon && registry.Find(one[..colon]) is { } resource && FeedCursor.Read(one[(colon + 1)..]) is { } cursor =>
                await OfEvent(who, resource, cursor, cancel),
            [var one] => await OfReceipt(who, Sql.Of($"number = {one}"), cancel),
            _ => null,
        };
    }

    private async Task<Trace?> OfReceipt(Caller who, Sql where, CancellationToken cancel)
    {
        var (body, index) = await db.One(
            $"select body, log_index from exchange.receipt where {where} order by at desc limit 1", row => (row.GetFieldValue<byte[]>(0), row.GetInt64(1)), cancel);
        if (body is null || EvidenceJson.Read<Receipt>(body) is not { } receipt || receipt.Statement.Read() is not { } statement || !May(who, receipt.Office, statement.Resource))
        {
            return null;
        }

        var steps = new List<TraceStep>();
        if (statement.Kind == StatementKind.Take)
        {
            steps.Add(new(TraceText.Offered, null, TraceText.OfferedBy(statement)));
            steps.Add(new(TraceText.Taken, statement.Made, TraceText.TakenBy(statement)));
        }
        else
        {
            steps.Add(new(TraceText.Sent, statement.Made, TraceText.SentBy(statement)));
            steps.Add(new(TraceText.Checked, receipt.At, TraceText.CheckedRows(receipt.Counts)));
            steps.AddRange(await Act(who, receipt, statement, cancel));
        }

        steps.Add(new(TraceText.Receipt, receipt.At, TraceText.ReceiptOf(receipt.Number), Address: $"{ExchangeSystem.ReceiptList}/{receipt.Number}"));
        steps.Add(await Logged(TraceText.ReceiptLogged, index, cancel));
        return new(TraceText.BatchTitle(statement), receipt.ResourceName, steps);
    }

    private async Task<Trace?> OfEvent(Caller who, ResourceDefinition resource, FeedCursor cursor, CancellationToken cancel)
    {
        var act = await db.Scalar<long?>($"select id from {Sql.Name(resource.Schema, "act")} where position = {cursor.Position}", cancel);
        if (act is null || !May(who, "", resource.Id))
        {
            return null;
        }

        var name = $"{resource.Schema}/{act.Value.ToString(CultureInfo.InvariantCulture)}";
        var number = await db.Scalar<string>(
            $"select number from exchange.receipt where resource = any({Names(resource)}) and convert_from(body, 'UTF8')::jsonb ->> 'act' = {name} limit 1", cancel);
        if (number is not null && await OfReceipt(who, Sql.Of($"number = {number}"), cancel) is { } whole)
        {
            return whole;
        }

        return new(TraceText.EventTitle(cursor), resource.Name, [.. await Act(who, resource, act.Value, cancel)]);
    }

    private async Task<IEnumerable<TraceStep>> Act(Caller who, Receipt receipt, Statement statement, CancellationToken cancel) =>
        receipt.Act is not { } act ? [new(TraceText.Written, receipt.At, TraceText.NothingToWrite)]
        : registry.Find(statement.Resource) is not { } resource || !long.TryParse(act[(act.IndexOf('/', StringComparison.Ordinal) + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? []
        : await Act(who, resource, number, cancel);

    /// <summary>What was written, where it stands in journal and log, and whom it has reached.</summary>
    private async Task<IEnumerable<TraceStep>> Act(Caller who, ResourceDefinition resource, long act, CancellationToken cancel)
    {
        var (at, author, rows, position, lines) = await db.One(
            $"""
            select a.at, a.who_name, a.rows, a.position, (select count(*) from {Sql.Name(resource.Schema, "journal")} j where j.act = a.id and j.resource = {resource.Id})
            from {Sql.Name(resource.Schema, "act")} a where a.id = {act}
            """,
            row => (row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetInt32(2), row.IsDBNull(3) ? (long?)null : row.GetInt64(3), row.GetInt64(4)),
            cancel);
        if (author is null)
        {
            return [];
        }

        var steps = new List<TraceStep>
        {
            new(TraceText.Written, at, TraceText.WrittenBy(author, $"{resource.Schema}/{act}", rows)),
            new(TraceText.Journaled, at, TraceText.Lines(lines)),
        };
        if (position is not { } place)
        {
            return [.. steps, new(TraceText.Logged, null, TraceText.NoPlaceYet, Waiting: true)];
        }

        return [.. steps, await Logged(TraceText.Logged, place, cancel), .. await Delivered(who, resource, place, cancel)];
    }

    private async Task<TraceStep> Logged(string title, long index, CancellationToken cancel)
    {
        var at = await db.Scalar<DateTimeOffset?>($"select at from audit.record where index = {index}", cancel);
        var newest = await db.Scalar<string>($"select note from audit.checkpoint order by size desc limit 1", cancel);
        var held = newest is not null && Checkpoint.Parse(newest)?.Size > index;
        return new(title, at, TraceText.LogPlace(index, held), Waiting: at is null);
    }

    private async Task<IEnumerable<TraceStep>> Delivered(Caller who, ResourceDefinition resource, long place, CancellationToken cancel)
    {
        var today = time.Today();
        var grants = new List<Grant>();
        if (registry.Find(GrantResources.Grant.Id) is { } definition)
        {
            await foreach (var record in reader.Stream(definition, new RecordQuery { Where = new Filter.Compare("resource", Comparison.Equal, resource.Id) }, cancel))
            {
                if (Typed<Grant>.Of(record) is var grant && grant.StateOn(today) == GrantState.InForce)
                {
                    grants.Add(grant);
                }
            }
        }

        var hooks = (await db.List(
            $"select grant_no, position, last_sent from push.hook where resource = {resource.Id}",
            row => (Grant: row.GetString(0), Position: row.GetInt64(1), At: row.IsDBNull(2) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(2)), cancel))
            .ToDictionary(one => one.Grant, StringComparer.Ordinal);
        var feeds = (await db.List(
            $"select grant_no, max(position), max(last_at) from push.flow where way = 'feed' and grant_no = any({grants.Select(grant => grant.Number).ToArray()}) group by grant_no",
            row => (Grant: row.GetString(0), Position: row.GetInt64(1), At: row.GetFieldValue<DateTimeOffset>(2)), cancel)).ToDictionary(one => one.Grant, StringComparer.Ordinal);
        var events = string.Create(CultureInfo.InvariantCulture, $"{resource.Address}:{place}.%");
        var letters = (await db.List(
            $"select grant_no, count(*) from push.letter where state = 'dead' and event like {events} group by grant_no", row => (Grant: row.GetString(0), Count: row.GetInt64(1)), cancel))
            .ToDictionary(one => one.Grant, one => one.Count, StringComparer.Ordinal);
        var steps = new List<TraceStep>();
        foreach (var grant in grants.OrderBy(grant => grant.Consumer, StringComparer.Ordinal).ThenBy(grant => grant.Number, StringComparer.Ordinal))
        {
            var (name, address) = (offices.NameOf(grant.Consumer), GrantDesk.AddressFor(who, grant));
            if (hooks.TryGetValue(grant.Number, out var hook))
            {
                var there = hook.Position >= place;
                steps.Add(
                    letters.TryGetValue(grant.Number, out var dead) ? new(TraceText.Pushed(name), null, TraceText.DeadLetters(dead), Waiting: true, address)
                    : new(TraceText.Pushed(name), there ? hook.At : null, there ? TraceText.Arrived : TraceText.NotYet, !there, address));
            }
            else if (feeds.TryGetValue(grant.Number, out var feed))
            {
                var there = feed.Position >= place;
                steps.Add(new(TraceText.Followed(name), there ? feed.At : null, there ? TraceText.Arrived : TraceText.NotYet, !there, address));
            }
            else
            {
                steps.Add(new(TraceText.Readable(name), null, TraceText.ReadableBy(grant), Address: address));
            }
        }

        foreach (var (node, flow, at, body) in await db.List(
            $"select distinct on (node, flow) node, flow, at, body from exchange.receipt where kind = {StatementKind.Take} and resource = any({Names(resource)}) order by node, flow, at desc",
            row => (row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<byte[]>(3)), cancel))
        {
            var cursor = EvidenceJson.Read<Receipt>(body)?.Statement.Read()?.Cursor;
            var there = cursor is not null && FeedCursor.Read(cursor)?.Position >= place;
            var office = await reader.Get(NodeDesk.Resource, node, null, cancel) is { } record ? offices.NameOf(Typed<ExchangeNode>.Of(record).Office) : node;
            steps.Add(new(
                TraceText.TakenThere(office), there ? at : null, TraceText.TakenAt(node, flow, there ? TraceText.Arrived : TraceText.NotYet), !there, NodeDesk.ManagesAll(who) ? $"{ExchangeSystem.Nodes}/{node}" : null));
        }

        return steps.Count > 0 ? steps : [new(TraceText.Nobody, null, TraceText.NobodyWords)];
    }

    /// <summary>As nodes may call it: their configurations name it by id or address.</summary>
    internal static string[] Names(ResourceDefinition resource) => [resource.Id, resource.Address];

    /// <summary>The office that sent it, the office whose data it is, and whoever looks after all nodes.</summary>
    private bool May(Caller who, string sender, string resource) =>
        NodeDesk.ManagesAll(who) || (who.May(NodeRights.Manage) && who.Office.Length > 0
            && (who.Office == sender || (registry.Find(resource) is { } known && OfficeCode.Matches(known.Owner, who.Office))));
}
