using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Books = Shali.Platform.Ledger.Resources;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>How the bill of a case stands.</summary>
/// <param name="Root">The case that has the bill; sub-cases have none of their own.</param>
/// <param name="Bill">The latest bill; null while there is none.</param>
/// <param name="Coming">It is being made.</param>
internal sealed record BillStanding(Case Root, string Part, Bill? Bill, IReadOnlyList<BillLine> Lines, bool Coming)
{
    /// <summary>Why the result of the part may not be handed over yet; null when it may.</summary>
    public string? Unpaid { get; init; }
}

/// <summary>The bills of cases, as the ledger has them: one bill for a root case, the latest counts.</summary>
internal sealed class CaseBills(RecordReader reader, CaseTypes types, FollowUps followUps, Bills bills, TimeProvider time)
{
    /// <summary>Days in which a bill can be paid.</summary>
    public const int Days = 30;

    private const int Most = 200;
    private const int DepthMax = 6;

    public async Task<BillStanding> Stands(Case of, CancellationToken cancel)
    {
        var (root, part) = await RootOf(of, cancel);
        var bill = (await Of(root.Number, cancel)).FirstOrDefault();
        var lines = bill is null ? [] : await LinesOf(bill.Number, cancel);
        var coming = await followUps.Waits(root.Number, BillIssue.KindOf, cancel);
        var standing = new BillStanding(root, part, bill, lines, coming);
        return standing with { Unpaid = await Unpaid(of, standing, cancel) };
    }

    /// <summary>All bills of a root case, newest first.</summary>
    public async Task<IReadOnlyList<Bill>> Of(string number, CancellationToken cancel)
    {
        var query = new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = Most };
        return [.. (await reader.List(Books.Bill, query, cancel)).Records.Select(Typed<Bill>.Of).OrderByDescending(bill => bill.Number, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<BillLine>> LinesOf(string bill, CancellationToken cancel)
    {
        var query = new RecordQuery { Where = new Filter.Compare("bill", Comparison.Equal, bill), Limit = Most };
        return [.. (await reader.List(Books.BillLine, query, cancel)).Records.Select(Typed<BillLine>.Of).OrderBy(line => line.Ordinal)];
    }

    /// <summary>The case at the top, and by which codes this one hangs below it.</summary>
    public async Task<(Case Root, string Part)> RootOf(Case of, CancellationToken cancel)
    {
        var part = "";
        for (var depth = 0; of.Parent is { } parent && depth < DepthMax; depth++)
        {
            part = part.Length == 0 ? of.ParentRole ?? "" : $"{of.ParentRole}/{part}";
            of = Typed<Case>.Of((await reader.Get(CaseResources.Case, parent, null, cancel))!);
        }

        return (of, part);
    }

    /// <summary>A bill over these fees; what is not published any more is not charged. Null when nothing is left to charge.</summary>
    /// <param name="once">The same gives the same bill.</param>
    /// <param name="replaces">The bill in whose place it is issued.</param>
    public async Task<Bill?> Issue(Case root, IReadOnlyList<PlannedFee> fees, string once, CancellationToken cancel, string? replaces = null)
    {
        var lines = new List<FeeLine>();
        foreach (var fee in fees)
        {
            if (await IsPublished(fee.FeeItem, cancel))
            {
                lines.Add(new(fee.FeeItem, fee.Quantity) { Part = fee.Part.Length == 0 ? null : fee.Part, Relief = fee.Relief });
            }
        }

        if (lines.Count == 0)
        {
            return null;
        }

        var payer = new Payer(root.EntityName ?? root.PersonName ?? root.Title, root.Entity is null ? root.ActingParent(time.Today()) ?? root.Person : null, root.Entity);
        var issued = await bills.Issue(Caller.Platform("billing"), new(root.Number, payer, root.Office, lines, time.Today().AddDays(Days)) { Replaces = replaces }, once, cancel);
        return issued.Ok ? issued.Value : throw new InvalidOperationException(issued.Refusals.ToString());
    }

    /// <summary>A new bill in place of one that can no longer be paid, over what is still owed; the same asked twice is one bill.</summary>
    public async Task<Outcome<Bill>> Again(Case root, CancellationToken cancel)
    {
        if ((await Of(root.Number, cancel)).FirstOrDefault() is not { State: BillState.Expired or BillState.Cancelled } dead)
        {
            return new Refusal("S11-R58", "", Text.NothingToIssueAgain);
        }

        var lines = (await LinesOf(dead.Number, cancel)).Select(line => new PlannedFee(line.FeeItem, line.Quantity, line.Part ?? "", "") { Relief = line.Relief }).ToList();
        var open = new List<PlannedFee>();
        foreach (var line in lines)
        {
            if (await PartOf(root, line.Part, cancel) is not { State: CaseState.Ended } part || RefundRules.EndsWell(part, await types.Of(part.Type, part.TypeVersion, cancel)))
            {
                open.Add(line);
            }
        }

        return await Issue(root, open, $"case|{root.Number}|{dead.Number}", cancel, dead.Number) is { } bill ? bill : new Refusal("S11-R58", "", Text.NothingToIssueAgain);
    }

    /// <summary>The sub-case of these codes, when it was opened; the root for none.</summary>
    public async Task<Case?> PartOf(Case root, string part, CancellationToken cancel)
    {
        var of = root;
        foreach (var code in part.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var query = new RecordQuery
            {
                Where = Filter.All(new Filter.Compare("parent", Comparison.Equal, of.Number), new Filter.Compare("parent_role", Comparison.Equal, code)),
                Limit = 1,
            };
            if ((await reader.List(CaseResources.Case, query, cancel)).Records.Select(Typed<Case>.Of).FirstOrDefault() is not { } child)
            {
                return null;
            }

            of = child;
        }

        return of;
    }

    /// <summary>All cases below a root, and it.</summary>
    public async Task<IReadOnlyList<string>> Tree(string root, CancellationToken cancel)
    {
        var numbers = new List<string> { root };
        for (var at = 0; at < numbers.Count && numbers.Count < Most; at++)
        {
            var query = new RecordQuery { Where = new Filter.Compare("parent", Comparison.Equal, numbers[at]), Limit = Most };
            numbers.AddRange((await reader.List(CaseResources.Case, query, cancel)).Records.Select(record => record.Key));
        }

        return numbers;
    }

    private async Task<bool> IsPublished(string feeItem, CancellationToken cancel)
    {
        var query = new RecordQuery { Where = new Filter.KeyIn([feeItem]), ValidOn = time.Today(), Limit = 1 };
        return (await reader.List(Books.FeeItem, query, cancel)).Records.Select(Typed<FeeItem>.Of).FirstOrDefault() is { State: FeeState.Published };
    }

    private async Task<string?> Unpaid(Case of, BillStanding standing, CancellationToken cancel)
    {
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        var before = FeePlan.Holding(type, CaseRules.AnswersOf(of)).Where(fee => !fee.PaidLater).Select(fee => fee.Item).ToHashSet(StringComparer.Ordinal);
        if (before.Count == 0)
        {
            return null;
        }

        return standing.Coming ? Text.BillComing
            : standing.Bill is not { } bill || standing.Lines.All(line => (line.Part ?? "") != standing.Part || !before.Contains(line.FeeItem)) ? null
            : bill.State is BillState.Paid or BillState.RefundedInPart or BillState.Refunded or BillState.Waived ? null
            : BillState.IsOpen(bill.State) ? Text.NotPaid(bill.Number, Money.OfYuan(bill.Amount), bill.ExpiresOn)
            : Text.BillDead(bill.Number);
    }
}
