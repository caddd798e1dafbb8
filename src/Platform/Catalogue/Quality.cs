using System.Collections.Concurrent;
using System.Globalization;
using NpgsqlTypes;
using Shali.Platform.DataQuality;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>The six sides of data quality of GB/T 36344-2018.</summary>
public enum QualityDimension
{
    Conformity,
    Completeness,
    Accuracy,
    Consistency,
    Timeliness,
    Accessibility,
}

/// <summary>What was measured, on how many records, when. A dimension that could not be measured has no score.</summary>
public sealed record QualityScore(
    IReadOnlyList<(QualityDimension Dimension, double? Score)> Dimensions, int Rows, DateTimeOffset At)
{
    /// <summary>Measured of all rows, not of a sample.</summary>
    public bool Whole { get; init; }

    /// <summary>Mean of the measured dimensions; null when the table is empty: an empty table is not a perfect one.</summary>
    public double? Total => Rows == 0 || Dimensions.All(item => item.Score is null)
        ? null
        : Dimensions.Where(item => item.Score is not null).Average(item => item.Score);
}

/// <summary>
/// Measures a resource against its own definition on a bounded random sample. Cheap enough to run when somebody
/// looks; remembered for ten minutes.
/// </summary>
public sealed class Quality(Db db, ResourceRegistry registry, RecordReader reader, QualityBook book, TimeProvider time)
{
    private const int SampleSize = 1_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (int Version, QualityScore Score)> _known = new(StringComparer.Ordinal);

    public async Task<QualityScore> Of(
        ResourceDefinition resource, long estimate, Freshness freshness, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(resource.Id, out var known) && known.Version == resource.Version && now - known.Score.At < Kept)
        {
            return known.Score;
        }

        // What was measured of all rows in the night says more than a sample of now.
        if (await book.Latest(resource.Id, cancel) is { } whole)
        {
            return new(whole.Dimensions, (int)Math.Min(int.MaxValue, whole.Rows), whole.At) { Whole = true };
        }

        var score = Measure(resource, await Sample(resource, estimate, cancel), freshness, registry.Codes, now);
        _known[resource.Id] = (resource.Version, score);
        return score;
    }

    internal static QualityScore Measure(
        ResourceDefinition resource, IReadOnlyList<Record> records, Freshness freshness, Func<string, CodeList?> codes, DateTimeOffset now)
    {
        var tally = new Tally();
        for (var i = 0; i < resource.Fields.Count; i++)
        {
            tally.Judge(resource.Fields[i], [.. records.Select(record => record.Values[i])], codes, now);
        }

        var documented = resource.Fields.Count(field =>
            field.Note is not null || field.Element is not null || field.Standard is not null || field.Type.Standard is not null);
        return new(
            [
                (QualityDimension.Conformity, tally.Conforming.Score),
                (QualityDimension.Completeness, tally.Filled.Score),
                (QualityDimension.Accuracy, tally.Distinct.Score),
                (QualityDimension.Consistency, tally.Coded.Score),
                (QualityDimension.Timeliness, freshness.Score),
                (QualityDimension.Accessibility, 100.0 * documented / Math.Max(1, resource.Fields.Count)),
            ],
            records.Count,
            now);
    }

    /// <summary>Pages of the table chosen at random, so that a large table costs no more than a small one.</summary>
    private async Task<IReadOnlyList<Record>> Sample(ResourceDefinition resource, long estimate, CancellationToken cancel)
    {
        if (estimate <= SampleSize * 2)
        {
            return (await reader.List(resource, new RecordQuery { Limit = SampleSize }, cancel)).Records;
        }

        var percent = Math.Min(100, 300.0 * SampleSize / estimate).ToString("0.######", CultureInfo.InvariantCulture);
        var table = Sql.Name(resource.Schema, resource.Table);
        var keys = await db.List(
            $"select {Sql.Name(resource.KeyColumn)}::text from {table} tablesample system ({Sql.Trusted(percent)}) limit {SampleSize}",
            row => row.GetString(0),
            cancel);
        return (await reader.List(resource, new RecordQuery { Where = new Filter.KeyIn(keys), Limit = SampleSize }, cancel)).Records;
    }

    private sealed class Tally
    {
        public Share Conforming { get; } = new();

        public Share Filled { get; } = new();

        public Share Distinct { get; } = new();

        public Share Coded { get; } = new();

        public void Judge(FieldDefinition field, IReadOnlyList<object?> values, Func<string, CodeList?> codes, DateTimeOffset now)
        {
            var present = values.Where(value => value is not null).Select(value => value!).ToList();
            if (field.Required)
            {
                Filled.Add(present.Count, values.Count);
            }

            // What a database stores of a shape cannot be misshapen.
            if (field.Type.DbType is not (NpgsqlDbType.Geometry or NpgsqlDbType.Geography))
            {
                Conforming.Add(present.Count(value => field.Type.Parse(field, field.Type.Write(field, value)).Ok), present.Count);
            }

            if (field.Unique)
            {
                Distinct.Add(present.Distinct().Count(), present.Count);
            }

            if (field.CodeList is { } name && codes(name) is { } list)
            {
                var today = DateOnly.FromDateTime(now.Local().DateTime);
                Coded.Add(present.Count(value => list.Find(value.ToString() ?? "") is { } code && (code.Until is null || code.Until >= today)), present.Count);
            }
        }
    }

    private sealed class Share
    {
        private long _good;
        private long _all;

        public double? Score => _all == 0 ? null : 100.0 * _good / _all;

        public void Add(long good, long all)
        {
            _good += good;
            _all += all;
        }
    }
}
