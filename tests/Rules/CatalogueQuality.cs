using Shali.Platform.Catalogue;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Rules;

public class CatalogueQuality
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, CityTime.Offset);

    private static readonly ResourceDefinition Definition = new()
    {
        Id = "test/thing",
        Name = "事物",
        Clause = "P2",
        Owner = "data",
        Rhythm = UpdateRhythm.Daily,
        Fields =
        [
            new() { Name = "number", Label = "编号", Type = FieldTypes.Find("text")!, Required = true, Unique = true, Note = "永久" },
            new() { Name = "kind", Label = "种类", Type = FieldTypes.Find("code")!, CodeList = "kinds" },
        ],
    };

    private static readonly CodeList Kinds = new("kinds", "种类", "", [new("1", "一"), new("2", "二", new DateOnly(2020, 1, 1))]);

    [Fact]
    public void Each_dimension_is_the_share_of_what_is_right()
    {
        var score = Measure([["a", "1"], ["a", "2"], ["b", "9"], [null, null]], Now.AddDays(-2));

        Assert.Equal(75, Of(score, QualityDimension.Completeness));
        Assert.Equal(200.0 / 3, Of(score, QualityDimension.Accuracy)!.Value, 3);
        Assert.Equal(100.0 / 3, Of(score, QualityDimension.Consistency)!.Value, 3);
        Assert.Equal(50, Of(score, QualityDimension.Timeliness));
        Assert.Equal(50, Of(score, QualityDimension.Accessibility));
    }

    [Fact]
    public void An_empty_table_is_not_measured_rather_than_perfect()
    {
        var score = Measure([], null);

        Assert.Null(score.Total);
        Assert.Null(Of(score, QualityDimension.Completeness));
    }

    [Theory]
    [InlineData(UpdateRhythm.Daily, 0.5, 100)]
    [InlineData(UpdateRhythm.Daily, 4, 25)]
    [InlineData(UpdateRhythm.Weekly, 6, 100)]
    [InlineData(UpdateRhythm.Weekly, 14, 50)]
    public void Timeliness_falls_in_proportion_once_the_promise_is_broken(UpdateRhythm rhythm, double daysAgo, double expected) =>
        Assert.Equal(expected, new Freshness(Now.AddDays(-daysAgo), false, rhythm, Now).Score!.Value, 3);

    [Fact]
    public void Without_a_promise_timeliness_is_not_measured() =>
        Assert.Null(new Freshness(Now, false, UpdateRhythm.AsNeeded, Now).Score);

    private static QualityScore Measure(object?[][] rows, DateTimeOffset? last) => Quality.Measure(
        Definition,
        [.. rows.Select((row, i) => new Platform.Registry.Record(Definition, $"k{i}", row))],
        new Freshness(last, last is null, Definition.Rhythm, Now),
        name => name == "kinds" ? Kinds : null,
        Now);

    private static double? Of(QualityScore score, QualityDimension dimension) =>
        score.Dimensions.Single(item => item.Dimension == dimension).Score;
}
