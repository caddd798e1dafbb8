using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>Reliefs of the demo city: one is granted, one refused, one waits for the head of the office.</summary>
internal sealed class DemoReliefs(Reliefs reliefs, RecordReader reader, CaseDesk cases)
{
    /// <summary>Granted, refused, waiting, and not asked for.</summary>
    public const int Kinds = 4;

    /// <summary>The turn of a case whose fee nobody wants to be let off.</summary>
    public const int Nobody = Kinds - 1;

    /// <summary>What becomes of the bill before it is paid, by its turn; false: it waits for the head.</summary>
    public async Task<bool> Before(Bill bill, int turn, DemoOffice staff, string once, CancellationToken cancel)
    {
        if (turn == Nobody)
        {
            return true;
        }

        var query = new RecordQuery { Where = new Filter.Compare("bill", Comparison.Equal, bill.Number), Limit = 20 };
        foreach (var line in (await reader.List(Platform.Ledger.Resources.BillLine, query, cancel)).Records.Select(Typed<BillLine>.Of).Where(line => line.Office == staff.Head.Office))
        {
            if ((await reliefs.For(line.FeeItem, cancel)).FirstOrDefault() is not { } rule)
            {
                continue;
            }

            var asked = Demand(await reliefs.Ask(staff.Clerk, new(bill.Number, line.Key, rule.Code, $"{rule.Proof}（{Text.ProofNumber(turn)}）"), once, cancel));
            await Note(asked, Billing.Text.NoteReliefAsked(asked), cancel);
            if (turn == 2)
            {
                return false;
            }

            var grants = turn == 0;
            var decided = asked.State == ReliefState.Asked ? Demand(await reliefs.Decide(staff.Head, asked.Key, grants, grants ? Text.ReliefGranted : Text.ReliefRefused, cancel)) : asked;
            await Note(decided, decided.State == ReliefState.Granted ? Billing.Text.NoteReliefGranted(decided) : Billing.Text.NoteReliefRefused(decided), cancel);
        }

        return true;
    }

    private async Task Note(ReliefRequest request, string words, CancellationToken cancel) => Demand(await cases.Take(
        Platform.Identity.Caller.Platform("case"), request.Case, new(BuiltInSteps.Note) { Opinion = words }, $"relief|{request.Key}|{request.State}", cancel));

    private static T Demand<T>(Outcome<T> outcome) => outcome.Ok ? outcome.Value : throw new InvalidOperationException(outcome.Refusals.ToString());
}
