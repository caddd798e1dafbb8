using System.Buffers.Text;
using System.Text.Json;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>Turns a typed query into SQL. The only place that does: every door's filters end here.</summary>
internal static class QuerySql
{
    public const int LimitMax = 10_000;

    /// <summary>Rows of <paramref name="query"/>, one more than its limit so that the reader knows whether more follow.</summary>
    public static Outcome<Sql> Select(Plan plan, RecordQuery query, bool limited = true)
    {
        var sort = Sorts(plan, query);
        var conditions = new List<Sql>();
        if (query.Where is not null)
        {
            conditions.Add(Condition(plan, query.Where));
        }

        if (query.Now is not null)
        {
            var now = Condition(plan, query.Now);
            conditions.Add(IsNow(plan, query)
                ? now
                : Sql.Of($"{Sql.Trusted(plan.KeyColumn)} in (select {Sql.Trusted(plan.KeyColumn)} from {Sql.Trusted(plan.Table)} where {now})"));
        }

        if (query.After is not null)
        {
            if (Cursor.Read(plan, sort, query.After) is not { } values)
            {
                return new Refusal("REG-Q01", "cursor", Text.BadCursor);
            }

            conditions.Add(Beyond(plan, sort, values, query.Where));
        }

        var where = conditions.Count == 0 ? Sql.Empty : Sql.Of($" where {Sql.Join(" and ", conditions)}");
        var order = Sql.Trusted(string.Join(", ", sort.Select(by => $"{Column(plan, by.Field)}{(by.Descending ? " desc" : "")}")));
        var limit = limited ? Sql.Of($" limit {query.Limit + 1}") : Sql.Empty;
        return Sql.Of($"select {Sql.Trusted(plan.Columns)} from {Source(plan, query)}{where} order by {order}{limit}");
    }

    /// <summary>The table, or what stands for it at another time.</summary>
    public static Sql Source(Plan plan, RecordQuery query)
    {
        if (IsNow(plan, query))
        {
            return Sql.Trusted(plan.Table);
        }

        var columns = Sql.Trusted(string.Join(", ", plan.Stored));
        var current = new List<Sql>();
        var past = new List<Sql>();
        if (query.AsOf is { } moment)
        {
            var at = moment.ToUniversalTime();
            current.Add($"_at <= {at}");
            past.Add($"_at <= {at}");
            if (query.ValidOn is not { } validOn || !plan.Definition.ValidTime)
            {
                past.Add($"_ended_at > {at}");
            }
            else
            {
                // A version that was superseded by then still tells what held before its successor took over.
                current.Add(Holds(validOn));
                past.Add($"(case when _ended_at > {at} then {Holds(validOn)} else {HeldBefore(validOn)} end)");
            }
        }
        else if (query.ValidOn is { } day)
        {
            current.Add(Holds(day));
            past.Add(HeldBefore(day));
        }

        return $"""
            (select {columns} from {Sql.Trusted(plan.Table)} where {Sql.Join(" and ", current)}
             union all
             select {columns} from {Sql.Trusted(plan.Past)} where {Sql.Join(" and ", past)}) as r
            """;
    }

    private static bool IsNow(Plan plan, RecordQuery query) => query.AsOf is null && (query.ValidOn is null || !plan.Definition.ValidTime);

