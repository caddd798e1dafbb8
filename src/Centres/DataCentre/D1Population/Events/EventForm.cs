using System.Globalization;
using System.Text.Json;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>What was declared about an event: answers by the names of its questions. Empty answers are no answers.</summary>
public sealed class EventForm
{
    private readonly SortedDictionary<string, string> _answers = new(StringComparer.Ordinal);

    public EventForm(string kind, IEnumerable<KeyValuePair<string, string>> answers)
    {
        Kind = kind;
        foreach (var (name, answer) in answers)
        {
            if (!string.IsNullOrWhiteSpace(answer))
            {
                _answers[name] = answer.Trim();
            }
        }
    }

    public string Kind { get; }

    public IReadOnlyDictionary<string, string> Answers => _answers;

    /// <summary>The person whom the event is about; a birth and a first arrival make him.</summary>
    public string? Person => Text("person");

    public DateOnly Date => Day("date") ?? default;

    /// <summary>The answers as the entry keeps them: sorted, so that equal answers are equal text.</summary>
    public string Details => JsonSerializer.Serialize(_answers, Plain);

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static EventForm Read(LifeEvent entry) =>
        new(entry.Kind, JsonSerializer.Deserialize<Dictionary<string, string>>(entry.Details) ?? []);

    public string? Text(string name) => _answers.GetValueOrDefault(name);

    public DateOnly? Day(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Several keys in one answer, separated by commas or line breaks.</summary>
    public IReadOnlyList<string> Many(string name) =>
        Text(name)?.Split([',', '\n', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList()
        ?? [];

    public EventForm With(string name, string? answer) =>
        new(Kind, _answers.Where(pair => pair.Key != name).Append(new(name, answer ?? "")));
}
