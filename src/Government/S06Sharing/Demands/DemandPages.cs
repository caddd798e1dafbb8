using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S06Sharing.Demands;

/// <summary>A demand as the list shows it.</summary>
/// <param name="Items">What waits for it, as it was written.</param>
public sealed record DemandLine(string Number, string Name, string Stage, string Consumer, string Office, string Items, DateTimeOffset ReceivedAt);

/// <summary>The list of demands, which every office may see, and the form for a new one.</summary>
internal static class DemandPages
{
    private const int PageSize = 50;

    public static async Task<IResult> List(HttpContext context, Db db, CaseTypes types, Offices offices, CancellationToken cancel, string? before = null)
    {
        var found = await db.List(
            $"""
            select number, answers::jsonb ->> 'name', stage, answers::jsonb ->> 'consumer', office, coalesce(answers::jsonb ->> 'items', ''), received_at
            from casework."case" where type = {DemandType.Code} and number < {before ?? "9"} order by number desc limit {PageSize + 1}
            """,
            row => new DemandLine(
                row.GetString(0), row.GetString(1), types.Find(DemandType.Code)?.Stage(row.GetString(2))?.Label ?? row.GetString(2), row.GetString(3),
                row.GetString(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6)),
            cancel);
        return context.Show<DemandListPage>(new
        {
            Found = found.Take(PageSize).ToList(),
            Next = found.Count > PageSize ? found[PageSize - 1].Number : null,
            First = before is null,
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    public static IResult Ask(HttpContext context, TimeProvider time) => Form(context, name => "", Ulid.Next(time), Refusals.None);

    public static async Task<IResult> Open(HttpContext context, CaseDesk desk, TimeProvider time, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var once = form.Or(Posted.Once) ?? Ulid.Next(time);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal) { [DemandType.Consumer] = context.Caller().Office };
        foreach (var name in new[] { DemandType.Name, "use", "fields", "items" })
        {
            answers[name] = form[name].Trim();
        }

        var request = new OpenRequest(DemandType.Code, answers) { Title = $"{Text.Demand}：{answers[DemandType.Name]}"[..Math.Min(120, Text.Demand.Length + 1 + answers[DemandType.Name].Length)] };
        var opened = await desk.Open(context.Caller(), request, "demand:" + once, cancel);
        return opened.Ok ? Platform.Ui.Pages.SeeOther(Routes.Demands) : Form(context, name => form[name], once, opened.Refusals);
    }

    private static IResult Form(HttpContext context, Func<string, string> said, string once, Refusals refusals) =>
        context.Show<DemandFormPage>(new { Said = said, Once = once, Refusals = refusals }, refusals.Any ? 422 : 200);
}
