using System.Globalization;
using Shali.Centres.DataCentre.D1Population;
using Shali.Platform.Casework;
using Shali.Platform.Identity;

namespace Shali.Tests.Rules;

/// <summary>Whose child somebody is by the register, and how long a parent acts in his child's case: no database.</summary>
public sealed class ParenthoodRules
{
    /// <summary>
    /// Each line: the entries of the child (kind:named person, dated a year apart), the household as person/relation, the day of
    /// the marriage of anna and bo, and who is a parent.
    /// </summary>
    [Theory]
    [InlineData("birth:anna", "", "", "anna")]
    [InlineData("birth:anna+bo", "", "", "anna bo")]
    [InlineData("", "anna/02 child/20", "", "anna")]
    [InlineData("", "anna/02 child/31", "", "anna")]
    [InlineData("", "anna/02 bo/10 child/20", "2010-01-01", "anna bo")]
    [InlineData("", "anna/02 bo/10 child/20", "2020-01-01", "anna")] // married after the child was born: a step-father is not proved
    [InlineData("", "anna/02 bo/10 child/20", "", "anna")]
    [InlineData("birth:anna", "bo/02 anna/10 child/27", "2020-01-01", "anna")] // his step-child or adopted child: the code does not say which
    [InlineData("", "anna/02 child/28", "", "")] // a daughter's husband
    [InlineData("", "anna/02 child/40", "", "")] // a grandchild
    [InlineData("", "anna/02 child/97", "", "")]
    [InlineData("", "bo/02 anna/70 child/20", "", "bo")] // an aunt in the same household
    [InlineData("birth:anna adoption:bo", "bo/02 child/27", "", "bo")]
    [InlineData("birth:anna adoption:cleo", "anna/02 child/20", "", "cleo")] // what the household still says ends with the adoption
    [InlineData("birth:anna adoption:anna", "anna/02 bo/10 child/20", "2010-01-01", "anna bo")] // spouses adopt together
    [InlineData("birth:anna acknowledgment:bo", "", "", "anna bo")]
    [InlineData("adoption:cleo acknowledgment:bo", "", "", "bo cleo")]
    [InlineData("birth:anna corrected:bo", "", "", "anna")] // an entry that was corrected proves nothing
    public void A_parent_is_who_an_entry_names_or_whose_child_the_household_says(string entries, string household, string married, string parents)
    {
        var child = new Person { Key = "child", Name = "小明", Sex = "1", BirthDate = new(2015, 5, 1), RegistrationKind = "family", State = PersonState.Normal };
        var year = 2015;
        var told = entries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(':')).Select(each => Entry(each[0], each[1].Split('+'), year++)).ToList();
        var spells = household.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('/'))
            .Select(each => new Membership { Person = each[0], Household = "h", Village = PopulationTown.Street, Relation = each[1], From = new(2015, 5, 1), OpenedBy = EventKind.Initial }).ToList();
        var marriages = married.Length == 0 ? [] : new[] { new Marriage { A = "bo", B = "anna", From = DateOnly.Parse(married, CultureInfo.InvariantCulture) } };
        Assert.Equal(parents, string.Join(' ', new[] { "anna", "bo", "cleo", "child" }.Where(who => Parenthood.Holds(who, new(child, told, spells, marriages)))));
    }

    [Theory]
    [InlineData("child", null, "2026-11-26", true)]
    [InlineData("parent", null, "2026-11-26", true)]
    [InlineData("parent", null, "2033-04-30", true)]
    [InlineData("parent", null, "2033-05-01", false)] // the child is of age
    [InlineData("child", null, "2033-05-01", true)]
    [InlineData("parent", "firm", "2026-11-26", false)] // as somebody else than himself
    [InlineData("stranger", null, "2026-11-26", false)]
    public void A_parent_acts_until_the_child_is_of_age_and_as_himself(string person, string? firm, string day, bool own)
    {
        var of = SampleCase("child");
        var (who, today) = (Resident(person) with { Entity = firm }, DateOnly.Parse(day, CultureInfo.InvariantCulture));
        Assert.Equal(own, of.IsOf(who, today));
        Assert.Equal(today < of.AgentUntil ? ("person:parent", "王父") : ("person:child", "王小"), (of.ReceiverOn(today).Owner, of.ReceiverOn(today).Name));
        Assert.False((of with { Entity = "firm" }).IsOf(Resident("parent"), today));
    }

    [Fact]
    public void A_child_without_a_record_is_nobody_elses_case()
    {
        var of = SampleCase(null);
        Assert.True(of.IsOf(Resident("parent"), new(2026, 11, 26)));
        Assert.False(of.IsOf(Resident("child"), new(2026, 11, 26)));
        Assert.False(of.IsOf(Resident("parent") with { Person = null }, new(2026, 11, 26)));
        Assert.Null(of.ReceiverOn(new(2040, 1, 1)).Owner);
    }

    private static Case SampleCase(string? person) => new()
    {
        Number = "2026112600000010",
        Type = "t",
        TypeVersion = 1,
        Title = "x",
        State = CaseState.Before,
        Stage = "received",
        Office = "education",
        Source = CaseSource.Online,
        ReceivedAt = ClockVerdicts.At("2026-11-26 09:00"),
        Events = 1,
        Person = person,
        PersonName = "王小",
        Agent = "王父",
        AgentPerson = "parent",
        AgentUntil = new(2033, 5, 1),
    };

    private static Caller Resident(string person) => new() { Id = person, Name = person, Kind = CallerKind.Resident, Person = person };

    private static LifeEvent Entry(string kind, string[] named, int year) => new()
    {
        Kind = kind is "corrected" ? EventKind.Birth : kind,
        Person = "child",
        Other = named[0],
        Date = new(year, 5, 1),
        ReportedOn = new(year, 5, 2),
        Late = false,
        Details = named.Length > 1 ? $$"""{"father":"{{named[1]}}"}""" : "{}",
        RegisteredBy = "c",
        State = kind is "corrected" ? EventState.Corrected : EventState.Registered,
    };
}
