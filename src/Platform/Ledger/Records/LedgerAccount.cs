using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>An account of the books (会计科目明细). It is never deleted; its balance follows from the postings.</summary>
[Resource("ledger/account", "收费账户", Clause = "S11", Owner = "finance", Key = nameof(Code), Title = nameof(Name), Editable = false,
    ScopeField = nameof(Office), Theme = "非税收入", Rhythm = UpdateRhythm.RealTime, BasisAct = "会计法", BasisArticle = "第三条")]
public sealed record LedgerAccount
{
    [Field("账户代码", LengthMax = 80, Pattern = "[a-z0-9.:-]+")]
    public required string Code { get; init; }

    [Field("名称", LengthMax = 120)]
    public required string Name { get; init; }

    [Field("类别", CodeList = "account-kind")]
    public required string Kind { get; init; }

    [Field("所属单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("不得透支", Note = "余额不得小于零，记账时检查")]
    public required bool Guarded { get; init; }

    [Field("开户日期")]
    public required DateOnly OpenedOn { get; init; }

    [Field("销户日期")]
    public DateOnly? ClosedOn { get; init; }
}

/// <summary>The kinds of accounts. Assets and expenses grow on the debit side, liabilities and income on the credit side.</summary>
public static class AccountKind
{
    public const string Asset = "asset";
    public const string Liability = "liability";
    public const string Income = "income";
    public const string Expense = "expense";

    public static bool GrowsByDebit(string kind) => kind is Asset or Expense;
}
