using Shali.Platform.Kernel;
using Shali.Platform.Regions;
using Shali.Platform.Registry;
using RegionTable = Shali.Platform.Regions.Regions;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>One thing that is asked about an event.</summary>
public sealed record Question(string Name, string Label, AnswerKind Kind)
{
    public bool Required { get; init; } = true;

    public string Hint { get; init; } = "";

    /// <summary>For choices: the code list, or the part of it that is offered.</summary>
    public string? Codes { get; init; }

    public IReadOnlyList<string>? Offered { get; init; }

    public IEnumerable<Code> Choices => Codes is null
        ? []
        : CodeLists.Of(Codes).Codes.Where(code => Offered is null || Offered.Contains(code.Value));

    public Question Optional(string hint = "") => this with { Required = false, Hint = hint.Length > 0 ? hint : Hint };

    public Question Hinting(string hint) => this with { Hint = hint };

    /// <summary>Whether the answer is one; what it means in law is for the rules.</summary>
    public IEnumerable<Refusal> Judge(Facts facts, EventForm form)
    {
        var answer = form.Text(Name);
        if (answer is null)
        {
            return Required ? [new("D1-Q02", Name, Text.Unanswered(Label))] : [];
        }

        return Kind switch
        {
            AnswerKind.Date when form.Day(Name) is null => [new("D1-Q03", Name, Text.NotADate(Label))],
            AnswerKind.Choice when !Choices.Any(code => code.Value == answer) => [new("D1-Q04", Name, Text.NotAChoice(Label))],
            AnswerKind.Person when facts.Person(answer) is null => [new("D1-Q05", Name, Text.NoSuchPerson(Label))],
            AnswerKind.Persons when form.Many(Name).Any(key => facts.Person(key) is null) =>
                [new("D1-Q05", Name, Text.NoSuchPerson(Label))],
            AnswerKind.Household when facts.Households.Find(answer) is null => [new("D1-Q06", Name, Text.NoSuchHousehold(Label))],
            // 000 is the street as a whole, not a village in it.
            AnswerKind.Village when answer.Length != 12 || !answer.All(char.IsAsciiDigit) || answer.EndsWith("000", StringComparison.Ordinal) => [new("D1-Q07", Name, Text.NotAVillage(Label))],
            AnswerKind.Village when RegionTable.Standing(answer) == RegionStanding.Unknown => [new("D1-Q13", Name, Text.NoSuchVillage(Label))],
            AnswerKind.Event when facts.Events.Find(answer) is null => [new("D1-Q08", Name, Text.NoSuchEvent(Label))],
            _ when answer.Length > (Kind == AnswerKind.LongText ? 400 : 200) => [new("D1-Q09", Name, Text.TooLong(Label))],
            _ => [],
        };
    }
}

public enum AnswerKind
{
    Text,
    LongText,
    Date,
    Choice,
    /// <summary>The key of one person.</summary>
    Person,
    /// <summary>Keys of several persons.</summary>
    Persons,
    Household,
    /// <summary>Twelve digits of a village or community.</summary>
    Village,
    Event,
}
