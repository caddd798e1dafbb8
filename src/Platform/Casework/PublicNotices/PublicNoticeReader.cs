using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>Notices as anybody reads them, and what was objected, for the office that has the case.</summary>
public sealed class PublicNoticeReader(RecordReader reader, GovernedReader governed, TimeProvider time)
{
    /// <summary>Most that a page of running notices shows.</summary>
    public const int ListMost = 200;

    private const int OfOneCase = 500;

    /// <summary>Those that run, the ones that end first on top, of one office or of all.</summary>
    public async Task<IReadOnlyList<PublicNotice>> Running(string? office, CancellationToken cancel = default)
    {
        var where = Filter.All(
            new Filter.Compare("shown_until", Comparison.GreaterOrEqual, time.Today()), new Filter.IsNull("ended_at"),
            office is null ? null : new Filter.Compare("office", Comparison.Equal, office));
        var page = await governed.List(new(Caller.Anonymous, CaseResources.PublicNotice), new() { Where = where, Sort = [new("shown_until")], Limit = ListMost }, cancel);
        return [.. page.Value.Records.Select(shown => Typed<PublicNotice>.Of(shown.Record) with { Key = shown.Key })];
    }

    /// <summary>Whatever became of it; null: there is none.</summary>
    public async Task<PublicNotice?> Get(string key, CancellationToken cancel = default) =>
        await reader.Get(CaseResources.PublicNotice, key, null, cancel) is { } record ? Typed<PublicNotice>.Of(record) with { Key = key } : null;

    public bool Runs(PublicNotice notice) => notice.EndedAt is null && notice.ShownUntil >= time.Today();

    /// <summary>Of a case, in the order in which they were published.</summary>
    public async Task<IReadOnlyList<PublicNotice>> Of(string number, CancellationToken cancel = default) =>
        [.. (await reader.List(CaseResources.PublicNotice, Query(number, "shown_from"), cancel)).Records.Select(record => Typed<PublicNotice>.Of(record) with { Key = record.Key })];

    /// <summary>What was objected in a case. Reading it is on record for each of those who objected.</summary>
    public async Task<IReadOnlyList<Objection>> Objections(Caller who, Case of, CancellationToken cancel = default)
    {
        var platform = Caller.Platform("casework") with { Id = who.Id, Name = who.Name, Office = who.Office, OfficeName = who.OfficeName, Address = who.Address };
        return [.. (await governed.List(new(platform, CaseResources.Objection, Text.HandlesObjections), Query(of.Number, "at"), cancel)).Value.Records
            .Select(shown => Typed<Objection>.Of(shown.Record) with { Key = shown.Key })];
    }

    internal static async Task<IReadOnlyList<PublicNotice>> Within(WriteSession session, string number, CancellationToken cancel) =>
        [.. (await session.List(CaseResources.PublicNotice, Query(number, "shown_from"), cancel)).Select(record => Typed<PublicNotice>.Of(record) with { Key = record.Key })];

    internal static async Task<IEnumerable<Objection>> ObjectionsWithin(WriteSession session, string number, CancellationToken cancel) =>
        (await session.List(CaseResources.Objection, Query(number, "at"), cancel)).Select(record => Typed<Objection>.Of(record) with { Key = record.Key });

    private static RecordQuery Query(string number, string sort) => new()
    {
        Where = new Filter.Compare("case", Comparison.Equal, number),
        Sort = [new(sort)],
        Limit = OfOneCase,
    };
}
