using CsCheck;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>Random walks through a case type, on the pure transition: no database.</summary>
public sealed class CaseWalks
{
    private static readonly CaseType Type = SampleCases.Permit with { Version = 1 };
    private static readonly WorkCalendar Days = WorkCalendar.Of(PublishedDays.All);
    private static readonly DateTimeOffset Begin = new(2026, 4, 30, 9, 0, 0, CityTime.Offset);
    private static readonly Colleague[] People = [.. Enumerable.Range(0, 4).Select(i => new Colleague($"clerk-{i}", $"经办{i}", ["market-regulation"]))];

    [Fact]
    public void No_walk_reaches_what_the_type_does_not_allow_and_work_is_what_the_case_needs()
    {
        var codes = Type.AllSteps.Select(step => step.Code).ToArray();
        var step = Gen.Select(Gen.Int[0, codes.Length - 1], Gen.Int[0, 7], Gen.Int[0, 3], Gen.Int[0, 400]);
        step.Array[1, 60].Sample(walk =>
        {
            var facts = Start();
            var events = new List<CaseEvent>();
            foreach (var (code, who, person, hours) in walk)
            {
                facts = facts with { Now = facts.Now.AddHours(hours), Person = People[person], Second = People[(person + 1) % 4] };
                var request = Request(codes[code], person);
                var judged = CaseRules.Judge(facts, request, Actor(who));
                if (!judged.Ok)
                {
                    Assert.All(judged.Refusals, refusal => Assert.NotEmpty(refusal.Sentence));
                    continue;
                }

                var change = judged.Value;
                Assert.True(change.Step.From.Contains(change.Before.Stage), "taken from a stage that the step does not name");
                Assert.Equal(change.Step.To ?? change.Before.Stage, change.After.Stage);
                events.Add(change.Event);
                facts = Follow(facts, change);
                Holds(facts);
            }

            Replays(events, facts.Case);
        }, iter: 4000);
    }

    /// <summary>What must hold of any case at any time.</summary>
    private static void Holds(CaseFacts facts)
    {
        var of = facts.Case;
        Assert.Equal(CaseState.Of(facts.Stage.Kind), of.State);
        Assert.Equal(of.State == CaseState.Ended, of.ClosedAt is not null);
        var main = facts.Work.Where(work => work.Seat == CaseWork.Main).ToList();
        if (of.State == CaseState.Ended)
        {
            Assert.Empty(facts.Work);
            Assert.Empty(facts.Clocks);
            return;
        }

        // Somebody or nobody is to act, never two; and who must act can.
        var work = Assert.Single(main);
        Assert.Equal(facts.Stage.Seat is null || facts.Stage.Kind == StageKind.Waiting ? WorkKind.Wait : WorkKind.Handle, work.Kind);
        Assert.False(work.Person is { } person && of.IsRecused(person), "somebody who recused himself has the work");
        Assert.Equal(facts.Work.Count, facts.Work.Select(each => each.Seat).Distinct().Count());
        Assert.Equal(
            Type.Clocks.Where(rule => rule.Runs.Contains(of.Stage)).Select(rule => rule.Code).Order(),
            facts.Clocks.Select(clock => clock.Facts.Rule.Code).Order());
        Assert.True(
            Type.AllSteps.Any(step => step.To is not null && step.From.Contains(of.Stage)), "nothing leads on from here");
    }

    /// <summary>The events alone tell the state.</summary>
    private static void Replays(List<CaseEvent> events, Case of)
    {
        var stage = Type.Start;
        foreach (var one in events)
        {
            Assert.Equal(stage, one.Before);
            stage = one.After;
        }

        Assert.Equal(of.Stage, stage);
        Assert.Equal(of.Events, events.Count + 1);
        Assert.Equal(Enumerable.Range(2, events.Count), events.Select(one => one.Ordinal));
    }

    private static CaseFacts Follow(CaseFacts facts, CaseChange change) => facts with
    {
        Case = change.After,
        Work = change.Work,
        Clocks =
        [
            .. facts.Clocks.Where(clock => change.Clocks.All(one => one.Before != clock))
                .Concat(change.Clocks.Where(one => one.After.Ended is null).Select(one => new OpenClock(one.Before?.Key ?? one.After.Rule.Code, 0, one.After))),
        ],
    };

    private static CaseFacts Start()
    {
        var of = new Case
        {
            Number = "2026043000000018",
            Type = Type.Code,
            TypeVersion = 1,
            Title = "测试",
            State = CaseState.Before,
            Stage = Type.Start,
            Office = "market-regulation",
            Source = CaseSource.Online,
            Person = "p1",
            PersonName = "某人",
            ReceivedAt = Begin,
            Events = 1,
            Answers = """{"shop":"店","kind":"零售"}""",
        };
        var clocks = CaseClocks.First(Type, Begin);
        var facts = new CaseFacts(Type, of, [.. clocks.Select(clock => new OpenClock(clock.After.Rule.Code, 0, clock.After))], [], Days, Begin)
        {
            Office = new Office("health", "卫健委", "卫健", "department", "city", "4111", null, null),
            Other = of with { Number = "2026043000000026" },
        };
        return facts with { Work = CaseWorks.First(facts, [.. clocks.Select(clock => clock.After)]) };
    }

    private static StepRequest Request(string step, int person) => new(step)
    {
        Opinion = "意见",
        Reason = "理由",
        Basis = "依据",
        Document = "文书",
        Second = People[(person + 1) % 4].Account,
        Person = People[person].Account,
        Office = "health",
        Other = "2026043000000026",
        Until = new DateOnly(2026, 5, 20),
        Length = 5,
        Fields = step == "examine" ? new Dictionary<string, string> { ["score"] = "80" } : [],
    };

    private static Caller Actor(int i) => i switch
    {
        < 4 => CaseTown.Clerk(i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        4 => CaseTown.Clerk("head", Roles.Head),
        5 => CaseTown.Resident("某人") with { Person = "p1" },
        6 => Caller.Platform("clock"),
        _ => CaseTown.Clerk("h", Roles.Clerk, "health"),
    };
}
