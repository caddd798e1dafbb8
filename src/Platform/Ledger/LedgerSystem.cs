using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Platform.Ledger;

/// <summary>
/// 一单式收费: published fees, one bill over several offices, paid once through a channel, split by double entry,
/// refunded, receipted, reconciled each day. The books beneath serve the city card too.
/// </summary>
public sealed class LedgerSystem : CitySystem
{
    /// <summary>See bills and cancel unpaid ones of one's own office.</summary>
    public const string Desk = "ledger.bill.desk";

    /// <summary>The cashier: problems, refunds, reconciliation.</summary>
    public const string Cashier = "ledger.cashier";

    /// <summary>See accounts, entries, trial balance; check the books.</summary>
    public const string ReadBooks = "ledger.books.read";

    /// <summary>Close days, reverse adjustments.</summary>
    public const string CloseBooks = "ledger.books.close";

    public override string Clause => "S11";

    public override string Name => Text.System;

    public override string Owner => "finance";

    public override IReadOnlyList<ResourceDefinition> Resources => Ledger.Resources.All;

    public override IReadOnlyList<CodeList> CodeLists => Codes.All;

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(Desk, "查看和作废本单位缴款书", Roles.Clerk, Roles.Head),
        Permission.For(Cashier, "收费岗：异常款项、退付、对账", Roles.Clerk, Roles.Head).At(Owner),
        Permission.For(ReadBooks, "查看账簿", Roles.Clerk, Roles.Head, Roles.Leader).At(Owner),
        Permission.For(CloseBooks, "日结和冲销", Roles.Head).At(Owner),
    ];

    public override IReadOnlyList<RuleEntry> Rules => [.. FeeItemGuard.Rules, .. Reliefs.Rules];

    public override IReadOnlyList<MenuEntry> Menu => LedgerMenu.Entries;

    public override void Register(IServiceCollection services)
    {
        services.AddHttpClient(nameof(TestSender)).RemoveAllLoggers();
        services
            .AddSingleton<Balances>()
            .AddSingleton<Posting>()
            .AddSingleton<BookCheck>()
            .AddSingleton<Chart>()
            .AddSingleton<Bills>()
            .AddSingleton<Payments>()
            .AddSingleton<Refunds>()
            .AddSingleton<Reliefs>()
            .AddSingleton<Receipts>()
            .AddSingleton<Problems>()
            .AddSingleton<Reconciliations>()
            .AddSingleton<Closings>()
            .AddSingleton<BillNews>()
            .AddSingleton<BillReading>()
            .AddSingleton<BookReading>()
            .AddSingleton<Reversals>()
            .AddSingleton<Pages.PayerDoor>()
            .AddSingleton<Pages.DeskDoor>()
            .AddSingleton<Pages.ProblemDoor>()
            .AddSingleton<Pages.ReconciliationDoor>()
            .AddSingleton(new LedgerSettings())
            .AddSingleton<TestChannel>()
            .AddSingleton<TestPayer>()
            .AddSingleton<TestSender>()
            .AddSingleton(provider => new PaymentChannels(
                [
                    .. provider.GetServices<PaymentChannel>(),
                    .. provider.GetRequiredService<Installation>().Demo ? [provider.GetRequiredService<TestChannel>()] : Array.Empty<PaymentChannel>(),
                ]))
            .AddSingleton<RecordGuard>(new FeeItemGuard("ledger/fee-item", "price", "unit", "office", "basis_act", "basis_article", "standard_number"))
            .AddSingleton<RecordGuard>(new FeeItemGuard("ledger/relief", "name", "fee_item", "percent", "basis_act", "basis_article"))
            .AddHostedService<LedgerWorker>()
            .AddHostedService(provider => provider.GetRequiredService<TestSender>());
    }

    public override void Map(IEndpointRouteBuilder routes) => Routes.Map(routes);
}
