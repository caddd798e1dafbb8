using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>What a node asks for of a resource.</summary>
/// <param name="Snapshot">The records as they stand, by key; else the changes after a place of the feed.</param>
/// <param name="After">The page before ended there; empty: from the beginning.</param>
/// <param name="Wait">How long to wait for news.</param>
public sealed record TakeRequest(string Resource, bool Snapshot, string After, int Limit, TimeSpan Wait, string Flow, string Stream, long Batch)
{
    public const int LimitMax = 1_000;
    public const int WaitMax = 25;

    public string? Grant { get; init; }

    public string? Purpose { get; init; }

    /// <summary>Null when something in the query is not understood.</summary>
    public static TakeRequest? Read(IQueryCollection query)
    {
        string? Text(string name) => query[name] is [{ Length: > 0 and <= 400 } one] ? one : null;
        bool Number(string name, long most, out long number) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
        return Text("resource") is { } resource && Text("flow") is { } flow && Text("stream") is { } stream && Text("phase") is "snapshot" or "feed"
            && Number("limit", LimitMax, out var limit) && limit > 0 && Number("wait", WaitMax, out var wait) && Number("batch", long.MaxValue, out var batch)
                ? new(resource!, Text("phase") == "snapshot", Text("after") ?? "", (int)limit, TimeSpan.FromSeconds(wait), flow!, stream!, batch)
                {
                    Grant = Text("grant"),
                    Purpose = Text("purpose"),
                }
                : null;
    }
}

/// <summary>One page of what is taken.</summary>
/// <param name="Rows">Key and values of the records as they stand, in the order of the fields; each key once.</param>
/// <param name="Gone">Keys of those that ended.</param>
/// <param name="Next">Where to go on.</param>
/// <param name="More">There is more at once.</param>
/// <param name="Feed">First page of a snapshot: where the feed goes on when the snapshot is through.</param>
/// <param name="Statement">JSON of a <see cref="Evidence.Statement"/>: what the node confirms when it has taken the page.</param>
public sealed record TakePage(
    IReadOnlyList<string> Fields, IReadOnlyList<string?[]> Rows, IReadOnlyList<string> Gone, string Next, bool More, string? Feed, byte[] Statement, GroupSeal Seal);

/// <summary>A node says that a page is in its own tables.</summary>
/// <param name="Text">The statement of the page, signed by both.</param>
public sealed record Confirmation(byte[] Text, GroupSeal Seal, byte[] Signature);

public sealed record Confirmed(byte[] Receipt, GroupSeal Seal);

