using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Pages;

/// <summary>
/// What a list is asked for by its address. Conditions are named after the fields; the page's own parameters are in
/// camel case, which no field name is. What is not known is refused by name.
/// </summary>
public sealed class ListRequest
{
    public const string SortBy = "sortBy";
    public const string PageAfter = "pageAfter";
    public const string PageBefore = "pageBefore";
    public const string PageSize = "pageSize";
    public const string ShowColumns = "showColumns";
    public const string AsOf = "asOf";
    public const string ValidOn = "validOn";
    public const string Done = "done";

    public static readonly IReadOnlyList<int> PageSizes = [20, 50, 100, 200];

    private const int ColumnsShown = 8;
    private static readonly string[] Own = [SortBy, PageAfter, PageBefore, PageSize, ShowColumns, AsOf, ValidOn, Done];

    private readonly List<Refusal> _refusals = [];
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly string[] _columns;
    private readonly Access _access;

    private ListRequest(ResourceDefinition resource, Access access, IQueryCollection query, DateTimeOffset now)
    {
        Resource = resource;
        _access = access;
        Filters = FieldFilter.Of(resource, access);
        _columns = [.. query[ShowColumns].OfType<string>()];
        Take(query);
        Columns = ReadColumns();
        var where = Filters.Select(Read).OfType<Filter>().ToArray();
        Query = new()
        {
            Where = Filter.All(where),
            Sort = ReadSort(),
            Limit = ReadPageSize(),
            AsOf = ReadAsOf(now),
            ValidOn = ReadValidOn(),
        };
        Filtered = where.Length > 0 || _refusals.Count > 0;
    }

    public ResourceDefinition Resource { get; }

    public IReadOnlyList<FieldFilter> Filters { get; }

    public IReadOnlyList<FieldDefinition> Columns { get; }

    /// <summary>Without the place in the list: that is <see cref="Paged"/>.</summary>
    public RecordQuery Query { get; }

    /// <summary>Some condition is set.</summary>
    public bool Filtered { get; }

    public bool Backwards => Given(PageBefore).Length > 0;

    public bool First => !Backwards && Given(PageAfter).Length == 0;

    public Refusals Refusals => new(_refusals);

    /// <param name="now">Nothing later can be asked for.</param>
    public static ListRequest Read(ResourceDefinition resource, Access access, IQueryCollection query, DateTimeOffset now) => new(resource, access, query, now);

    /// <summary>What stands in the address under a name; empty for nothing.</summary>
    public string Given(string name) => _given.GetValueOrDefault(name, "");

    /// <summary>The query for the page that was asked for. Backwards it runs from the far end: turn its records round.</summary>
    public RecordQuery Paged => Backwards
        ? Reversed with { After = Given(PageBefore) }
        : Query with { After = Given(PageAfter) is { Length: > 0 } after ? after : null };

    private RecordQuery Reversed => Query with
    {
        Sort = [.. QuerySql.Sorts(Plan.Of(Resource), Query).Select(by => by with { Descending = !by.Descending })],
    };

    /// <summary>The address of the page after, or with <paramref name="back"/> before, a record.</summary>
    public string Beyond(Record record, bool back)
    {
        var plan = Plan.Of(Resource);
        var cursor = QuerySql.Next(plan, back ? Reversed : Query, record);
        return With((PageAfter, back ? null : cursor), (PageBefore, back ? cursor : null));
    }

    /// <summary>This address with some parameters replaced; null takes one away.</summary>
    public string With(params (string Name, string? Value)[] changes)
    {
        var values = _given.Where(pair => pair.Value.Length > 0 && pair.Key != Done).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            values.Remove(name);
            if (!string.IsNullOrEmpty(value))
            {
                values[name] = value;
            }
        }

