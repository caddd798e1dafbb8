using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Centres.DataCentre.D2LegalEntities.Rules;

/// <summary>The two codes of an entity are one: the credit code carries the organisation code in places 9 to 17.</summary>
public static class EntityCodes
{
    public const string Rule = "D2-R10";

    public static readonly Basis Basis = new("GB 32100-2015", "4.2");

    /// <summary>
    /// Department and category of a credit code, and the kinds of entity that carry it. Codes of before a change of
    /// kind stay in use, so a difference is told and refused by nobody.
    /// </summary>
    private static readonly Dictionary<string, string[]> KindsOfCategory = new(StringComparer.Ordinal)
    {
        ["11"] = ["organ"],
        ["12"] = ["institution"],
        ["13"] = ["mass-organisation"],
        ["31"] = ["law-firm"],
        ["51"] = ["association"],
        ["52"] = ["private-non-enterprise"],
        ["53"] = ["foundation"],
        ["54"] = ["self-governing"],
        ["71"] = ["religious-site"],
        ["81"] = ["trade-union"],
        ["91"] = ["enterprise", "branch"],
        ["92"] = ["sole-trader"],
        ["93"] = ["cooperative", "branch"],
        ["N1"] = ["collective"],
        ["N2"] = ["collective"],
        ["N3"] = ["collective"],
    };

    /// <summary>Null when they agree or there is no credit code to compare.</summary>
    public static Refusal? Agree(string? organisation, string? credit) =>
        organisation is { Length: 9 } && credit is { Length: 18 } && CreditCode.Organisation(credit) != organisation
            ? new(Rule, "credit_code", Text.CodesDiffer(CreditCode.Organisation(credit), organisation), Basis)
            : null;

    /// <summary>What is odd about the kind of an entity with this credit code; null: nothing.</summary>
    public static string? Oddity(string? kind, string? credit) =>
        kind is not null && credit is { Length: 18 }
        && KindsOfCategory.TryGetValue(credit[..2], out var kinds) && !kinds.Contains(kind, StringComparer.Ordinal)
            ? Text.KindAndCategory(credit[..2], kinds, kind)
            : null;
}
