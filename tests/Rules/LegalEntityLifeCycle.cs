using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Centres.DataCentre.D2LegalEntities.Rules;

namespace Shali.Tests.Rules;

/// <summary>Every state against every step: what the law says comes next, or the article that forbids it.</summary>
public sealed class LegalEntityLifeCycle
{
    /// <summary>
    /// One row a step in the order of a life, one column a state: next state by its letter, a dot where it is refused.
    /// Columns: N none, A active, S suspended, R revoked, L liquidating, P simple notice, D deregistered, U annulled,
    /// M moved out.
    /// </summary>
    private const string Expected = """
        step                  N A S R L P D U M
        establish             A . . . . . . . .
        move-in               A . . . . . . . A
        change                . A S . . . . . .
        change-representative . A S . L . . . .
        change-equity         . A . . . . . . .
        increase-capital      . A . . . . . . .
        decrease-capital      . A . . . . . . .
        list-abnormal         . A S R L . . . .
        delist-abnormal       . A S R L . . . .
        suspend               . S . . . . . . .
        resume                . . A . . A . . .
        merge                 . A . . . . . . .
        split                 . A . . . . . . .
        move-out              . M . . . . . . .
        revoke                . R R . R . . . .
        liquidate             . L L L . L . . .
        simple-notice         . P P . . . . . .
        simple-deregister     . . . . . D . . .
        deregister            . . . D D . . . .
        annul                 . U U U U U U . .
        restore               . . . A . . A A .
        """;

    private static readonly Dictionary<string, string> States = new(StringComparer.Ordinal)
    {
        ["N"] = "",
        ["A"] = EntityState.Active,
        ["S"] = EntityState.Suspended,
        ["R"] = EntityState.Revoked,
        ["L"] = EntityState.Liquidating,
        ["P"] = EntityState.SimpleNotice,
        ["D"] = EntityState.Deregistered,
        ["U"] = EntityState.Annulled,
        ["M"] = EntityState.MovedOut,
    };

    public static TheoryData<string, string, string> Pairs()
    {
        var pairs = new TheoryData<string, string, string>();
        var lines = Expected.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var line in lines.Skip(1))
        {
            for (var i = 1; i < line.Length; i++)
            {
                pairs.Add(States[lines[0][i]], line[0], line[i] == "." ? "" : States[line[i]]);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_step_leads_to_the_next_state_or_is_refused_with_its_article(string state, string step, string expected)
    {
        var next = LifeCycle.Next(state, step);
        if (expected.Length > 0)
        {
            Assert.Equal(expected, next.Value);
            return;
        }

        var refusal = Assert.Single(next.Refusals);
        Assert.Equal("D2-R01", refusal.Code);
        Assert.False(string.IsNullOrEmpty(refusal.Basis?.Article));
        Assert.Contains(Codes.FilingKind.Find(step)!.Label, refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_state_and_every_step_is_in_the_table()
    {
        Assert.Equal(States.Count * LifeCycle.Steps.Count, Pairs().Count);
        Assert.Equal(Codes.State.Codes.Select(code => code.Value).Order(), States.Values.Where(state => state.Length > 0).Order());
        Assert.Equal(Codes.FilingKind.Codes.Select(code => code.Value).Order(), LifeCycle.Steps.Order());
    }

    [Fact]
    public void The_steps_offered_in_a_state_are_those_that_may_be_taken() =>
        Assert.All(States.Values, state => Assert.Equal(
            LifeCycle.Steps.Where(step => LifeCycle.Next(state, step).Ok), LifeCycle.From(state)));
}
