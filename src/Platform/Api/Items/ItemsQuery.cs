using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using Shali.Platform.Api.Cql;
using Shali.Platform.Geo;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Items;

/// <summary>What a request for items asks, understood and typed.</summary>
internal sealed record ItemsQuery(Format Format, ReadRequest Read, RecordQuery Records, Crs Crs, bool Geometry)
{
    public const int LimitDefault = 100;
    public const int LimitMax = 10_000;

    /// <summary>The caller said how many he wants; without it a table is exported whole.</summary>
    public bool Limited { get; init; }

    /// <summary>Which fields go out; null: all.</summary>
    public bool[]? Fields { get; init; }

    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal)
    {
        "f", "limit", "cursor", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs", "sortby",
        "properties", "skipGeometry", "asOf",
    };

    public static Outcome<ItemsQuery> Of(HttpContext context, FeatureShape shape, ReadRequest read, Access access)
    {
        var parameters = new Parameters(context.Request);
        var format = Formats.Choose(parameters, context.Request, Formats.Tables);
        var crs = CrsOf(parameters, "crs");
        var limit = parameters.Whole("limit", 1, LimitMax);
        var conditions = new Conditions(
            shape, parameters, field => !read.Clear && access.MaskOf(field) != MaskShape.None);
        var where = Filter.All(conditions.Box(), conditions.Expression(), conditions.Short());
        var (during, validOn) = conditions.During();
        var query = new RecordQuery
        {
            Where = Filter.All(where, during),
            Sort = conditions.Sort(),
            Limit = limit ?? LimitDefault,
            After = parameters.Take("cursor"),
            AsOf = AsOfOf(parameters, context),
            ValidOn = validOn,
        };
        var (fields, geometry) = Selection(parameters, shape, access);
        var refusals = parameters.End();
        return refusals.Any
            ? refusals
            : new ItemsQuery(format, fields is null && geometry ? read : read with { Fields = Chosen(shape, fields, geometry) }, query, crs, geometry)
            {
                Limited = limit is not null,
                Fields = fields,
            };
    }

    private static readonly RecordQuery Now = new();

    /// <summary>The parameters that a single item has.</summary>
    public static Outcome<ItemsQuery> OfOne(HttpContext context, FeatureShape shape, ReadRequest read, Access access)
    {
        if (access.Grant is null && !context.Request.QueryString.HasValue && Formats.Accepted(context.Request, Formats.Documents) is { } accepted)
        {
            return new ItemsQuery(accepted, read, Now, Crs.Crs84, true);
        }

        var parameters = new Parameters(context.Request);
        var format = Formats.Choose(parameters, context.Request, Formats.Documents);
        var crs = CrsOf(parameters, "crs");
        var query = new RecordQuery { AsOf = AsOfOf(parameters, context) };
        var (fields, geometry) = Selection(parameters, shape, access);
        var refusals = parameters.End();
        return refusals.Any
            ? refusals
            : new ItemsQuery(format, fields is null && geometry ? read : read with { Fields = Chosen(shape, fields, geometry) }, query, crs, geometry)
            {
                Fields = fields,
            };
    }

    public static Crs CrsOf(Parameters parameters, string name)
    {
        if (parameters.Take(name) is not { } text)
        {
            return Crs.Crs84;
        }

        if (Crs.Find(text) is { } crs)
        {
            return crs;
        }

        parameters.Refuse("API-P05", name, Text.UnknownCrs(text));
        return Crs.Crs84;
    }

    /// <summary>Clocks differ a little: who asks for "now" by his own is not refused.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private static DateTimeOffset? AsOfOf(Parameters parameters, HttpContext context)
    {
        if (parameters.Take("asOf") is not { } text)
        {
            return null;
        }

        if (Moments.TryAsOf(text, out var moment))
        {
            var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            if (moment <= now + Slack)
            {
                return moment;
            }

            // Today stands for its end, which is yet to come: as it is known now.
            if (Moments.TryDay(text, out var day) && day == now.Local().Day())
            {
                return null;
            }

            parameters.Refuse("API-P08", "asOf", Text.FutureMoment("asOf"));
            return null;
        }

        parameters.Refuse("API-P03", "asOf", Text.BadMoment("asOf"));
        return null;
    }

    private static (bool[]? Fields, bool Geometry) Selection(Parameters parameters, FeatureShape shape, Access access)
    {
        var geometry = !parameters.Flag("skipGeometry") && (shape.PlaceField is not { } place || access.Shows(place));
        if (parameters.Take("properties") is not { } list)
        {
            return (Granted(shape, access), geometry);
        }

        var fields = new bool[shape.Fields.Length];
        foreach (var name in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var position = Plan.Of(shape.Definition).Position(name);
            if (position < 0)
            {
                parameters.Refuse("API-Q08", "properties", Text.UnknownField(name, shape.Definition.Name));
            }
            else if (!access.Shows(shape.Fields[position]))
            {
                parameters.Refuse("SHR-A10", "properties", Exchange.Text.NotGranted(shape.Fields[position].Label, access.Grant!.Grant.Number));
            }
            else
            {
                fields[position] = true;
            }
        }

        return (fields, geometry);
    }

    /// <summary>The fields of a grant; null: there is none, and all go out.</summary>
    public static bool[]? Granted(FeatureShape shape, Access access) => access.Grant is null ? null : [.. shape.Fields.Select(access.Shows)];

    // The read record tells which fields were shown: what is not sent is not read either.
    private static List<string> Chosen(FeatureShape shape, bool[]? fields, bool geometry) =>
    [
        .. shape.Fields.Where((_, i) => i == shape.Place ? geometry : fields is null || fields[i]).Select(field => field.Name),
    ];

    private sealed class Conditions(FeatureShape shape, Parameters parameters, Func<FieldDefinition, bool> masked)
    {
        private readonly ResourceDefinition _resource = shape.Definition;

        public Filter? Box()
        {
            var crs = CrsOf(parameters, "bbox-crs");
            if (parameters.Take("bbox") is not { } text)
            {
                return null;
            }

            var outcome = BoundingBox.Read(text, crs, shape.PlaceField?.Srid ?? 4490);
            if (!outcome.Ok)
            {
                parameters.Refuse(outcome.Refusals);
                return null;
            }

            if (shape.PlaceField is not { } place)
            {
                // Features without a place are never outside a box (part 1, /req/core/fc-bbox-response).
                return null;
            }

            if (masked(place))
            {
                parameters.Refuse("API-Q09", "bbox", Text.MaskedCondition(place.Label));
                return null;
            }

            return new Filter.Or([new Filter.Intersects(place.Name, outcome.Value), new Filter.IsNull(place.Name)]);
        }

        public Filter? Expression()
        {
            var language = parameters.Take("filter-lang");
            if (language is not null and not "cql2-text")
            {
                parameters.Refuse("API-P03", "filter-lang", Text.UnknownLanguage(language));
            }

            var crs = CrsOf(parameters, "filter-crs");
            if (parameters.Take("filter") is not { } text)
            {
                return null;
            }

            var outcome = CqlBinder.Bind(_resource, text, masked, crs);
            if (!outcome.Ok)
            {
                parameters.Refuse(outcome.Refusals);
                return null;
            }

            return outcome.Value;
        }

        /// <summary>Queryables as parameters: <c>?name=value</c>.</summary>
        public Filter? Short()
        {
            var filters = new List<Filter?>();
            foreach (var name in parameters.Names)
            {
                if (Names.Contains(name) || _resource.Field(name) is not { } field || field.Type.ClrType == typeof(Geometry))
                {
                    continue;
                }

                var outcome = CqlBinder.Equal(_resource, field, parameters.Take(name)!, masked);
                if (outcome.Ok)
                {
                    filters.Add(outcome.Value);
                }
                else
                {
                    parameters.Refuse(outcome.Refusals);
                }
            }

            return Filter.All([.. filters]);
        }

        /// <summary>
        /// With valid time: what held then; an interval needs overlap. Without: what was changed then.
        /// </summary>
        public (Filter? Filter, DateOnly? ValidOn) During()
        {
            if (parameters.Take("datetime") is not { } text)
            {
                return (null, null);
            }

            if (!Moments.TrySpan(text, out var span))
            {
                parameters.Refuse("API-P03", "datetime", Text.BadSpan);
                return (null, null);
            }

            if (!_resource.ValidTime)
            {
                return (Filter.All(
                    span.From is { } from ? new Filter.Compare(QuerySql.ChangedAt, Comparison.GreaterOrEqual, from) : null,
                    span.To is { } to ? new Filter.Compare(QuerySql.ChangedAt, Comparison.LessOrEqual, to) : null), null);
            }

            if (span.Single)
            {
                return (null, span.From!.Value.Local().Day());
            }

            return (Filter.All(
                span.To is { } end ? OrOpen(QuerySql.ValidFrom, Comparison.LessOrEqual, end) : null,
                span.From is { } start ? OrOpen(QuerySql.ValidTo, Comparison.Greater, start) : null), null);
        }

        public IReadOnlyList<SortBy> Sort()
        {
            if (parameters.Take("sortby") is not { Length: > 0 } text)
            {
                return [];
            }

            var sort = new List<SortBy>();
            foreach (var part in text.Split(','))
            {
                // A plus sign that nobody encoded arrives as a space.
                var descending = part.StartsWith('-');
                var name = part.TrimStart('-', '+', ' ').TrimEnd();
                if (_resource.Field(name) is not { } field || sort.Exists(by => by.Field == name))
                {
                    parameters.Refuse("API-Q08", "sortby", Text.UnknownField(name, _resource.Name));
                }
                else if (field.Type.ClrType == typeof(Geometry))
                {
                    parameters.Refuse("API-Q10", "sortby", Text.NotSortable(field.Label));
                }
                else if (masked(field))
                {
                    parameters.Refuse("API-Q09", "sortby", Text.MaskedCondition(field.Label));
                }
                else
                {
                    sort.Add(new(name, descending));
                }
            }

            return sort;
        }

        private static Filter.Or OrOpen(string field, Comparison comparison, DateTimeOffset moment) =>
            new([new Filter.IsNull(field), new Filter.Compare(field, comparison, moment.Local().Day())]);
    }
}