/// <summary>
/// Gives nodes what their office may read: by its rights and grants, with scope and masks, on record like every other read. First a
/// snapshot, then the feed from the place where the snapshot began: nothing falls between.
/// </summary>
public sealed class TakeDesk(
    Db db, ResourceRegistry registry, GovernedReader reader, ChangeFeed feed, CentreKeys keys, Receipts receipts, TimeProvider time)
{
    /// <summary>The name of the key among the fields of a page and its digest.</summary>
    public const string Key = "_key";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<Outcome<TakePage>> Page(NodeCall call, TakeRequest? asked, CancellationToken cancel)
    {
        if (asked is null)
        {
            return new Refusal("NODE-T01", "", NodeText.TakeParameters);
        }

        if (registry.Find(asked.Resource) is not { } resource)
        {
            return new Refusal("NODE-B04", "resource", NodeText.NoResource(asked.Resource));
        }

        var read = new ReadRequest(call.Who, resource, asked.Purpose) { Grant = asked.Grant, Way = GrantWay.Feed };
        var refusals = reader.Check(read);
        if (refusals.Any)
        {
            return refusals;
        }

        try
        {
            return asked.Snapshot ? await Snapshot(call, asked, read, cancel) : await Changes(call, asked, read, cancel);
        }
        catch (GrantEndedException ended)
        {
            return ended.Refusal;
        }
    }

    public async Task<Outcome<Confirmed>> Confirm(NodeCall call, CancellationToken cancel)
    {
        if (EvidenceJson.Read<Confirmation>(call.Body.Span) is not { Text: not null, Seal: not null, Signature: not null } confirmation
            || EvidenceJson.Read<Statement>(confirmation.Text) is not { } statement
            || statement.Kind != StatementKind.Take || statement.Node != call.Node.Code || registry.Find(statement.Resource) is not { } resource)
        {
            return new Refusal("NODE-T02", "", NodeText.NoConfirmation);
        }

        if (!await keys.Signed(confirmation.Seal, confirmation.Text, cancel))
        {
            return new Refusal("NODE-T03", "seal", NodeText.NotOurPage);
        }

        if (!call.Known.Key!.Verify(confirmation.Text, confirmation.Signature))
        {
            return new Refusal("NODE-B02", "signature", NodeText.StatementNotSigned);
        }

        var (body, seal) = await receipts.Take(call, new(confirmation.Text, call.Node.Serial!, confirmation.Signature), statement, resource, statement.Made, cancel);
        return new Confirmed(body, seal);
    }

    private async Task<Outcome<TakePage>> Snapshot(NodeCall call, TakeRequest asked, ReadRequest read, CancellationToken cancel)
    {
        // Taken before the first record is read: what is written from here on comes by the feed.
        var begin = asked.After.Length > 0 ? null
            : new FeedCursor(await db.Scalar<long?>($"select max(position) from {Sql.Name(read.Resource.Schema, "act")}", cancel) ?? -1, int.MaxValue).ToString();
        var page = await reader.List(read, new RecordQuery { Limit = asked.Limit, After = asked.After.Length > 0 ? asked.After : null }, cancel);
        if (!page.Ok)
        {
            return page.Refusals;
        }

        return await Made(call, asked, read, page.Value.Records, [], page.Value.Next ?? "", page.Value.Next is not null, begin, cancel);
    }

    private async Task<Outcome<TakePage>> Changes(NodeCall call, TakeRequest asked, ReadRequest read, CancellationToken cancel)
    {
        if ((asked.After.Length == 0 ? FeedCursor.Start : FeedCursor.Read(asked.After)) is not { } after || !await feed.Knows(after, cancel))
        {
            return new Refusal("NODE-T04", "after", NodeText.UnknownCursor);
        }

        var page = await News(read, after, asked, cancel);

        // Of several changes of one record the last says how it stands.
        var last = page.Changes.GroupBy(change => change.Key, StringComparer.Ordinal).Select(group => group.Last()).ToList();
        return await Made(
            call, asked, read, [.. last.Select(change => change.Shown).OfType<ShownRecord>()], [.. last.Where(change => change.Shown is null).Select(change => change.Key)],
            page.Next.ToString(), page.Changes.Count > 0, null, cancel);
    }

    private async Task<FeedPage> News(ReadRequest read, FeedCursor after, TakeRequest asked, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + asked.Wait;
        while (true)
        {
            var news = feed.News(read.Resource);
            var page = await feed.Read(read, after, asked.Limit, cancel);
            var left = until - time.GetUtcNow();
            if (page.Changes.Count > 0 || left <= TimeSpan.Zero)
            {
                return page;
            }

            after = page.Next;
            await Task.WhenAny(news, Task.Delay(left < Patience ? left : Patience, time, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task<TakePage> Made(
        NodeCall call, TakeRequest asked, ReadRequest read, IReadOnlyList<ShownRecord> records, IReadOnlyList<string> gone, string next, bool more, string? begin,
        CancellationToken cancel)
    {
        var access = reader.AccessOf(read);
        var shown = read.Resource.Fields.Select((field, i) => (field, i)).Where(each => access?.Shows(each.field) != false).ToList();
        string[] names = [Key, .. shown.Select(each => each.field.Name)];
        var rows = records.Select(record => (string?[])
        [
            record.Key,
            .. shown.Select(each => record.Values[each.i] is not { } value ? null : value as string ?? each.field.Type.Write(each.field, value)),
        ]).ToList();
        var statement = EvidenceJson.Write(new Statement(
            StatementKind.Take, call.Node.Code, asked.Flow, read.Resource.Id, asked.Stream, asked.Batch, rows.Count, gone.Count,
            DigestOf(call.Suite, names, rows, gone), call.Suite.Name, time.GetUtcNow())
        {
            Grant = access?.Grant?.Grant.Number,
            Purpose = asked.Purpose ?? access?.Grant?.Grant.Scene,
            Cursor = next,
        });
        return new(names, rows, gone, next, more, begin, statement, await (await keys.Of(call.Suite, cancel)).Signer.Seal(statement));
    }

    /// <summary>The digest of a page; the node works it out too.</summary>
    public static byte[] DigestOf(SignatureSuite suite, IReadOnlyList<string> fields, IReadOnlyList<string?[]> rows, IReadOnlyList<string> gone)
    {
        var digest = new RowDigest(suite);
        var order = RowDigest.OrderOf(fields);
        foreach (var row in rows)
        {
            digest.Add(digest.Row(fields, order, row));
        }

        foreach (var key in gone)
        {
            digest.Add(digest.GoneRow([Key], [0], [key]));
        }

        return digest.Total();
    }
}
