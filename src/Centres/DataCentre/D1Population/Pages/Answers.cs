using Microsoft.Extensions.Primitives;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using RegionTable = Shali.Platform.Regions.Regions;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Turns what a clerk writes into what the register knows: a citizen number into the person or his household, the
/// name of a village into its code.
/// </summary>
internal sealed class Answers(RecordReader reader)
{
    private const string ChosenBefore = "_chosen.";

    /// <summary>The hidden input with the key of him who was chosen before; what is written beside it counts more.</summary>
    public static string ChosenName(string question) => ChosenBefore + question;

    public async Task<(EventForm Form, Refusals Refusals)> Read(
        EventType type, IEnumerable<KeyValuePair<string, StringValues>> sent, CancellationToken cancel)
    {
        var given = sent.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var question in type.Questions)
        {
            if (string.IsNullOrWhiteSpace(given.GetValueOrDefault(question.Name)) && given.TryGetValue(ChosenName(question.Name), out var chosen))
            {
                given[question.Name] = chosen;
            }
        }

        var refusals = new List<Refusal>();
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in given.Where(pair => !pair.Key.StartsWith('_')))
        {
            var written = values.OfType<string>().Select(value => value.Replace("\0", "", StringComparison.Ordinal).Trim()).Where(value => value.Length > 0);
            var question = type.Questions.FirstOrDefault(question => question.Name == name);
            var texts = new List<string>();
            foreach (var text in question?.Kind == AnswerKind.Persons ? written.SelectMany(Split) : written)
            {
                var known = question is null ? text : await Resolve(question, text, cancel);
                refusals.AddRange(known.Refusals);
                texts.Add(known.Ok ? known.Value : text);
            }

            answers[name] = string.Join(',', texts);
        }

        return (new EventForm(type.Kind, answers), new(refusals));
    }

    private static string[] Split(string text) =>
        text.Split([',', '，', '、', '\n', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<Outcome<string>> Resolve(Question question, string text, CancellationToken cancel) => question.Kind switch
    {
        AnswerKind.Person or AnswerKind.Persons when IsNumber(text) => await Person(question, text, cancel),
        AnswerKind.Household when IsNumber(text) => await Household(question, text, cancel),
        AnswerKind.Village when !text.All(char.IsAsciiDigit) => Village(question, text),
        AnswerKind.Text when question.Name == "citizen_number" => CitizenNumber.Kind.Normalise(text),
        _ => text,
    };

    private static bool IsNumber(string text) => text.Length is 15 or 18 && text.AsSpan(0, 14).IndexOfAnyExceptInRange('0', '9') < 0;

    private async Task<Outcome<string>> Person(Question question, string text, CancellationToken cancel)
    {
        var found = await Holders(text, cancel);
        return found.Count switch
        {
            1 => found[0].Key,
            0 => new Refusal("D1-Q05", question.Name, Text.NoSuchPerson(question.Label)),
            _ => new Refusal("D1-Q11", question.Name, Text.SeveralHolders(question.Label, found.Count)),
        };
    }

    private async Task<Outcome<string>> Household(Question question, string text, CancellationToken cancel)
    {
        var found = (await Holders(text, cancel)).Select(person => person.Household).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => new Refusal("D1-Q06", question.Name, Text.NoSuchHousehold(question.Label)),
            _ => new Refusal("D1-Q11", question.Name, Text.SeveralHolders(question.Label, found.Count)),
        };
    }

    private async Task<List<Person>> Holders(string text, CancellationToken cancel)
    {
        var number = CitizenNumber.Kind.Normalise(text);
        var found = await reader.List(Resources.Person, new RecordQuery { Where = new Filter.Compare("citizen_number", Comparison.Equal, number), Limit = 10 }, cancel);
        return [.. found.Records.Select(Typed<Person>.Of).Where(person => person.State != PersonState.Merged)];
    }

    private static Outcome<string> Village(Question question, string text)
    {
        var found = RegionTable.All
            .Where(region => region.Code.Length == 12 && region.ValidTo is null && (region.Name == text || (RegionTable.Name(region.Code)?.EndsWith(text, StringComparison.Ordinal) ?? false)))
            .Take(6).ToList();
        return found.Count switch
        {
            1 => found[0].Code,
            0 => new Refusal("D1-Q07", question.Name, Text.NotAVillage(question.Label)),
            _ => new Refusal("D1-Q12", question.Name, Text.SeveralVillages(found.Select(region => $"{RegionTable.Name(region.Code)}（{region.Code}）"))),
        };
    }
}
