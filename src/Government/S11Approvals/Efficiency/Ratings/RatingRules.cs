using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>All that the judgement of a rating depends on.</summary>
/// <param name="Officers">Accounts that acted for an office in the case.</param>
/// <param name="Rated">It has been rated already.</param>
public sealed record RatingFacts(Case Case, IReadOnlyList<string> Officers, bool Rated, Standards Standards, DateTimeOffset Now);

/// <summary>What somebody answered.</summary>
public sealed record GivenRating(string Channel, string? Grade, string? Words);

/// <summary>When a rating counts (国办发〔2019〕51号, GB/T 39735-2020). Pure; says everything at once.</summary>
public static class RatingRules
{
    public const int WordsMax = 500;

    private static readonly Basis Source = new("国务院办公厅关于建立政务服务“好差评”制度提高政务服务水平的意见", "");

    public static readonly IReadOnlyList<RuleEntry> Index =
    [
        new("S11-R71", Text.RuleNotByStaff, null),
        new("S11-R72", Text.RuleOnce, null),
        new("S11-R73", Text.RuleEnded, null),
        new("S11-R74", Text.RuleInTime, null),
        new("S11-R75", Text.RuleGrade, null),
        new("S11-R76", Text.RuleWords, new Basis("个人信息保护法", "第十条")),
    ];

    public static Refusals Judge(RatingFacts facts, GivenRating given, Caller who) =>
        May(facts, who).And(Refusals.Of(
            RatingGrade.Codes.Find(given.Grade ?? "") is null ? new("S11-R75", "grade", Text.ChooseGrade) : null,
            Words(given.Words)));

    /// <summary>Whether the case can be rated by him now at all.</summary>
    public static Refusals May(RatingFacts facts, Caller who)
    {
        var of = facts.Case;
        return Refusals.Of(
            who.Kind is CallerKind.Staff or CallerKind.Client || facts.Officers.Contains(who.Id, StringComparer.Ordinal)
                ? new("S11-R71", "", Text.NotByStaff) : null,
            facts.Rated ? new("S11-R72", "", Text.RatedAlready) : null,
            of.State != CaseState.Ended || of.ClosedAt is null || of.MergedInto is not null ? new("S11-R73", "", Text.NotEnded)
            : facts.Now > Until(of, facts.Standards) ? new("S11-R74", "", Text.TooLate((int)facts.Standards[StandardKinds.RatingDays])) : null);
    }

    /// <summary>The last moment of the last day on which the case can be rated.</summary>
    public static DateTimeOffset Until(Case of, Standards standards) => new DateTimeOffset(
        of.ClosedAt!.Value.Local().Day().AddDays((int)standards[StandardKinds.RatingDays] + 1).ToDateTime(TimeOnly.MinValue), CityTime.Offset).AddTicks(-1);

    // They become public as they are: nobody's number goes with them.
    private static Refusal? Words(string? words) =>
        words?.Length > WordsMax ? new("S11-R76", "words", Text.WordsTooLong(WordsMax))
        : PersonalNumbers.Find(words) is { Count: > 0 } kinds ? new("S11-R76", "words", Text.WordsWithNumbers(string.Join('、', kinds)), new("个人信息保护法", "第十条"))
        : null;

    internal static Basis Law => Source;
}
