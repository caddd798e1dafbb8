using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>
/// Work for those who walk over all pages: a case of the resident that waits for his correction, with a card of the
/// supervisor; a bill that was paid twice, with its problem and a day reconciled; a document under seal.
/// </summary>
/// <param name="Case">Number of the case.</param>
/// <param name="Bill">Number of the bill.</param>
/// <param name="Order">The attempt to pay it.</param>
/// <param name="Reconciliation">Code of the day that was compared.</param>
/// <param name="Check">Where the public checks the document.</param>
internal sealed record WalkedWork(string Case, string Bill, string Order, string Reconciliation, string Check)
{
    public static async Task<WalkedWork> Make(City city, string resident)
    {
        var town = new CaseTown(city);
        var number = (await town.Open(CaseTown.Resident("司徒走遍") with { Person = resident })).Number;
        await town.Take(CaseTown.Clerk("walk"), number, new("ask-correction") { Opinion = "请写明座位数。" });
        var supervisor = CaseTown.Clerk("watch", Roles.Head, "data") with { Permissions = new HashSet<string>([SupervisionSystem.Decide, SupervisionSystem.Look], StringComparer.Ordinal) };
        var card = await city.Service<CardDesk>().Issue(supervisor, new("SV-R10", number, null, "投诉：材料齐全仍退件"), number);
        Assert.True(card.Ok, card.Refusals.ToString());

        var bill = await LedgerCity.Bill(city, resident);
        var begun = await city.Service<Payments>().Begin(Caller.Anonymous, bill.Number, "test", bill.Number);
        await city.Service<TestPayer>().Choose(begun.Value.Order, "double");
        await city.Service<Payments>().AskNow("test", begun.Value.Order, end: false);
        Assert.True((await city.Service<Payments>().Answer(
            "test", new ChannelAnswer(begun.Value.Order, bill.Number, "U" + begun.Value.Order, true, new(23_050), bill.IssuedAt))).Ok);
        var day = city.Service<TimeProvider>().Today().AddDays(-1);
        var compared = (await city.Service<Reconciliations>().Run(LedgerOffice.Cashier, "test", day))!;
        Assert.True(compared.Ok, compared.Refusals.ToString());

        var document = await IssuedDocuments.Issue(city);
        return new(number, bill.Number, begun.Value.Order, compared.Value.Code, document.CheckAddress.PathAndQuery);
    }
}