    public static Sql Condition(Plan plan, Filter filter) => filter switch
    {
        Filter.Compare compare => Sql.Of($"{Name(plan, compare.Field)} {Operator(compare.Operator)} {Value(plan, compare.Field, compare.Value)}"),
        Filter.Like { IgnoreCase: true } like => Sql.Of($"lower({Name(plan, like.Field)}) like lower({like.Pattern})"),
        Filter.Like like => Sql.Of($"{Name(plan, like.Field)} like {like.Pattern}{Prefix(plan, like)}"),
        Filter.Between between => Sql.Of(
            $"{Name(plan, between.Field)} between {Value(plan, between.Field, between.Low)} and {Value(plan, between.Field, between.High)}"),
        Filter.In { Values.Count: 0 } => Sql.Trusted("false"),
        Filter.In @in => Sql.Of($"{Name(plan, @in.Field)} in ({Sql.Join(", ", @in.Values.Select(value => Value(plan, @in.Field, value)))})"),
        Filter.IsNull isNull => Sql.Of($"{Name(plan, isNull.Field)} is null"),
        Filter.And and => Group(plan, and.Parts, " and ", "true"),
        Filter.Or or => Group(plan, or.Parts, " or ", "false"),
        Filter.Not not => Sql.Of($"not coalesce({Condition(plan, not.Part)}, false)"),
        Filter.Intersects intersects => Sql.Of(
            $"st_intersects({Name(plan, intersects.Field)}, {Sql.Value(intersects.Geometry, NpgsqlDbType.Geometry)})"),
        Filter.KeyIn keys => Sql.Of(
            $"{Sql.Trusted(plan.KeyColumn)} = any({Sql.Value(keys.Keys.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)})"),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    /// <summary>The whole order of a query: what was asked for, then the key.</summary>
    public static IReadOnlyList<SortBy> Sorts(Plan plan, RecordQuery query) =>
        query.Sort.Any(by => by.Field == plan.Definition.KeyColumn)
            ? query.Sort
            : [.. query.Sort, new SortBy(plan.Definition.KeyColumn)];

    public static string Next(Plan plan, RecordQuery query, Record last) => Cursor.Write(plan, Sorts(plan, query), last);

    private static Sql Group(Plan plan, IReadOnlyList<Filter> parts, string separator, string none) => parts.Count == 0
        ? Sql.Trusted(none)
        : Sql.Of($"({Sql.Join(separator, parts.Select(part => Condition(plan, part)))})");

    private static Sql Holds(DateOnly day) =>
        $"(coalesce(_valid_from <= {day}, true) and coalesce(_valid_to > {day}, true))";

    private static Sql HeldBefore(DateOnly day) => $"({Holds(day)} and coalesce(_superseded_from > {day}, false))";

    // An index in byte order can serve a prefix: a range beside the pattern lets the planner use it.
    private static Sql Prefix(Plan plan, Filter.Like like)
    {
        var end = like.Pattern.IndexOfAny(['%', '_', '\\']);
        var position = plan.Position(like.Field);
        if (end <= 0 || position < 0 || plan.Fields[position] is { Type.Name: "text", Indexed: true })
        {
            return Sql.Empty;
        }

        var low = like.Pattern[..end];
        var column = Name(plan, like.Field);
        var last = low[^1];
        return last is >= '\ud7ff' ? Sql.Empty : Sql.Of($" and {column} >= {low} and {column} < {low[..^1] + (char)(last + 1)}");
    }

    private static Sql Beyond(Plan plan, IReadOnlyList<SortBy> sort, IReadOnlyList<object?> values, Filter? where)
    {
        // One field and the key, both upwards, never null: a comparison of rows, which the index answers by itself.
        if (sort is [{ Descending: false } by, { Descending: false } last] && IsKey(plan, last.Field)
            && values[0] is { } first && NeverNull(plan, by.Field, where))
        {
            return $"({Name(plan, by.Field)}, {Name(plan, last.Field)}) > ({Value(plan, by.Field, first)}, {Value(plan, last.Field, values[1]!)})";
        }

        // (a, b, key) beyond (x, y, k): a beyond x, or a = x and (b beyond y, or ...). Nulls come last, descending first.
        Sql? rest = null;
        for (var i = sort.Count - 1; i >= 0; i--)
        {
            var column = Sql.Trusted(Column(plan, sort[i].Field));
            var value = values[i];
            var parameter = value is null ? Sql.Empty : Value(plan, sort[i].Field, value);
            var beyond = (value, sort[i].Descending) switch
            {
                (null, false) => Sql.Trusted("false"),
                (null, true) => Sql.Of($"{column} is not null"),
                (_, false) when IsKey(plan, sort[i].Field) => Sql.Of($"{column} > {parameter}"),
                (_, false) => Sql.Of($"({column} > {parameter} or {column} is null)"),
                (_, true) => Sql.Of($"{column} < {parameter}"),
            };
            var equal = value is null ? Sql.Of($"{column} is null") : Sql.Of($"{column} = {parameter}");
            rest = rest is null ? beyond : Sql.Of($"({beyond} or ({equal} and {rest}))");
        }

        return rest!;
    }

    /// <summary>Required, or a condition that holds for values only.</summary>
    private static bool NeverNull(Plan plan, string field, Filter? where) =>
        field == ChangedAt
        || (plan.Position(field) >= 0 && plan.Fields[plan.Position(field)].Required)
        || where switch
        {
            Filter.Compare compare => compare.Field == field,
            Filter.Like like => like.Field == field,
            Filter.Between between => between.Field == field,
            Filter.In @in => @in.Field == field,
            Filter.And and => and.Parts.Any(part => NeverNull(plan, field, part)),
            _ => false,
        };

    private static bool IsKey(Plan plan, string field) => field == plan.Definition.KeyColumn;

    private static Sql Name(Plan plan, string field) => Sql.Trusted(Column(plan, field));

    private static string Column(Plan plan, string field) => IsKey(plan, field)
        ? plan.KeyColumn
        : field is ChangedAt or ValidFrom or ValidTo ? field
        : plan.Position(field) >= 0
            ? Sql.Name(field).Text
            : throw new ArgumentException($"{plan.Definition.Id} has no field {field}.", nameof(field));

    /// <summary>Pseudo field: when the version was written.</summary>
    public const string ChangedAt = "_at";

    /// <summary>Pseudo fields of definitions with valid time: from when and to when it holds.</summary>
    public const string ValidFrom = "_valid_from";

    public const string ValidTo = "_valid_to";

    private static Sql Value(Plan plan, string field, object value)
    {
        var position = plan.Position(field);
        var type = position >= 0 ? plan.Fields[position].Type.DbType
            : field == ChangedAt ? NpgsqlDbType.TimestampTz
            : field is ValidFrom or ValidTo ? NpgsqlDbType.Date
            : NpgsqlDbType.Text;
        return Sql.Value(value, type);
    }

    private static Sql Operator(Comparison comparison) => Sql.Trusted(comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "<>",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    });

