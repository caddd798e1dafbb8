using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>What somebody looks for among published documents.</summary>
public sealed record DocumentQuery
{
    public string? Words { get; init; }

    public string? Class { get; init; }

    public string? Office { get; init; }

    public int? Year { get; init; }

    public string? After { get; init; }

    public bool Any => Words is not null || Class is not null || Office is not null || Year is not null;
}

/// <summary>Published documents as the public reads them.</summary>
public sealed class DocumentReader(GovernedReader governed, RecordReader reader, Db db, TimeProvider time)
{
    public const int PageSize = 20;
    private const int WordsMost = 5;

    public static RecordQuery FilesOf(string index) =>
        new() { Where = new Filter.Compare("document", Comparison.Equal, index), Limit = DraftDesk.FilesMost };

    /// <summary>Null when there is none, or none that is still open.</summary>
    public async Task<(Document Document, IReadOnlyList<DocumentFile> Files)?> Get(string index, CancellationToken cancel = default)
    {
        // No key holds the null character, and PostgreSQL cannot be asked for it.
        if (index.Contains('\0', StringComparison.Ordinal)
            || await governed.Get(new(Caller.Anonymous, DisclosureResources.Document), index, null, cancel) is not { } shown)
        {
            return null;
        }

        var files = await governed.List(new(Caller.Anonymous, DisclosureResources.DocumentFile), FilesOf(index), cancel);
        return (Typed<Document>.Of(shown.Record), [.. files.Value.Records.Select(file => Typed<DocumentFile>.Of(file.Record))]);
    }

    /// <summary>When it was withdrawn; null when it was not, or never published.</summary>
    public async Task<DateOnly?> WithdrawnOn(string index, CancellationToken cancel = default) =>
        await reader.Get(DisclosureResources.Document, index, null, cancel) is { } record ? (DateOnly?)record["withdrawn_on"] : null;

    /// <summary>The newest first.</summary>
    public async Task<(IReadOnlyList<Document> Documents, string? Next)> Find(DocumentQuery query, int limit = PageSize, CancellationToken cancel = default)
    {
        var words = (query.Words ?? "").Replace("\0", "", StringComparison.Ordinal).Split([' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(WordsMost);
        Filter?[] parts =
        [
            .. words.Select(Holding),
            query.Class is { } code ? new Filter.Compare("class", Comparison.Equal, code) : null,
            query.Office is { } office ? new Filter.Compare("office", Comparison.Equal, office) : null,
            query.Year is { } year ? new Filter.Between("published_on", new DateOnly(year, 1, 1), new DateOnly(year, 12, 31)) : null,
        ];
        var page = await governed.List(
            new(Caller.Anonymous, DisclosureResources.Document),
            new() { Where = Filter.All(parts), Sort = [new("published_on", true), new("index", true)], Limit = limit, After = query.After }, cancel);
        return page.Ok ? ([.. page.Value.Records.Select(record => Typed<Document>.Of(record.Record))], page.Value.Next) : ([], null);
    }

    /// <summary>How many documents are open in each class.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Counts(CancellationToken cancel = default) => (await db.List(
        $"""select class, count(*) from disclosure.document where withdrawn_on is null or withdrawn_on > {time.Today()} group by class""",
        row => (row.GetString(0), row.GetInt64(1)), cancel)).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    private static Filter Holding(string word)
    {
        var pattern = "%" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return new Filter.Or([.. new[] { "title", "summary", "document_number", "keywords", "index", "body" }.Select(field => new Filter.Like(field, pattern, IgnoreCase: true))]);
    }
}
