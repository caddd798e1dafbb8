using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>A draft with its files and the way that it came.</summary>
public sealed record DraftFileCover(Draft Draft, int Version, IReadOnlyList<DraftFile> Files, IReadOnlyList<Review> Reviews);

/// <summary>Drafts as the people of the office see them that wrote them; nobody else sees one.</summary>
public sealed class DraftReader(RecordReader reader)
{
    public const int PageSize = 50;
    private const int ReviewsMost = 500;

    public static RecordQuery OfDraft(string key) =>
        new() { Where = new Filter.Compare("draft", Comparison.Equal, key), Limit = ReviewsMost };

    /// <summary>Whether somebody has to do with drafts at all.</summary>
    public static bool May(Caller who) =>
        who.Office.Length > 0 && (who.May(DisclosureSystem.Write) || who.May(DisclosureSystem.Review) || who.May(DisclosureSystem.Publish));

    /// <summary>Null where it is not of his office.</summary>
    public async Task<DraftFileCover?> File(Caller who, string key, CancellationToken cancel = default)
    {
        if (!May(who) || await reader.Get(DisclosureResources.Draft, key, null, cancel) is not { } record || record.Text("office") != who.Office)
        {
            return null;
        }

        var files = await reader.List(DisclosureResources.DraftFile, OfDraft(key), cancel);
        var reviews = await reader.List(DisclosureResources.Review, OfDraft(key) with { Sort = [new SortBy("at")] }, cancel);
        return new(Typed<Draft>.Of(record), record.Version, [.. files.Records.Select(Typed<DraftFile>.Of)], [.. reviews.Records.Select(Typed<Review>.Of)]);
    }

    /// <summary>Those of his office in one state, the oldest information first; one more than a page when there are more.</summary>
    public async Task<(IReadOnlyList<Draft> Drafts, string? Next)> List(Caller who, string? state, string? after, CancellationToken cancel = default)
    {
        if (!May(who))
        {
            return ([], null);
        }

        var query = new RecordQuery
        {
            Where = Filter.All(
                new Filter.Compare("office", Comparison.Equal, who.Office),
                state is null ? null : new Filter.Compare("state", Comparison.Equal, state)),
            Sort = [new SortBy("made_on", state is DraftState.Published or DraftState.Withdrawn or null)],
            Limit = PageSize,
            After = after,
        };
        var page = await reader.TryList(DisclosureResources.Draft, query, cancel);
        return page.Ok ? ([.. page.Value.Records.Select(Typed<Draft>.Of)], page.Value.Next) : ([], null);
    }
}
