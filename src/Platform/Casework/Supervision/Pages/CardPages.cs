using Microsoft.AspNetCore.Http;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Supervision.Pages;

/// <summary>Lists of cards, one card with what may be done about it, and the supervisor's own cards.</summary>
internal static class CardPages
{
    public static async Task<IResult> All(
        HttpContext context, CardReader cards, CaseTypes types, Offices offices, TimeProvider time, CancellationToken cancel,
        string? kind = null, string? state = null, string? rule = null, string? office = null, string? type = null, string? stage = null, string? trigger = null, string? counted = null,
        string? from = null, string? to = null, string? after = null)
    {
        var period = from is null && to is null ? null : Period.Read(from, to, time.Today());
        var query = new CardQuery
        {
            Kind = kind,
            State = state,
            Rule = rule,
            Office = office,
            Type = type,
            Stage = stage,
            Trigger = trigger,
            Counted = counted is not null,
            After = after,
            From = period is { Ok: true } ? period.Value.Begin : null,
            Until = period is { Ok: true } ? period.Value.End : null,
        };
        return await List(context, cards, new(types, offices), query, Text.CardsTitle, "", SupervisionRoutes.Cards, period?.Refusals ?? Refusals.None, cancel);
    }

    public static Task<IResult> Received(
        HttpContext context, CardReader cards, CaseTypes types, Offices offices, CancellationToken cancel,
        string? kind = null, string? state = null, string? after = null) =>
        List(
            context, cards, new(types, offices), new() { Office = context.Caller().Office, Kind = kind, State = state, After = after },
            Text.Received, Text.ReceivedLead, SupervisionRoutes.Received, Refusals.None, cancel);

    public static Task<IResult> Show(HttpContext context, CardView view, string number, CancellationToken cancel) =>
        Show(context, view, number, Refusals.None, cancel);

    public static async Task<IResult> Correct(HttpContext context, CardView view, CardDesk desk, string number, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var done = await desk.Correct(context.Caller(), number, form.Or("words"), form.Or(Posted.Once), cancel);
        return await Answered(context, view, number, done.Refusals, cancel);
    }

    public static async Task<IResult> Appeal(HttpContext context, CardView view, CardDesk desk, string number, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var done = await desk.Appeal(context.Caller(), number, form.Or("words"), form.Or(Posted.Once), cancel);
        return await Answered(context, view, number, done.Refusals, cancel);
    }

    public static async Task<IResult> Decide(HttpContext context, CardView view, CardDesk desk, string number, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (form["kind"] is not ("withdraw" or "uphold"))
        {
            return await Show(context, view, number, Refusals.Of(new Refusal("SV-C15", "kind", Text.BadKind)), cancel);
        }

        var done = await desk.Decide(context.Caller(), number, form["kind"] == "withdraw", form.Or("decision"), form.Or(Posted.Once), cancel);
        return await Answered(context, view, number, done.Refusals, cancel);
    }

    public static IResult AskNew(HttpContext context, Offices offices, string? @case = null) =>
        context.Show<NewCardPage>(new { Asked = new NewCard("", @case, null, null), Offices = Sorted(offices), Once = Once(context) });

    public static async Task<IResult> Issue(HttpContext context, CardDesk desk, Offices offices, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var asked = new NewCard(form["rule"], form.Or("case"), form.Or("office"), form.Or("evidence"));
        var once = form.Or(Posted.Once);
        var issued = await desk.Issue(context.Caller(), asked, once, cancel);
        return issued.Ok
            ? Shali.Platform.Ui.Pages.SeeOther(Cards.Address(issued.Value))
            : context.Show<NewCardPage>(new { Asked = asked, Offices = Sorted(offices), Once = once, issued.Refusals }, 422);
    }

    private static async Task<IResult> List(
        HttpContext context, CardReader cards, Names names, CardQuery query, string title, string lead, string address, Refusals refusals, CancellationToken cancel)
    {
        var found = refusals.Any ? [] : await cards.List(context.Caller(), query, cancel);
        var next = found.Count > CardReader.PageSize ? CardReader.Cursor(found[CardReader.PageSize - 1]) : null;
        return context.Show<CardListPage>(
            new { Title = title, Lead = lead, Address = address, Query = query, Found = found.Take(CardReader.PageSize).ToList(), Next = next, Names = names, Refusals = refusals },
            refusals.Any ? 422 : 200);
    }

    private static async Task<IResult> Answered(HttpContext context, CardView view, string number, Refusals refusals, CancellationToken cancel) =>
        refusals.Any ? await Show(context, view, number, refusals, cancel) : Shali.Platform.Ui.Pages.SeeOther(Cards.Address(number));

    private static async Task<IResult> Show(HttpContext context, CardView view, string number, Refusals refusals, CancellationToken cancel) =>
        await view.Of(context.Caller(), number, cancel) is { } model
            ? context.Show<CardPage>(new { Model = model, Once = Once(context), Refusals = refusals }, refusals.Any ? 422 : 200)
            : Results.NotFound();

    private static IReadOnlyList<Office> Sorted(Offices offices) => [.. offices.All.OrderBy(office => office.Code, StringComparer.Ordinal)];

    private static string Once(HttpContext context) => Ulid.Next((TimeProvider)context.RequestServices.GetService(typeof(TimeProvider))!);
}

/// <summary>A card with its clock judged again, as whoever is blamed may check it.</summary>
public sealed class CardView(CardReader cards, RecordReader reader, CaseTypes types, Offices offices, CurrentCalendar calendar, TimeProvider time)
{
    public async Task<CardModel?> Of(Caller who, string number, CancellationToken cancel = default)
    {
        if (await cards.Get(who, number, cancel) is not { } card)
        {
            return null;
        }

        ClockVerdict? replay = null;
        if (card.Clock is { } key && await reader.Get(CaseResources.Clock, key, null, cancel) is { } record && Typed<CaseClock>.Of(record) is var clock)
        {
            replay = ClockJudge.Judge(ClockRecords.Facts(await types.Of(clock.Type, clock.TypeVersion, cancel), clock), calendar(), time.GetUtcNow());
        }

        return new(card, replay, new Names(types, offices))
        {
            MayAnswer = card.Office == who.Office && who.May(SupervisionSystem.Answer) && card.State != CardState.Withdrawn,
            MayDecide = who.May(SupervisionSystem.Decide) && who.Office != card.Office && card.State != CardState.Withdrawn,
        };
    }
}

/// <summary>What the page of a card shows.</summary>
/// <param name="Replay">Its clock as it is judged now; null for cards without a clock.</param>
public sealed record CardModel(Card Card, ClockVerdict? Replay, Names Names)
{
    public bool MayAnswer { get; init; }

    public bool MayDecide { get; init; }
}
