using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>Leads the office that charges a fee to its relief, where a rule provides for one or somebody waits for the head.</summary>
internal sealed class ReliefPanel(CaseBills bills, CaseTypes types, Reliefs reliefs) : CasePanel
{
    public override async Task<PanelNote?> Note(Case of, PanelPlace place, Caller who, CancellationToken cancel)
    {
        if (place != PanelPlace.Desk || !who.May(ApprovalSystem.Handle) || !Efficiency.ApprovalCases.Concerns(await types.Of(of.Type, of.TypeVersion, cancel))
            || await bills.Stands(of, cancel) is not { Bill: { } bill } standing || !(BillState.IsOpen(bill.State) || BillState.IsPaid(bill.State)))
        {
            return null;
        }

        var requests = await reliefs.Of(bill.Number, cancel);
        var words = requests.Any(request => request.Office == who.Office && request.State == ReliefState.Asked) ? Text.ReliefOpen : null;
        foreach (var line in ReliefPages.Unasked(standing, requests, who.Office))
        {
            words ??= (await reliefs.For(line.FeeItem, cancel)).Count > 0 ? Text.ReliefPossible : null;
        }

        return words is null ? null : new(Text.ReliefTitle, words, ReliefPages.Of(of.Number), Text.ReliefGo);
    }
}

/// <summary>Relief at the desk: the clerk asks, the head decides; both stand in the case.</summary>
internal static class ReliefPages
{
    public static string Of(string number) => $"{CaseAddresses.Desk(number)}/relief";

