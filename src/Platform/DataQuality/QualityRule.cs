using NpgsqlTypes;
using Shali.Platform.Catalogue;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.DataQuality;

/// <summary>What must hold of each value of a field, as the database judges it for a whole table at once.</summary>
/// <param name="Code">Permanent within a resource: <c>required:name</c>.</param>
/// <param name="Bad">A condition on the row that breaks it; unknown counts as kept.</param>
/// <param name="OfAll">Judged of every row; else of those that have a value.</param>
public sealed record QualityRule(string Code, QualityDimension Dimension, FieldDefinition Field, Sql Bad, bool OfAll = false)
{
    /// <summary>The kind of rule: what stands before the colon.</summary>
    public string Kind => Code[..Code.IndexOf(':', StringComparison.Ordinal)];

    public string Sentence => Text.Rule(Kind, Field);
}

/// <summary>
/// The rules of a resource follow from its definition: nothing about quality is written down elsewhere. New records are held to
/// them when they are written; what was loaded under older rules, or leniently, is found here.
/// </summary>
public static class QualityRules
{
    public const string Required = "required";
    public const string Length = "length";
    public const string Pattern = "pattern";
    public const string Check = "check";
    public const string Range = "range";
    public const string Code = "code";
    public const string Link = "link";

    /// <param name="codes">The code list of that name; null: there is none.</param>
    /// <param name="find">The resource of that id; null: there is none.</param>
    /// <param name="sound">Whether the database understands a pattern as we do.</param>
    public static IReadOnlyList<QualityRule> Of(
        ResourceDefinition resource, Func<string, CodeList?> codes, Func<string, ResourceDefinition?> find, Func<string, bool> sound, DateOnly today)
    {
        var rules = new List<QualityRule>();
        foreach (var field in resource.Fields)
        {
            var column = Sql.Name(field.Name);
            var text = field.Type.Column(field) == "text";
            void Add(string kind, QualityDimension dimension, Sql bad, bool ofAll = false) => rules.Add(new($"{kind}:{field.Name}", dimension, field, bad, ofAll));
            if (field.Required)
            {
                Add(Required, QualityDimension.Completeness, text ? Sql.Of($"({column} is null or {column} = '')") : Sql.Of($"{column} is null"), ofAll: true);
            }

            if (text && field.LengthMax is { } most)
            {
                Add(Length, QualityDimension.Conformity, Sql.Of($"char_length({column}) > {most}"));
            }

            if (text && field.Pattern is { } pattern && sound(Whole(pattern)))
            {
                Add(Pattern, QualityDimension.Conformity, Sql.Of($"{column} !~ {Whole(pattern)}"));
            }

            if (CheckSql.Of(field.Type.Name, column) is { } check)
            {
                Add(Check, QualityDimension.Accuracy, check);
            }

            if (Outside(field, column) is { IsEmpty: false } outside)
            {
                Add(Range, QualityDimension.Accuracy, outside);
            }

            if (field.CodeList is { } name && codes(name) is { } list && text)
            {
                var valid = list.Codes.Where(code => code.Until is null || code.Until >= today).Select(code => code.Value).ToArray();
                Add(Code, QualityDimension.Consistency, Sql.Of($"not ({column} = any({Sql.Value(valid, NpgsqlDbType.Array | NpgsqlDbType.Text)}))"));
            }

            // Systems are schemas of their own: what points into another one is its readers' to find.
            if (field.Target is { } target && find(target) is { } other && other.Schema == resource.Schema)
            {
                var plan = Plan.Of(other);
                Add(Link, QualityDimension.Consistency, Sql.Of(
                    $"{column} is not null and not exists (select 1 from {Sql.Trusted(plan.Table)} as t where t.{Sql.Trusted(plan.KeyColumn)} = {Sql.Trusted("c.")}{column})"));
            }
        }

        return rules;
    }

    internal static string Whole(string pattern) => $"^(?:{pattern})$";

    /// <summary>Below the smallest or above the largest allowed value; empty: the field has neither.</summary>
    private static Sql Outside(FieldDefinition field, Sql column)
    {
        var bare = field with { Min = null, Max = null, Pattern = null };
        var sides = new List<Sql>();
        foreach (var (limit, sign) in new[] { (field.Min, "<"), (field.Max, ">") })
        {
            if (limit is not null && field.Type.Parse(bare, limit) is { Ok: true, Value: { } value })
            {
                sides.Add(Sql.Of($"{column} {Sql.Trusted(sign)} {Sql.Value(value, field.Type.DbType)}"));
            }
        }

        return sides.Count == 0 ? Sql.Empty : Sql.Of($"({Sql.Join(" or ", sides)})");
    }
}
