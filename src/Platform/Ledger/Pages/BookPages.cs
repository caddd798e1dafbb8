using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Ledger.Pages;

/// <summary>Accounts, entries, reconciliation and closing for the finance office.</summary>
internal static class BookPages
{
    private const int DaysShown = 90;
    private const int FileMax = 4 * 1024 * 1024;

    public static async Task<IResult> Trial(
        HttpContext context, Balances balances, TimeProvider time, CancellationToken cancel, string? from = null, string? to = null)
    {
        var (first, last) = Period(time, from, to);
        return context.Show<TrialPage>(new { Model = await balances.Trial(first, last, cancel) });
    }

    public static async Task<IResult> Account(
        HttpContext context, BookReading reading, Balances balances, TimeProvider time, string code, CancellationToken cancel,
        string? from = null, string? to = null, string? before = null)
    {
        if (!(await reading.Names([code], cancel)).TryGetValue(code, out var name))
        {
            return Results.NotFound();
        }

        var (first, last) = Period(time, from, to);
        var entry = long.TryParse(before, out var id) ? id : (long?)null;
        return context.Show<AccountPage>(new
        {
            Code = code,
            Name = name,
            Balance = await balances.Of(code, cancel),
            Lines = await reading.Account(code, first, last, entry, cancel),
            From = first,
            To = last,
            Later = entry is not null,
        });
    }

    public static async Task<IResult> Entry(HttpContext context, BookReading reading, long id, CancellationToken cancel) =>
        await ShowEntry(context, reading, id, Refusals.None, cancel);

    public static async Task<IResult> Reverse(HttpContext context, BookReading reading, Reversals reversals, long id, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var outcome = await reversals.Reverse(context.Caller(), id, sent["reason"], cancel);
        return outcome.Ok ? Ui.Pages.SeeOther($"/ledger/entries/{id}") : await ShowEntry(context, reading, id, outcome.Refusals, cancel);
    }

    public static async Task<IResult> Check(HttpContext context, BookCheck check, CancellationToken cancel) =>
        context.Show<BookCheckPage>(new { Findings = await check.Run(cancel: cancel) });

    public static Task<IResult> Days(HttpContext context, ReconciliationDoor door, CancellationToken cancel) =>
        door.Show(context, null, Refusals.None, cancel);

    public static async Task<IResult> Day(HttpContext context, RecordReader reader, PaymentChannels channels, string code, CancellationToken cancel)
    {
        if (await reader.Get(Resources.Reconciliation, code, cancel: cancel) is not { } record)
        {
            return Results.NotFound();
        }

        var model = Typed<Reconciliation>.Of(record);
        var query = new RecordQuery
        {
            Where = Filter.All(
                new Filter.Compare("day", Comparison.Equal, model.Day),
                new Filter.Compare("channel", Comparison.Equal, model.Channel),
                new Filter.In("kind", [ProblemKind.MissingHere, ProblemKind.MissingThere, ProblemKind.AmountDiffers])),
            Limit = 1000,
        };
        return context.Show<ReconciliationPage>(new
        {
            Model = model,
            Problems = (await reader.List(Resources.Problem, query, cancel)).Records.Select(Typed<Problem>.Of).ToList(),
            Channel = (Func<string, string>)channels.NameOf,
        });
    }

    public static async Task<IResult> Reconcile(HttpContext context, Reconciliations reconciliations, ReconciliationDoor door, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        if (Words.Day(sent["day"]) is not { } day)
        {
            return await door.Show(context, sent, Refusals.Of(new Refusal("LDG-S08", "day", Text.BadDay)), cancel);
        }

        var caller = context.Caller();
        var file = sent.Files.FirstOrDefault(each => each.Length > 0);
        if (file?.Length > FileMax)
        {
            return await door.Show(context, sent, Refusals.Of(new Refusal("LDG-S01", "file", Text.NoStatement)), cancel);
        }

        var outcome = file is null
            ? await reconciliations.Run(caller, sent["channel"], day, cancel)
            : await reconciliations.Run(caller, sent["channel"], day, await Content(file, cancel), cancel);
        return outcome is null ? await door.Show(context, sent, Refusals.Of(new Refusal("LDG-S09", "day", Text.NoStatementYet)), cancel)
            : outcome.Ok ? Ui.Pages.SeeOther($"/ledger/reconciliation/{outcome.Value.Code}")
            : await door.Show(context, sent, outcome.Refusals, cancel);
    }