    public static async Task<IResult> Ask(HttpContext context, CaseReader cases, CaseBills bills, Reliefs reliefs, TimeProvider time, string number, CancellationToken cancel) =>
        await Find(context, cases, bills, number, cancel) is { } found ? await Page(context, reliefs, time, found, null, Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> Asked(
        HttpContext context, CaseReader cases, CaseBills bills, Reliefs reliefs, CaseFiles files, CaseDesk desk, Colleagues colleagues, TimeProvider time, string number,
        CancellationToken cancel)
    {
        if (await Find(context, cases, bills, number, cancel) is not { } found)
        {
            return Results.NotFound();
        }

        var (form, who) = (await Posted.Read(context, cancel), context.Caller());
        if (form["choice"].Split('|') is not [var line, var relief])
        {
            return await Page(context, reliefs, time, found, form, Refusals.Of(new Refusal("S11-R59", "choice", Text.ReliefChoose)), cancel);
        }

        var kept = await files.Take("file", form.Files.FirstOrDefault(), who, cancel);
        if (!kept.Ok)
        {
            return await Page(context, reliefs, time, found, form, kept.Refusals, cancel);
        }

        var once = $"{found.Standing.Bill!.Number}|{form.Or(Posted.Once) ?? Ulid.Next(time)}";
        var asked = await reliefs.Ask(who, new(found.Standing.Bill.Number, line, relief, form["document"], kept.Value?.Address), once, cancel);
        if (!asked.Ok)
        {
            return await Page(context, reliefs, time, found, form, asked.Refusals, cancel);
        }

        var heads = (await colleagues.Heads(who.Office, cancel)).Where(head => head.Account != who.Id);
        return await Noted(desk, found, asked.Value, Text.NoteReliefAsked(asked.Value), heads.Select(head => Tell(found, Text.ReliefAskedSubject, head.Account, head.Name, Text.NoteReliefAsked(asked.Value))), cancel);
    }

    public static async Task<IResult> Decided(
        HttpContext context, CaseReader cases, CaseBills bills, Reliefs reliefs, CaseDesk desk, TimeProvider time, string number, string key, CancellationToken cancel)
    {
        if (await Find(context, cases, bills, number, cancel) is not { } found || (await reliefs.Of(found.Standing.Bill!.Number, cancel)).All(request => request.Key != key))
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        if (form["answer"] is not ("grant" or "refuse"))
        {
            return await Page(context, reliefs, time, found, form, Refusals.Of(new Refusal("S11-R59", "answer", Text.ReliefAnswerMissing)), cancel, key);
        }

        var decided = await reliefs.Decide(context.Caller(), key, form["answer"] == "grant", form["opinion"], cancel);
        if (!decided.Ok)
        {
            return await Page(context, reliefs, time, found, form, decided.Refusals, cancel, key);
        }

        var words = decided.Value.State == ReliefState.Granted ? Text.NoteReliefGranted(decided.Value) : Text.NoteReliefRefused(decided.Value);
        return await Noted(desk, found, decided.Value, words, [Tell(found, Text.ReliefDecidedSubject, decided.Value.AskedBy, decided.Value.AskedByName, words)], cancel);
    }

    /// <summary>The proof, for those who work on the case.</summary>
    public static async Task<IResult> File(
        HttpContext context, CaseReader cases, CaseBills bills, Reliefs reliefs, RecordFiles files, string number, string key, CancellationToken cancel)
    {
        if (await Find(context, cases, bills, number, cancel) is not { } found
            || (await reliefs.Of(found.Standing.Bill!.Number, cancel)).FirstOrDefault(request => request.Key == key && request.Office == context.Caller().Office) is not { File: { } address }
            || await files.Find(address, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(file.Bytes, file.Type, file.Name);
    }

    /// <summary>It stands in the case that has the bill, once for each state that the request reaches.</summary>
    private static async Task<IResult> Noted(CaseDesk desk, Found found, ReliefRequest request, string words, IEnumerable<NewMessage> messages, CancellationToken cancel)
    {
        var noted = await desk.Take(
            Caller.Platform("case"), found.Standing.Root.Number, new(BuiltInSteps.Note) { Opinion = words, Messages = [.. messages] }, $"relief|{request.Key}|{request.State}", cancel);
        return noted.Ok ? Shali.Platform.Ui.Pages.SeeOther(Of(found.Number)) : throw new InvalidOperationException(noted.Refusals.ToString());
    }

    private static NewMessage Tell(Found found, string subject, string account, string name, string words) =>
        new("approvals.relief", new(Receiver.OfAccount(account), name), subject, words, Of(found.Number)) { Case = found.Standing.Root.Number };

    private static async Task<IResult> Page(HttpContext context, Reliefs reliefs, TimeProvider time, Found found, Posted? sent, Refusals refusals, CancellationToken cancel, string? tried = null)
    {
        var (who, bill) = (context.Caller(), found.Standing.Bill!);
        var requests = await reliefs.Of(bill.Number, cancel);
        var choices = new List<Choice>();
        foreach (var line in Unasked(found.Standing, requests, who.Office))
        {
            choices.AddRange((await reliefs.For(line.FeeItem, cancel)).Select(relief => new Choice($"{line.Key}|{relief.Code}", Text.ReliefChoice(line, relief))));
        }

        return context.Show<Pages.ReliefPage>(
            new
            {
                found.Number,
                found.Title,
                Bill = bill,
                Choices = BillState.IsOpen(bill.State) || BillState.IsPaid(bill.State) ? choices : [],
                Requests = requests.Where(request => request.Office == who.Office).ToList(),
                Decides = who.May(ApprovalSystem.Decide) ? who.Id : null,
                Tried = tried,
                Once = Ulid.Next(time),
                Sent = sent,
                Refusals = refusals,
            },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>What the office charges and nobody has asked for, or what was refused: a better proof may come.</summary>
    internal static IEnumerable<BillLine> Unasked(BillStanding standing, IReadOnlyList<ReliefRequest> requests, string office) => standing.Lines.Where(
        line => line.Office == office && line.Relief is null && !requests.Any(request => request.Line == line.Key && request.State != ReliefState.Refused));

    /// <summary>A case with a bill on which the caller's office charges something.</summary>
    private static async Task<Found?> Find(HttpContext context, CaseReader cases, CaseBills bills, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { Sight: Sight.Office } file
        && await bills.Stands(file.Case, cancel) is { Bill: not null } standing && standing.Lines.Any(line => line.Office == context.Caller().Office)
            ? new(known, file.Case.Title, standing)
            : null;

    private sealed record Found(string Number, string Title, BillStanding Standing);
}
