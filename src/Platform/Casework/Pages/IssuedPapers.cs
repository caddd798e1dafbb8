using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Pages;

/// <summary>A document that an office has issued in a case.</summary>
public sealed record IssuedPaper(string Key, string Title, string Number, DateTimeOffset At, string State);

/// <summary>
/// The documents under seal that belong to a case: those who see the case see them. The applicant sees those that are
/// addressed to him.
/// </summary>
public sealed class IssuedPapers(RecordReader reader, DocumentDesk documents)
{
    private const int PapersMax = 200;

    public async Task<IReadOnlyList<IssuedPaper>> Of(CaseFile file, CancellationToken cancel = default) =>
    [
        .. (await All(file.Case.Number, cancel)).Where(document => Sees(file, document)).OrderBy(document => document.Issued)
            .Select(document => new IssuedPaper(document.Key, document.Title, document.Number, document.Issued, document.State)),
    ];

    /// <summary>The file by the document's key or by the ordinal of the event that made it; a paper that is still being made leads back to the case.</summary>
    public async Task<IResult> Give(HttpContext context, CaseFile file, string key, string caseAddress, CancellationToken cancel)
    {
        var of = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? KeyOf(file.Case.Number, ordinal) : key;
        if (await documents.Find(of, cancel) is not { } document || document.Case != file.Case.Number || !Sees(file, document))
        {
            return of != key && file.Events.Any(one => one.Ordinal == ordinal) ? Ui.Pages.SeeOther(caseAddress + "#issued") : Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(await documents.FileOf(document, cancel), "application/pdf", $"{document.Title}-{document.Number}.pdf");
    }

    /// <summary>Who issues the documents that steps make, and the request under which each is issued once.</summary>
    public static readonly Caller Issuer = Caller.Platform("paper");

    public static string OnceOf(string number, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{number}|{ordinal}");

    /// <summary>The key that the document of this event has.</summary>
    public static string KeyOf(string number, int ordinal) => DocumentDesk.KeyOf(Issuer, OnceOf(number, ordinal));

    private static bool Sees(CaseFile file, Document document) => file.Sight != Sight.Own
        || (file.Case.Entity is { } entity ? document.HolderEntity == entity : document.HolderEntity is null && document.HolderPerson == file.Case.Person);

    private async Task<IEnumerable<Document>> All(string number, CancellationToken cancel) =>
        (await reader.List(Definition.Of<Document>(), new() { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = PapersMax }, cancel))
            .Records.Select(Typed<Document>.Of);
}
