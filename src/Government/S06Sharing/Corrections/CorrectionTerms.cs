using System.Globalization;
using Shali.Platform.Casework;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>What is said to be wrong: one field of one record, as it stood in one version.</summary>
/// <param name="Resource">Id of the resource.</param>
/// <param name="Key">Of the record.</param>
/// <param name="Field">Name of the field.</param>
public sealed record CorrectionTerms(string Resource, string Key, string Field)
{
    public const string Consumer = "consumer";
    public const string Provider = "provider";
    public const int WordsMax = 2_000;

    /// <summary>The version of the record that was seen.</summary>
    public int Version { get; init; }

    /// <summary>The value as whoever reports it was shown it: masked where it is masked for him.</summary>
    public string Seen { get; init; } = "";

    /// <summary>The value that he believes, as text of the field's kind; empty: he only knows that it is wrong.</summary>
    public string Value { get; init; } = "";

    /// <summary>Why he believes it.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>The office that received the value and reports it.</summary>
    public string By { get; init; } = "";

    /// <summary>The office whose word counts for the field (数源部门).</summary>
    public string To { get; init; } = "";

    /// <summary>Account that reported it; told of the answer.</summary>
    public string Reporter { get; init; } = "";

    /// <summary>What is kept as codes, the panel of the case shows in words.</summary>
    public static readonly CaseForm Form = new(
    [
        Ask("resource", "信息资源", FieldTypes.Text, 80),
        Ask("key", "记录标识", FieldTypes.Text, 200),
        Ask("field", "信息项", FieldTypes.Text, 80),
        Ask("version", "版本", FieldTypes.Integer, null),
        Ask("seen", "取得的值", FieldTypes.LongText, 8_000, false),
        Ask("value", "认为正确的值", FieldTypes.LongText, 8_000, false),
        Ask("evidence", "依据和说明", FieldTypes.LongText, WordsMax) with { Coded = false },
        Ask(Consumer, "提出部门", FieldTypes.Text, 60),
        Ask(Provider, "提供部门", FieldTypes.Text, 60),
        Ask("reporter", "提出人", FieldTypes.Text, 100),
    ]);

    public Dictionary<string, string> Answers() => new(StringComparer.Ordinal)
    {
        ["resource"] = Resource,
        ["key"] = Key,
        ["field"] = Field,
        ["version"] = Version.ToString(CultureInfo.InvariantCulture),
        ["seen"] = Seen,
        ["value"] = Value,
        ["evidence"] = Evidence,
        [Consumer] = By,
        [Provider] = To,
        ["reporter"] = Reporter,
    };

    public static CorrectionTerms Of(IReadOnlyDictionary<string, string> answers)
    {
        string Said(string name) => answers.GetValueOrDefault(name) ?? "";
        return new(Said("resource"), Said("key"), Said("field"))
        {
            Version = int.TryParse(Said("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
            Seen = Said("seen"),
            Value = Said("value"),
            Evidence = Said("evidence"),
            By = Said(Consumer),
            To = Said(Provider),
            Reporter = Said("reporter"),
        };
    }

    private static CaseQuestion Ask(string name, string label, FieldType type, int? length, bool required = true) =>
        new(new FieldDefinition { Name = name, Label = label, Type = type, Required = required, LengthMax = length }) { Coded = true };
}
