using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Ledger.Pages;

/// <summary>Bills and problems at the desk.</summary>
internal static class DeskPages
{
    private const int ProblemsShown = 100;

    public static async Task<IResult> Find(
        HttpContext context, BillReading reading, Offices offices, CancellationToken cancel, string? q = null, string? state = null, string? after = null)
    {
        var words = (q ?? "").Trim();
        var known = state is not null && Codes.BillStates.Find(state) is not null ? state : null;
        var (bills, next) = await reading.Find(context.Caller(), words.Length > 60 ? words[..60] : words, known, after, cancel);
        return context.Show<DeskBillsPage>(
            new { Bills = bills, Query = words, State = known, Next = next, Later = after is not null, Office = (Func<string, string>)offices.NameOf });
    }

    public static async Task<IResult> Show(HttpContext context, BillReading reading, DeskDoor door, string number, CancellationToken cancel) =>
        await reading.AtDesk(context.Caller(), number, cancel) is { } view
            ? await door.Show(context, view, null, Refusals.None, cancel)
            : Results.NotFound();

    public static async Task<IResult> Cancel(
        HttpContext context, Bills bills, BillReading reading, DeskDoor door, string number, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var outcome = await bills.Cancel(context.Caller(), number, sent["reason"], cancel);
        return await After(context, reading, door, number, sent, outcome.Refusals, cancel);
    }

    public static async Task<IResult> Refund(
        HttpContext context, Refunds refunds, BillReading reading, DeskDoor door, string number, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var line = sent["line"];
        var field = Resources.Bill.Field("amount")!;
        var amount = sent.Or("amount") is { } text ? field.Type.Parse(field, text) : null;
        var wrong = Refusals.Of(
            line.Length == 0 ? new Refusal("LDG-R02", "line", Text.NoLine) : null,
            amount is { Ok: false } ? new Refusal("LDG-R04", "amount", Text.BadAmount) : null,
            amount is not null && line == "all" ? new Refusal("LDG-R05", "amount", Text.AmountOfAll) : null);
        if (wrong.Any)
        {
            return await After(context, reading, door, number, sent, wrong, cancel);
        }

        var money = amount?.Value is decimal yuan ? Money.OfYuan(yuan) : (Money?)null;
        var once = $"{number}|{sent.Or(Posted.Once) ?? Guid.NewGuid().ToString("N")}";
        var asked = await refunds.Ask(context.Caller(), number, line == "all" ? null : line, money, sent["reason"], once, cancel);
        if (asked.Ok)
        {
            await refunds.Send(asked.Value.Number, cancel);
        }

        return await After(context, reading, door, number, sent, asked.Refusals, cancel);
    }

    public static async Task<IResult> AskChannel(HttpContext context, Payments payments, BillReading reading, string number, CancellationToken cancel)
    {
        if (await reading.AtDesk(context.Caller(), number, cancel) is not { } view)
        {
            return Results.NotFound();
        }

        foreach (var payment in view.Payments.Where(payment => payment.State == PaymentState.Asked))
        {
            await payments.AskNow(payment.Channel, payment.Order, end: false, cancel);
        }

        return Ui.Pages.SeeOther($"/ledger/bills/{number}");
    }

    public static async Task<IResult> Problems(
        HttpContext context, RecordReader reader, PaymentChannels channels, CancellationToken cancel, string? state = null, string? after = null)
    {
        var settled = state == ProblemState.Settled;
        var page = await reader.TryList(
            Resources.Problem,
            new RecordQuery
            {
                Where = new Filter.Compare("state", Comparison.Equal, settled ? ProblemState.Settled : ProblemState.Open),
                Sort = [new("day", settled)],
                Limit = ProblemsShown,
                After = after,
            },
            cancel);
        return context.Show<ProblemsPage>(new
        {
            Problems = page.Ok ? page.Value.Records.Select(Typed<Problem>.Of).ToList() : [],
            Settled = settled,
            Next = page.Ok ? page.Value.Next : null,
            Later = after is not null,
            Channel = (Func<string, string>)channels.NameOf,
        });
    }

    public static async Task<IResult> Problem(HttpContext context, ProblemDoor door, string key, CancellationToken cancel) =>
        await door.Show(context, key, null, Refusals.None, cancel);

    public static async Task<IResult> Settle(HttpContext context, Problems problems, ProblemDoor door, string key, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var outcome = await problems.Settle(context.Caller(), key, sent["way"], sent["reason"], cancel);
        return outcome.Ok ? Ui.Pages.SeeOther("/ledger/problems") : await door.Show(context, key, sent, outcome.Refusals, cancel);
    }

    private static async Task<IResult> After(
        HttpContext context, BillReading reading, DeskDoor door, string number, Posted sent, Refusals refusals, CancellationToken cancel) =>
        !refusals.Any ? Ui.Pages.SeeOther($"/ledger/bills/{number}")
        : await reading.AtDesk(context.Caller(), number, cancel) is { } view ? await door.Show(context, view, sent, refusals, cancel)
        : Results.NotFound();
}

/// <summary>Shows a bill at the desk.</summary>
public sealed class DeskDoor(BookReading books, Offices offices, PaymentChannels channels)
{
    internal async Task<IResult> Show(HttpContext context, BillView view, Posted? sent, Refusals refusals, CancellationToken cancel)
    {
        var caller = context.Caller();
        return context.Show<DeskBillPage>(
            new
            {
                View = view,
                Entries = caller.May(LedgerSystem.ReadBooks) ? await books.About(view.Bill.Number, cancel) : [],
                Cashier = caller.May(LedgerSystem.Cashier),
                Once = Guid.NewGuid().ToString("N"),
                Sent = sent,
                Office = (Func<string, string>)offices.NameOf,
                Channel = (Func<string, string>)channels.NameOf,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}

/// <summary>Shows one item of the cashier's list.</summary>
public sealed class ProblemDoor(RecordReader reader, PaymentChannels channels)
{
    internal async Task<IResult> Show(HttpContext context, string key, Posted? sent, Refusals refusals, CancellationToken cancel)
    {
        if (await reader.Get(Resources.Problem, key, cancel: cancel) is not { } record)
        {
            return Results.NotFound();
        }

        var problem = Typed<Problem>.Of(record);
        var bill = problem.Bill is null ? null : await reader.Get(Resources.Bill, problem.Bill, cancel: cancel);
        return context.Show<ProblemPage>(
            new
            {
                Problem = problem,
                Ways = Ledger.Problems.Ways(problem, bill is null ? null : Typed<Bill>.Of(bill)),
                Sent = sent,
                Channel = (Func<string, string>)channels.NameOf,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
