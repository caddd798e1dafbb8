using Shali.Platform.Systems;

namespace Shali.Platform.Ledger;

/// <summary>Where the ledger stands in the menus.</summary>
internal static class LedgerMenu
{
    public static readonly IReadOnlyList<MenuEntry> Entries =
    [
        new(MenuPlace.Portal, "缴款", "/bills", Note: "凭缴款书号和校验码缴纳办事费用，查验票据") { Order = 20 },
        new(MenuPlace.Me, "我的缴款书", "/me/bills", Note: "待缴和已缴的费用、票据。"),
        new(MenuPlace.Desk, "缴款书", "/ledger/bills", LedgerSystem.Desk),
        new(MenuPlace.Desk, "待处理款项", "/ledger/problems", LedgerSystem.Cashier),
        new(MenuPlace.Desk, "渠道对账", "/ledger/reconciliation", LedgerSystem.Cashier),
        new(MenuPlace.Desk, "账簿", "/ledger/accounts", LedgerSystem.ReadBooks),
    ];
}
