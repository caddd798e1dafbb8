using Microsoft.AspNetCore.Http;
using Shali.Platform.Audit;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>Licences for everybody, for their holders, for the office that gave them.</summary>
internal static class LicencePages
{
    public const string Public = "/licences";
    public const string Own = "/me/licences";
    public const string Desk = "/desk/licences";

    private const int WordsMax = 60;

    public static async Task<IResult> Search(HttpContext context, LicenceReading reading, CancellationToken cancel, string? q = null)
    {
        var words = Cut(q);
        var found = await reading.Find(Caller.Anonymous with { Address = context.Caller().Address }, words, cancel);
        return context.Show<Pages.LicencesPage>(new { Words = words, Found = (IReadOnlyList<ShownLicence>)[.. found.Select(ShownLicence.Of)] });
    }

    public static async Task<IResult> Show(HttpContext context, LicenceReading reading, string key, CancellationToken cancel) =>
        await reading.Get(Caller.Anonymous with { Address = context.Caller().Address }, key, cancel) is { } found
            ? context.Show<Pages.LicencePage>(new { Model = ShownLicence.Of(found) })
            : Results.NotFound();

    public static async Task<IResult> OwnList(HttpContext context, LicenceReading reading, CancellationToken cancel) =>
        context.Show<Pages.OwnLicencesPage>(new { Licences = await reading.Own(context.Caller(), cancel) });

    public static async Task<IResult> OwnOne(HttpContext context, LicenceReading reading, string key, CancellationToken cancel) =>
        await reading.OwnOne(context.Caller(), key, cancel) is { } licence
            ? context.Show<Pages.OwnLicencePage>(new { Model = licence })
            : Results.NotFound();

    public static async Task<IResult> OwnFile(HttpContext context, LicenceReading reading, DocumentDesk documents, string key, CancellationToken cancel) =>
        await reading.OwnOne(context.Caller(), key, cancel) is { } licence ? await File(context, licence, documents, cancel) : Results.NotFound();

    public static async Task<IResult> OfOffice(HttpContext context, RecordReader reader, AuditLog log, CancellationToken cancel, string? q = null)
    {
        var (who, words) = (context.Caller(), Cut(q));
        var where = Filter.All(
            new Filter.Compare("office", Comparison.Equal, who.Office),
            words.Length == 0 ? null : new Filter.Or([new Filter.Like("entity", $"%{words.Replace("%", "", StringComparison.Ordinal)}%"), new Filter.Compare("number", Comparison.Equal, words)]));
        var page = await reader.List(LicenceIssue.Licences, new RecordQuery { Where = where, Sort = [new("issued_at", true)], Limit = LicenceReading.PageSize }, cancel);
        var found = page.Records.Select(Typed<Licence>.Of).ToList();
        await Note(log, who, "record.list", found, cancel);
        return context.Show<Pages.DeskLicencesPage>(new { Words = words, Licences = (IReadOnlyList<Licence>)found });
    }

    public static async Task<IResult> AtDesk(HttpContext context, LicenceReading reading, AuditLog log, string key, CancellationToken cancel) =>
        await OfOwnOffice(context, reading, log, key, cancel) is { } licence
            ? context.Show<Pages.DeskLicencePage>(new { Model = licence, Sent = new LicenceEnd("", "", "", ""), Refusals = Refusals.None })
            : Results.NotFound();

    public static async Task<IResult> DeskFile(HttpContext context, LicenceReading reading, AuditLog log, DocumentDesk documents, string key, CancellationToken cancel) =>
        await OfOwnOffice(context, reading, log, key, cancel) is { } licence ? await File(context, licence, documents, cancel) : Results.NotFound();

    public static async Task<IResult> End(HttpContext context, LicenceReading reading, LicenceDesk desk, AuditLog log, string key, CancellationToken cancel)
    {
        if (await OfOwnOffice(context, reading, log, key, cancel) is not { } licence)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var end = new LicenceEnd(form["kind"], form["reason"], form["basis"], form["case"]);
        var refusals = await desk.End(context.Caller(), key, end, cancel);
        return refusals.Any
            ? context.Show<Pages.DeskLicencePage>(new { Model = licence, Sent = end, Refusals = refusals }, StatusCodes.Status422UnprocessableEntity)
            : Shali.Platform.Ui.Pages.SeeOther($"{Desk}/{Uri.EscapeDataString(key)}");
    }

    private static async Task<Licence?> OfOwnOffice(HttpContext context, LicenceReading reading, AuditLog log, string key, CancellationToken cancel)
    {
        if (await reading.Find(key, cancel) is not { } licence || licence.Office != context.Caller().Office)
        {
            return null;
        }

        await Note(log, context.Caller(), "record.read", [licence], cancel);
        return licence;
    }

    /// <summary>An office sees whose its licences are; that it looked is on record.</summary>
    private static Task Note(AuditLog log, Caller who, string kind, IReadOnlyList<Licence> licences, CancellationToken cancel) => licences.Count == 0
        ? Task.CompletedTask
        : log.Append(
            new AuditEntry(kind, who)
            {
                Resource = LicenceIssue.Licences.Id,
                Keys = [.. licences.Select(licence => licence.Key)],
                Fields = ["number", "name", "entity", "person", "state"],
                Subjects = [.. licences.Select(licence => licence.HolderPerson).OfType<string>().Distinct(StringComparer.Ordinal)],
                Purpose = Text.DeskLicences,
            },
            cancel);

    private static async Task<IResult> File(HttpContext context, Licence licence, DocumentDesk documents, CancellationToken cancel)
    {
        if (licence.Document is not { } key || await documents.Find(key, cancel) is not { } document)
        {
            return Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(await documents.FileOf(document, cancel), "application/pdf", $"{licence.Name}-{licence.Number}.pdf");
    }

    private static string Cut(string? text)
    {
        var words = (text ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        return words.Length <= WordsMax ? words : words[..WordsMax];
    }
}

/// <summary>A licence as the public sees it: what is masked stays masked.</summary>
public sealed record ShownLicence(
    string Key, string Number, string Name, string? Identifier, string Office, string Holder, IReadOnlyList<string> Scope, DateOnly From, DateOnly? Until, string State, string Change,
    DateTimeOffset Issued, DateTimeOffset? Ended, string? EndBasis)
{
    public static ShownLicence Of(ShownRecord shown)
    {
        var fields = shown.Record.Definition.Fields;
        object? Value(string name) => shown.Values[fields.Select((field, i) => (field, i)).First(pair => pair.field.Name == name).i];
        return new(
            shown.Key, (string)Value("number")!, (string)Value("name")!, Value("identifier") as string, (string)Value("office_name")!,
            Value("entity") as string ?? Value("person") as string ?? "", (Value("scope") as string ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            (DateOnly)Value("valid_from")!, Value("valid_until") as DateOnly?, (string)Value("state")!, (string)Value("change")!, (DateTimeOffset)Value("issued_at")!,
            Value("ended_at") as DateTimeOffset?, Value("end_basis") as string);
    }
}