    /// <summary>The place after the last record of a page, as opaque text.</summary>
    private static class Cursor
    {
        public static string Write(Plan plan, IReadOnlyList<SortBy> sort, Record last) =>
            Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(sort.Select(by => Text(plan, by.Field, last)).ToArray()));

        public static IReadOnlyList<object?>? Read(Plan plan, IReadOnlyList<SortBy> sort, string cursor)
        {
            try
            {
                var texts = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(cursor));
                if (texts?.Length != sort.Count)
                {
                    return null;
                }

                var values = new object?[texts.Length];
                for (var i = 0; i < texts.Length; i++)
                {
                    if (texts[i] is { } text && !TryValue(plan, sort[i].Field, text, out values[i]))
                    {
                        return null;
                    }
                }

                return values[^1] is null ? null : values;
            }
            catch (Exception exception) when (exception is FormatException or JsonException)
            {
                return null;
            }
        }

        private static string? Text(Plan plan, string field, Record record) =>
            IsKey(plan, field) ? record.Key
            : field == ChangedAt ? record.ChangedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
            : record.Values[plan.Position(field)] is { } value
                ? plan.Fields[plan.Position(field)].Type.Write(plan.Fields[plan.Position(field)], value)
                : null;

        private static bool TryValue(Plan plan, string field, string text, out object? value)
        {
            value = text;
            if (field == ChangedAt)
            {
                var good = DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var moment);
                value = moment.ToUniversalTime();
                return good;
            }

            var position = plan.Position(field);
            if (position < 0 || plan.Fields[position].Type.ClrType == typeof(string))
            {
                return !text.Contains('\0', StringComparison.Ordinal);
            }

            var parsed = plan.Fields[position].Type.Parse(plan.Fields[position], text);
            value = parsed.Ok ? parsed.Value : null;
            return parsed.Ok;
        }
    }
}