        var pairs = values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))
            .Concat(_columns.Select(column => KeyValuePair.Create(ShowColumns, (string?)column)));
        return QueryHelpers.AddQueryString($"/records/{Resource.Address}", pairs);
    }

    /// <summary>Sorts by the column; a second time the other way round.</summary>
    public string SortAddress(FieldDefinition field) => With(
        (SortBy, Given(SortBy) == field.Name ? "-" + field.Name : field.Name), (PageAfter, null), (PageBefore, null));

    /// <summary>True ascending, false descending, null not sorted by it.</summary>
    public bool? Sorted(FieldDefinition field) => Query.Sort.FirstOrDefault(by => by.Field == field.Name) is { } by ? !by.Descending : null;

    /// <summary>A masked value's order would tell what the mask hides.</summary>
    public bool Sortable(FieldDefinition field) =>
        field.Type.Name is not (FieldKind.Geometry or FieldKind.File) && _access.MaskOf(field) == MaskShape.None;

    private void Take(IQueryCollection query)
    {
        var known = Filters.SelectMany(filter => filter.Parameters).Concat(Own).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
            {
                var field = Resource.Field(name.Split('.')[0]);
                Refuse("REG-P01", "", field is null ? Text.UnknownParameter(name) : Text.CannotFilter(field.Label));
            }
            else if (values.Count > 1 && name != ShowColumns)
            {
                Refuse("REG-P02", "", Text.TwiceParameter(name));
            }
            else if (name != ShowColumns)
            {
                _given[name] = (values[0] ?? "").Replace("\0", "", StringComparison.Ordinal);
            }
        }
    }

    private Filter? Read(FieldFilter filter)
    {
        var (condition, refusal) = filter.Read(Given);
        if (refusal is not null)
        {
            _refusals.Add(refusal);
        }

        return condition;
    }

    private List<FieldDefinition> ReadColumns()
    {
        var chosen = new List<FieldDefinition>();
        foreach (var name in _columns.Distinct(StringComparer.Ordinal))
        {
            if (Resource.Field(name) is { } field)
            {
                chosen.Add(field);
            }
            else
            {
                Refuse("REG-P03", ShowColumns, Text.NoColumn(name));
            }
        }

        var title = Plan.Of(Resource).Title;
        return chosen.Count > 0
            ? chosen
            : [.. Resource.Fields
                .Where(field => field.Type.Name is not (FieldKind.Geometry or FieldKind.File) && field.LengthMax is null or < 500)
                .OrderBy(field => field.Name == title ? 0 : 1)
                .Take(ColumnsShown)];
    }

    private List<SortBy> ReadSort()
    {
        var text = Given(SortBy);
        if (text.Length == 0)
        {
            return [];
        }

        var name = text.TrimStart('-');
        if (Resource.Field(name) is { } field && Sortable(field))
        {
            return [new SortBy(name, text.StartsWith('-'))];
        }

        Refuse("REG-P06", "", Text.CannotSort(name));
        return [];
    }

    private int ReadPageSize()
    {
        var text = Given(PageSize);
        if (text.Length == 0)
        {
            return PageSizes[0];
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && PageSizes.Contains(size))
        {
            return size;
        }

        Refuse("REG-P07", PageSize, Text.BadPageSize(text));
        return PageSizes[0];
    }

    private DateTimeOffset? ReadAsOf(DateTimeOffset now)
    {
        var moment = Given(AsOf).Length == 0 ? null : Moments.Read(Given(AsOf));
        if (moment is null && Given(AsOf).Length > 0)
        {
            Refuse("REG-P08", AsOf, Text.BadMoment);
        }
        else if (moment > now)
        {
            Refuse("REG-P08", AsOf, Text.FutureMoment);
        }

        return moment;
    }

    private DateOnly? ReadValidOn()
    {
        var day = Given(ValidOn).Length == 0 ? null : Moments.ReadDay(Given(ValidOn));
        if (day is null && Given(ValidOn).Length > 0)
        {
            Refuse("REG-P08", ValidOn, Text.BadDay);
        }

        return day;
    }

    private void Refuse(string code, string field, string sentence) => _refusals.Add(new(code, field, sentence));
}
