using Shali.Platform.Api.Cql;
using Shali.Platform.Geo;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange;

/// <summary>What an office asks for, and what a grant then says.</summary>
/// <param name="Resource">Id or address.</param>
/// <param name="Consumer">The office that asks.</param>
public sealed record GrantTerms(string Resource, string Consumer)
{
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Those of the fields that are needed in clear.</summary>
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>CQL2 text; empty: all rows.</summary>
    public string Condition { get; init; } = "";

    public string Scene { get; init; } = "";

    /// <summary>The act and article that make it the office's duty.</summary>
    public string Basis { get; init; } = "";

    public IReadOnlyList<string> Ways { get; init; } = [];

    /// <summary>Most requests in a minute; null: it was no number.</summary>
    public int? Rate { get; init; }

    public DateOnly? Begins { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? Ends { get; init; }
}

/// <summary>What the terms of a grant must be. All that is wrong is said at once.</summary>
public static class GrantRules
{
    public const int ConditionMax = 2_000;
    public const int WordsMax = 400;
    public const int RateMax = 60_000;

    /// <summary>Years that a grant lasts at most: then the need is looked at again.</summary>
    public const int YearsMax = 3;

    private static readonly Basis Request = new("政务数据共享条例", "第二十条");
    private static readonly Basis Minimal = new("个人信息保护法", "第六条");

    public static Refusals Judge(GrantTerms terms, SharedResources shared, DateOnly today)
    {
        if (shared.Find(terms.Resource) is not { } resource)
        {
            return Refusals.Of(new Refusal("SHR-G01", "resource", Text.NoResource(terms.Resource)));
        }

        if (resource.Sharing.Class == SharingClass.NotShared)
        {
            return Refusals.Of(new Refusal("SHR-G02", "resource", Text.NotShared(resource.Name), resource.Sharing.Basis));
        }

        if (OfficeCode.Matches(resource.Owner, terms.Consumer))
        {
            return Refusals.Of(new Refusal("SHR-G03", "resource", Text.OwnResource(resource.Name)));
        }

        return new(
        [
            .. Refusals.Of(Words(terms.Basis, "basis", "SHR-G11", Text.NoBasis), Words(terms.Scene, "scene", "SHR-G10", Text.NoScene)),
            .. Fields(terms, resource),
            .. resource.Service ? Whole(terms) : Condition(terms, resource),
            .. Ways(terms, resource),
            .. Refusals.Of(
                terms.Ways.Count == 0 ? new("SHR-G12", "ways", Text.NoWay, Request) : null,
                terms.Rate is null or < 1 or > RateMax ? new("SHR-G14", "rate", Text.BadRate(RateMax)) : null,
                terms.Begins is null ? new("SHR-G15", "begins", Text.NoBegin, Request) : null,
                terms.Ends is not { } ends ? new("SHR-G15", "ends", Text.NoEnd, Request)
                    : ends < today ? new("SHR-G16", "ends", Text.EndsInThePast)
                    : terms.Begins is { } begins && ends < begins ? new("SHR-G17", "ends", Text.EndsBeforeBegin)
                    : ends > (terms.Begins is { } first && first > today ? first : today).AddYears(YearsMax) ? new("SHR-G18", "ends", Text.TooLong(YearsMax))
                    : null),
            .. terms.Ways.Where(way => GrantWay.Codes.Find(way) is null).Select(way => new Refusal("SHR-G13", "ways", Text.UnknownWay(way))),
        ]);
    }

    /// <summary>The rows as the registry filters them; null: all. Masks do not matter: the provider says the condition, not the reader.</summary>
    internal static Outcome<Filter?> Rows(ResourceDefinition resource, string? condition) => string.IsNullOrWhiteSpace(condition)
        ? Outcome.Of<Filter?>(null)
        : CqlBinder.Bind(resource, condition, _ => false, Crs.Crs84);

    private static IEnumerable<Refusal> Fields(GrantTerms terms, ResourceDefinition resource)
    {
        if (terms.Fields.Count == 0)
        {
            yield return new("SHR-G04", "fields", resource.Service ? Text.NoOperations : Text.NoFields, Minimal);
        }

        foreach (var name in terms.Fields.Concat(terms.Clear).Distinct(StringComparer.Ordinal).Where(name => resource.Field(name) is null))
        {
            yield return new("SHR-G05", "fields", Text.UnknownField(name, resource.Name));
        }

        foreach (var name in terms.Clear.Where(name => resource.Field(name) is not null && !terms.Fields.Contains(name, StringComparer.Ordinal)))
        {
            yield return new("SHR-G06", "clear", Text.ClearWithout(resource.Field(name)!.Label));
        }

        // A record is named by its key in every answer: who may not have the key cannot have the record.
        if (resource.Key is { } key && terms.Fields.Count > 0 && !terms.Fields.Contains(key, StringComparer.Ordinal))
        {
            yield return new("SHR-G07", "fields", Text.KeyMissing(resource.Field(key)!.Label));
        }
    }

    /// <summary>What the answers of a service hold is not looked into: nothing of it can be left out or masked.</summary>
    private static Refusals Whole(GrantTerms terms) => Refusals.Of(
        terms.Clear.Count > 0 ? new("SHR-G20", "clear", Text.ServiceWhole) : null,
        string.IsNullOrWhiteSpace(terms.Condition) ? null : new("SHR-G20", "condition", Text.ServiceWhole));

    private static IEnumerable<Refusal> Ways(GrantTerms terms, ResourceDefinition resource) => terms.Ways
        .Where(way => GrantWay.Codes.Find(way) is not null && (way == GrantWay.Service) != resource.Service)
        .Select(way => new Refusal("SHR-G21", "ways", resource.Service ? Text.OnlyService : Text.NoService(resource.Name)));

    private static IEnumerable<Refusal> Condition(GrantTerms terms, ResourceDefinition resource)
    {
        if (terms.Condition.Length > ConditionMax)
        {
            return [new("SHR-G08", "condition", Text.LongCondition(ConditionMax))];
        }

        var rows = Rows(resource, terms.Condition);
        return rows.Ok ? [] : rows.Refusals.Select(refusal => new Refusal("SHR-G09", "condition", Text.BadCondition(refusal.Sentence)));
    }

    private static Refusal? Words(string words, string field, string code, string missing) =>
        string.IsNullOrWhiteSpace(words) ? new(code, field, missing, Request)
        : words.Length > WordsMax ? new("SHR-G19", field, Text.LongWords(WordsMax))
        : null;
}
