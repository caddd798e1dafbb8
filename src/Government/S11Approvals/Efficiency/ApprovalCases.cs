using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Which cases are approvals: those of the clause, whoever made their type, but not what supervision itself opens.</summary>
public sealed class ApprovalCases(CaseTypes types)
{
    public const string ClauseOf = "S11";

    public static bool Concerns(CaseType type) =>
        type.Clause == ClauseOf && type.Code != PoorRatingType.Code;

    public bool Concerns(string type) => types.Find(type) is { } found && Concerns(found);

    /// <summary>Codes of all their types.</summary>
    public string[] Types => [.. types.Current.Where(Concerns).Select(type => type.Code).Order(StringComparer.Ordinal)];

    public string NameOf(string type) => types.Find(type)?.Name ?? type;
}
