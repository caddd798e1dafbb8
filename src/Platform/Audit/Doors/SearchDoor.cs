using System.Text;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Audit.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Audit.Doors;

/// <summary>Where the audit administrator searches the log; each search is itself in the log.</summary>
internal static class SearchDoor
{
    private const int ExportMax = 100_000;

    private static readonly string[] Conditions = ["who", "subject", "resource", "kind"];

    public static async Task<IResult> Show(
        HttpContext context, AuditSearch search, AuditLog log, ResourceRegistry registry, Offices offices, Accounts accounts)
    {
        var cancel = context.RequestAborted;
        var query = context.Request.Query;
        var period = Period.Read(query, [.. Conditions, "from", "to", "before"]);
        if (period.Refusals.Any)
        {
            return context.Show<SearchPage>(
                new { period.Refusals, Period = period, Given = Given(query), Resources = Resources(registry, query) }, 422);
        }

        await log.Append(Entry(AuditKinds.Search, context, query), cancel);
        var (lines, next) = await search.Find(await Query(query, period, accounts, cancel) with { Before = period.Before, Limit = 50 }, cancel);
        return context.Show<SearchPage>(new
        {
            Found = lines.Select(line => ShownRead.Of(line, registry, offices)).ToList(),
            Given = Given(query),
            Resources = Resources(registry, query),
            Period = period,
            Next = next is { } before
                ? period.Address(AuditRoutes.Admin, before, [.. Given(query).Select(one => (one.Key, one.Value))])
                : null,
            ExportAddress = AuditRoutes.Admin + "/export" + context.Request.QueryString.Value,
        });
    }

    /// <summary>The same records as a file: one JSON object a line, the bodies as they are in the log.</summary>
    public static async Task<IResult> Export(HttpContext context, AuditSearch search, AuditLog log, Accounts accounts)
    {
        var query = context.Request.Query;
        var period = Period.Read(query, [.. Conditions, "from", "to", "before"]);
        if (period.Refusals.Any)
        {
            return Results.Problem(statusCode: 400, title: period.Refusals[0].Code, detail: period.Refusals.ToString());
        }

        await log.Append(Entry(AuditKinds.Export, context, query), context.RequestAborted);
        var asked = await Query(query, period, accounts, context.RequestAborted);
        return Results.Stream(
            output => Write(output, search, asked, context.RequestAborted), "text/csv; charset=utf-8", "audit.csv");
    }

    private static async Task Write(Stream output, AuditSearch search, AuditQuery query, CancellationToken cancel)
    {
        await using var csv = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await csv.WriteLineAsync(Text.ExportHead);
        var count = 0;
        for (long? before = long.MaxValue; before is not null && count < ExportMax;)
        {
            var (lines, next) = await search.Find(query with { Before = before, Limit = 1000 }, cancel);
            foreach (var line in lines)
            {
                await csv.WriteLineAsync(string.Join(',', Cells(line).Select(Cell)));
            }

            (before, count) = (next, count + lines.Count);
        }
    }

    private static IEnumerable<string> Cells(AuditLine line) =>
    [
        $"{line.Index}", line.At.Local().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        line.Kind, line.WhoId, line.WhoName, line.OfficeName.Length > 0 ? line.OfficeName : line.Office, line.Address,
        line.Act is { } act ? Text.ActOf(act) : line.Resource, string.Join(' ', line.Keys), string.Join(' ', line.Fields),
        string.Join(' ', line.Subjects), line.Purpose, line.Case, line.Success ? Text.Yes : Text.No, line.Note,
    ];

    /// <summary>Quoted; what a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Who did it may be given as people know him, by his login.</summary>
    private static async Task<AuditQuery> Query(IQueryCollection query, Period period, Accounts accounts, CancellationToken cancel)
    {
        var who = Condition(query, "who");
        return new()
        {
            Who = who is not null && await accounts.FindLogin(who, cancel) is { } account ? account.Id : who,
            Subject = Condition(query, "subject"),
            Resource = Condition(query, "resource"),
            Kind = Condition(query, "kind"),
            From = period.From,
            To = period.To,
        };
    }

    private static List<Choice> Resources(ResourceRegistry registry, IQueryCollection query)
    {
        List<Choice> choices =
        [
            new("", Text.AnyResource),
            .. registry.All.Select(resource => new Choice(resource.Id, resource.Name)),
            .. registry.Schemas.Select(schema => new Choice(schema, Text.WritesOf(schema))),
        ];
        return Condition(query, "resource") is { } given && choices.All(choice => choice.Value != given)
            ? [.. choices, new(given, given)] : choices;
    }

    private static string? Condition(IQueryCollection query, string name) =>
        query[name].ToString().Trim().Replace("\0", "", StringComparison.Ordinal) is { Length: > 0 } value ? value : null;

    private static Dictionary<string, string> Given(IQueryCollection query) =>
        Conditions.ToDictionary(name => name, name => query[name].ToString(), StringComparer.Ordinal);

    private static AuditEntry Entry(string kind, HttpContext context, IQueryCollection query) => new(kind, context.Caller())
    {
        Subjects = Condition(query, "subject") is { } subject ? [subject] : [],
        Note = string.Join(' ', query.Where(one => one.Value.ToString().Length > 0).Select(one => $"{one.Key}={one.Value}")),
    };
}
