using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>What the ledger records, in the order in which it comes to be.</summary>
public static class Resources
{
    public const string Schema = "ledger";

    public static ResourceDefinition Account => Definition.Of<LedgerAccount>();

    public static ResourceDefinition Batch => Definition.Of<Batch>();

    public static ResourceDefinition FeeItem => Definition.Of<FeeItem>();

    public static ResourceDefinition Relief => Definition.Of<Relief>();

    public static ResourceDefinition ReliefRequest => Definition.Of<ReliefRequest>();

    public static ResourceDefinition Bill => Definition.Of<Bill>();

    public static ResourceDefinition BillLine => Definition.Of<BillLine>();

    public static ResourceDefinition Payment => Definition.Of<Payment>();

    public static ResourceDefinition Receipt => Definition.Of<Receipt>();

    public static ResourceDefinition Refund => Definition.Of<Refund>();

    public static ResourceDefinition Problem => Definition.Of<Problem>();

    public static ResourceDefinition Reconciliation => Definition.Of<Reconciliation>();

    public static ResourceDefinition Closing => Definition.Of<Closing>();

    public static IReadOnlyList<ResourceDefinition> All { get; } =
        [FeeItem, Account, Batch, Bill, BillLine, Relief, ReliefRequest, Payment, Receipt, Refund, Problem, Reconciliation, Closing];
}
