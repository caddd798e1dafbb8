using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Government.Governance.Disclosure.Pages;

/// <summary>What everybody reads.</summary>
internal static class PublicPages
{
    private const int Newest = 8;
    private const int InFeed = 30;
    private const int FirstYear = 2000;
    private const int WordsMost = 100;

    public static async Task<IResult> Home(HttpContext context, DocumentReader documents, ConsultationDesk consultations, TimeProvider time, CancellationToken cancel)
    {
        var (newest, _) = await documents.Find(new(), Newest, cancel);
        var open = (await consultations.All(cancel)).Where(one => one.ClosesOn >= time.Today()).ToList();
        return context.Show<DisclosurePage>(new { Newest = newest, Counts = await documents.Counts(cancel), Open = (IReadOnlyList<Consultation>)open });
    }

    public static async Task<IResult> List(
        HttpContext context, DocumentReader documents, Offices offices, TimeProvider time, CancellationToken cancel,
        string? q = null, string? @class = null, string? office = null, string? year = null, string? after = null)
    {
        var query = new DocumentQuery
        {
            Words = q?.Trim() is { Length: > 0 } words ? words[..Math.Min(words.Length, WordsMost)] : null,
            Class = Codes.Class.Find(@class ?? "")?.Value,
            Office = offices.Find(office ?? "")?.Code,
            Year = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked >= FirstYear && asked <= time.Today().Year ? asked : null,
            After = after,
        };
        var (found, next) = await documents.Find(query, DocumentReader.PageSize, cancel);
        return context.Show<DocumentListPage>(new { Query = query, Found = found, Next = next, Offices = offices, ThisYear = time.Today().Year });
    }

    public static async Task<IResult> Document(HttpContext context, DocumentReader documents, string index, CancellationToken cancel)
    {
        if (await documents.Get(index, cancel) is { } found)
        {
            return context.Show<DocumentPage>(new { found.Document, found.Files });
        }

        return await documents.WithdrawnOn(index, cancel) is { } day ? context.Show<WithdrawnPage>(new { Index = index, On = day }, StatusCodes.Status410Gone) : Results.NotFound();
    }

    public static async Task<IResult> File(
        HttpContext context, DocumentReader documents, RecordFiles files, string index, string key, CancellationToken cancel) =>
        await documents.Get(index, cancel) is { } found && found.Files.FirstOrDefault(file => file.Key == key) is { } file
            ? await Give(context, files, file.File, file.Name, cancel) : Results.NotFound();

    /// <summary>A file under the name that it was given here; the store keeps the same content once, under its first name.</summary>
    public static async Task<IResult> Give(HttpContext context, RecordFiles files, string address, string name, CancellationToken cancel)
    {
        if (await files.Find(address, cancel) is not { } stored)
        {
            return Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(stored.Bytes, stored.Type, name);
    }

    /// <summary>JSON Feed 1.1 of the newest documents.</summary>
    public static async Task<IResult> Feed(HttpContext context, DocumentReader documents, DocumentSettings settings, Installation site, CancellationToken cancel)
    {
        string Absolute(string path) => new Uri(settings.PublicAddress, path).AbsoluteUri;
        var (newest, _) = await documents.Find(new(), InFeed, cancel);
        var feed = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["version"] = "https://jsonfeed.org/version/1.1",
            ["title"] = site.City + Text.Disclosure,
            ["home_page_url"] = Absolute(Routes.Home),
            ["feed_url"] = Absolute(Routes.Feed),
            ["language"] = "zh-CN",
            ["items"] = newest.Select(document => new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["id"] = document.Index,
                ["url"] = Absolute(Routes.Document(document.Index)),
                ["title"] = document.Title,
                ["summary"] = document.Summary,
                ["content_text"] = document.Body,
                ["date_published"] = new DateTimeOffset(document.PublishedOn.ToDateTime(TimeOnly.MinValue), CityTime.Offset),
                ["authors"] = new[] { new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = document.OfficeName } },
                ["tags"] = new[] { Codes.Label(Codes.Class, document.Class) },
            }),
        };
        return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(feed, DefinitionJson.Options), "application/feed+json; charset=utf-8");
    }

    public static IResult Guide(HttpContext context, Offices offices, TimeProvider time) => context.Show<GuidePage>(
        new { Offices = (IReadOnlyList<Office>)[.. offices.All.Where(office => office.StandsOn(time.Today()) && office.Region.Length == 4).OrderBy(office => office.Code, StringComparer.Ordinal)] });

    public static IResult Requests(HttpContext context) => context.Show<RequestPage>(new { Type = RequestType.Type });

    public static IResult Feedback(HttpContext context) => context.Show<RequestPage>(new { Type = FeedbackType.Type });

    public static async Task<IResult> Report(
        HttpContext context, RequestRegister register, Db db, TimeProvider time, CancellationToken cancel, string? year = null)
    {
        var now = time.Today().Year;
        var shown = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked >= FirstYear && asked <= now ? asked : now;
        return context.Show<ReportPage>(new { Figures = await register.Of(shown, cancel), Proactive = await YearFigures.Read(db, shown, cancel), ThisYear = now });
    }
}
