using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Books = Shali.Platform.Ledger.Resources;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Holds every bill of an approval against the published fees of its day.</summary>
internal sealed class BillWatch(RecordStore store, RecordReader reader, CaseTypes types, StandardBook standards, CardIssue cards) : BillListener
{
    private const int LinesMax = 500;

    public override string Name => "approvals-efficiency";

    public override async Task Hear(BillEvent happened, CancellationToken cancel)
    {
        if (happened.State != BillState.Issued || await reader.Get(CaseResources.Case, happened.Case, null, cancel) is not { } record)
        {
            return;
        }

        var of = Typed<Case>.Of(record);
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        if (!ApprovalCases.Concerns(type))
        {
            return;
        }

        var trail = new CaseTrail(type, of, [], await standards.Today(cancel), happened.At) { Charges = await Charges(happened, type, cancel) };
        foreach (var (_, finding) in ApprovalTriggers.Judge(trail))
        {
            var written = await store.Write(
                new Act(Caller.Platform("supervision"), "supervision.report", Case: of.Number) { IdempotencyKey = $"charge:{happened.Bill}" },
                CaseResources.Schema,
                session => cards.Report(session, new(finding.Rule, of, 0, finding.Evidence) { Mark = finding.Mark }, cancel),
                cancel);
            if (!written.Ok)
            {
                throw new InvalidOperationException(written.Refusals.ToString());
            }
        }
    }

    private async Task<IReadOnlyList<TrailCharge>> Charges(BillEvent happened, CaseType type, CancellationToken cancel)
    {
        var belongs = type.Fees.Concat(type.Children.SelectMany(child => types.Find(child.Type)?.Fees ?? [])).Select(fee => fee.Item).ToHashSet(StringComparer.Ordinal);
        var charges = new List<TrailCharge>();
        var query = new RecordQuery { Where = new Filter.Compare("bill", Comparison.Equal, happened.Bill), Limit = LinesMax };
        foreach (var line in (await reader.List(Books.BillLine, query, cancel)).Records.Select(Typed<BillLine>.Of).OrderBy(line => line.Ordinal))
        {
            var published = new RecordQuery { Where = new Filter.KeyIn([line.FeeItem]), ValidOn = happened.At.Local().Day(), Limit = 1 };
            var item = (await reader.List(Books.FeeItem, published, cancel)).Records.Select(Typed<FeeItem>.Of).FirstOrDefault();
            charges.Add(new(
                happened.Bill, line.FeeItem, line.Name, line.Quantity, line.Gross,
                item is { State: FeeState.Published } ? item.Price : null, belongs.Contains(line.FeeItem), happened.At));
        }

        return charges;
    }
}
