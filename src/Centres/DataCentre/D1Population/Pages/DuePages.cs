using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Whose papers ran out or soon will: the clerk's list, oldest first.</summary>
internal static class DuePages
{
    private const int PageSize = 50;

    public static async Task<IResult> Show(
        HttpContext context, GovernedReader reader, PersonReading reading, TimeProvider time, CancellationToken cancel, string? list = null, string? after = null)
    {
        var today = time.Today();
        var due = DueList.All.FirstOrDefault(known => known.Name == list) ?? DueList.All[0];
        if (reader.AccessOf(context.Caller(), due.Papers) is null)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var query = new RecordQuery { Where = due.Where(today), Sort = [new SortBy(due.Until)], Limit = PageSize, After = after };
        var page = await reader.List(new ReadRequest(context.Caller(), due.Papers, Text.DueTitle), query, cancel);
        if (!page.Ok)
        {
            return Results.BadRequest();
        }

        var keys = page.Value.Records.Select(paper => paper.Raw("person")!).Distinct(StringComparer.Ordinal).ToList();
        var persons = keys.Count == 0 ? [] : await reading.List(context.Caller(), Resources.Person, new Filter.KeyIn(keys), Text.DueTitle, false, cancel);
        return context.Show<DuePage>(new
        {
            List = due,
            Papers = page.Value.Records,
            Persons = (IReadOnlyDictionary<string, ShownRecord>)persons.ToDictionary(person => person.Key, StringComparer.Ordinal),
            page.Value.Next,
            After = after is not null,
        });
    }
}

/// <summary>One kind of paper in one state, and what the clerk does about it.</summary>
/// <param name="Until">The field with the day on which it runs out.</param>
/// <param name="Columns">What the list shows of it.</param>
/// <param name="Event">The kind of event that settles it.</param>
public sealed record DueList(
    string Name, string Label, ResourceDefinition Papers, string Until, IReadOnlyList<string> Columns, string Event, Func<DateOnly, Filter> Where)
{
    private static readonly string[] OfTransfer = ["certificate", "destination", "issued", "expires"];
    private static readonly string[] OfPermit = ["permit_number", "village", "issued", "endorsed_until"];

    public static IReadOnlyList<DueList> All { get; } =
    [
        new("transfer-overdue", "迁移证逾期未落户", Resources.Transfer, "expires", OfTransfer, EventKind.MoveIn, _ => State(TransferState.Expired)),
        new("in-transit", "迁移在途", Resources.Transfer, "expires", OfTransfer, EventKind.MoveIn, _ => State(TransferState.Open)),
        new("permit-due", "居住证应签注", Resources.Permit, "endorsed_until", OfPermit, EventKind.PermitEndorsement, today => Filter.All(
            new Filter.Compare("endorsed_until", Comparison.LessOrEqual, today.AddMonths(1)), State(PermitState.Valid))!),
        new("permit-lapsed", "居住证未签注中止", Resources.Permit, "endorsed_until", OfPermit, EventKind.PermitEndorsement, _ => State(PermitState.Suspended)),
    ];

    /// <summary>Where the event is declared, with the person and the paper filled in.</summary>
    public string Address(ShownRecord paper) =>
        $"/population/events/new/{Event}?person={Uri.EscapeDataString(paper.Raw("person")!)}"
        + (Event == EventKind.MoveIn ? $"&certificate={Uri.EscapeDataString(paper.Text("certificate"))}" : "");

    private static Filter State(string state) => new Filter.Compare("state", Comparison.Equal, state);
}