    public static async Task<IResult> Close(HttpContext context, Closings closings, ReconciliationDoor door, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var outcome = Words.Day(sent["closing"]) is { } day
            ? await closings.Close(context.Caller(), day, cancel)
            : new Refusal("LDG-S08", "day", Text.BadDay);
        return outcome.Ok ? Ui.Pages.SeeOther("/ledger/reconciliation") : await door.Show(context, sent, outcome.Refusals, cancel);
    }

    private static async Task<string> Content(IFormFile file, CancellationToken cancel)
    {
        using var reader = new StreamReader(file.OpenReadStream());
        return await reader.ReadToEndAsync(cancel);
    }

    private static async Task<IResult> ShowEntry(HttpContext context, BookReading reading, long id, Refusals refusals, CancellationToken cancel)
    {
        if (await reading.Entry(id, cancel) is not { } entry)
        {
            return Results.NotFound();
        }

        var names = await reading.Names(entry.Transfers.SelectMany(transfer => (string[])[transfer.Debit, transfer.Credit]), cancel);
        return context.Show<EntryPage>(
            new { Entry = entry, Names = names, MayReverse = context.Caller().May(LedgerSystem.CloseBooks), Refusals = refusals },
            refusals.Any ? 422 : 200);
    }

    /// <summary>This month, when nothing else is asked for.</summary>
    private static (DateOnly From, DateOnly To) Period(TimeProvider time, string? from, string? to)
    {
        var last = Words.Day(to) ?? time.Today();
        var first = Words.Day(from) ?? new DateOnly(last.Year, last.Month, 1);
        return first <= last ? (first, last) : (last, first);
    }

    internal static DateOnly Oldest(TimeProvider time) => time.Today().AddDays(-DaysShown);
}

/// <summary>Shows the days of reconciliation.</summary>
public sealed class ReconciliationDoor(Db db, RecordReader reader, PaymentChannels channels, Closings closings, TimeProvider time)
{
    internal async Task<IResult> Show(HttpContext context, Posted? sent, Refusals refusals, CancellationToken cancel)
    {
        var query = new RecordQuery
        {
            Where = new Filter.Compare("day", Comparison.GreaterOrEqual, BookPages.Oldest(time)),
            Sort = [new("day", true)],
            Limit = 500,
        };
        var unsettled = await db.List(
            $"""
            select channel, day, count(*) from ledger.problem
            where state = {ProblemState.Open} and kind in ({ProblemKind.MissingHere}, {ProblemKind.MissingThere}, {ProblemKind.AmountDiffers})
            group by channel, day
            """,
            row => (Key: (row.GetString(0), row.GetFieldValue<DateOnly>(1)), Count: row.GetInt64(2)),
            cancel);
        return context.Show<ReconciliationsPage>(
            new
            {
                All = (await reader.List(Resources.Reconciliation, query, cancel)).Records.Select(Typed<Reconciliation>.Of).ToList(),
                Unsettled = unsettled.ToDictionary(pair => pair.Key, pair => pair.Count),
                ChannelChoices = channels.All.Select(channel => new Choice(channel.Code, channel.Name)).ToList(),
                Upto = await closings.Upto(cancel),
                Yesterday = time.Today().AddDays(-1),
                MayClose = context.Caller().May(LedgerSystem.CloseBooks),
                Sent = sent,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
