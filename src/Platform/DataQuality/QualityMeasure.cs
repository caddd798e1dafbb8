using Shali.Platform.Catalogue;
using Shali.Platform.Registry;

namespace Shali.Platform.DataQuality;

/// <summary>How a rule was kept.</summary>
/// <param name="Rows">Rows that it was asked of.</param>
public sealed record RuleCount(string Code, QualityDimension Dimension, long Rows, long Bad)
{
    /// <summary>GB/T 36344: 100 x (rows - bad rows) / rows; null: nothing to ask.</summary>
    public double? Score => Rows == 0 ? null : 100.0 * (Rows - Bad) / Rows;
}

/// <summary>What was measured of a resource, on all its rows.</summary>
/// <param name="Total">Weighted mean of the measured dimensions; null for an empty table: it is not measured, not perfect.</param>
public sealed record QualityMeasure(
    string Resource, long Run, DateTimeOffset At, long Rows, double? Total,
    IReadOnlyList<(QualityDimension Dimension, double? Score)> Dimensions, IReadOnlyList<RuleCount> Rules)
{
    public long Bad => Rules.Sum(rule => rule.Bad);

    public static string CodeOf(QualityDimension dimension) => dimension.ToString().ToLowerInvariant();

    /// <summary>The name of a dimension in the standard.</summary>
    public static string LabelOf(QualityDimension dimension) => Catalogue.Text.Dimension(dimension);

    internal static QualityMeasure Of(
        ResourceDefinition resource, long run, DateTimeOffset at, long rows, IReadOnlyList<RuleCount> rules, double? timeliness, IReadOnlyDictionary<string, double> weights)
    {
        var documented = resource.Fields.Count(field => field.Note is not null || field.Element is not null || field.Standard is not null || field.Type.Standard is not null);
        (QualityDimension Dimension, double? Score)[] dimensions =
        [
            .. Enum.GetValues<QualityDimension>().Select(dimension => (dimension, dimension switch
            {
                QualityDimension.Timeliness => timeliness,
                QualityDimension.Accessibility => 100.0 * documented / Math.Max(1, resource.Fields.Count),
                _ => Mean(rules.Where(rule => rule.Dimension == dimension).Select(rule => (rule.Score, 1.0))),
            })),
        ];
        return new(
            resource.Id, run, at, rows,
            rows == 0 ? null : Mean(dimensions.Select(one => (one.Score, weights.GetValueOrDefault(CodeOf(one.Dimension), 1)))), dimensions, rules);
    }

    private static double? Mean(IEnumerable<(double? Score, double Weight)> scores)
    {
        var (sum, weight) = (0.0, 0.0);
        foreach (var one in scores.Where(one => one.Score is not null))
        {
            (sum, weight) = (sum + (one.Score!.Value * one.Weight), weight + one.Weight);
        }

        return weight == 0 ? null : sum / weight;
    }
}
