using Shali.Platform.Registry.Types;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// Definitions written as C# records: the attributes say what a resource and its fields are, the compiler checks
/// their names. A mistake in them is a bug, found the first time the definition is asked for.
/// </summary>
public static class Definition
{
    /// <summary>The definition that the attributes of <typeparamref name="T"/> make. The same object each time.</summary>
    public static ResourceDefinition Of<T>() => Made<T>.Definition;

    /// <summary>The field name of a property: <c>Definition.Name&lt;Person&gt;(p => p.CitizenNumber)</c>.</summary>
    public static string Name<T>(Expression<Func<T, object?>> property)
    {
        var body = property.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : property.Body;
        return body is MemberExpression { Member: PropertyInfo member }
            ? NameOf(typeof(T), member.Name)
            : throw new ArgumentException($"{property} does not name a property of {typeof(T).Name}.", nameof(property));
    }

    /// <summary>The field definition of a property.</summary>
    public static FieldDefinition Field<T>(Expression<Func<T, object?>> property) => Of<T>().Field(Name(property))!;

    /// <summary>PascalCase as tables write it: <c>CitizenNumber</c> is <c>citizen_number</c>.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsAsciiLetterUpper(name[i])
                && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (startsWord && name[i - 1] != '_')
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>The properties that are fields, in the order in which they are written.</summary>
    internal static IReadOnlyList<(PropertyInfo Property, FieldAttribute Attribute)> Properties(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, Attribute: Find<FieldAttribute>(type, property)))
            .Where(pair => pair.Attribute is not null)
            .OrderBy(pair => pair.property.MetadataToken)
            .Select(pair => (pair.property, pair.Attribute!)),
    ];

    internal static PropertyInfo? KeyProperty(Type type) =>
        type.GetProperties().FirstOrDefault(property => Find<RecordKeyAttribute>(type, property) is not null);

    private static TAttribute? Find<TAttribute>(Type type, PropertyInfo property)
        where TAttribute : Attribute =>
        property.GetCustomAttribute<TAttribute>()
        ?? type.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(parameter => parameter.Name == property.Name && parameter.ParameterType == property.PropertyType)
            ?.GetCustomAttribute<TAttribute>();

    private static string NameOf(Type type, string property)
    {
        var found = Properties(type).FirstOrDefault(pair => pair.Property.Name == property);
        return found.Attribute is null
            ? throw new InvalidOperationException($"{type.Name}.{property} is not a field: it has no [Field].")
            : found.Attribute.Name ?? SnakeCase(property);
    }

    private static ResourceDefinition Make(Type type)
    {
        var said = type.GetCustomAttribute<ResourceAttribute>()
            ?? throw new InvalidOperationException($"{type.Name} has no [Resource].");
        string? Named(string? property) => string.IsNullOrEmpty(property) ? property : NameOf(type, property);
        var nullability = new NullabilityInfoContext();
        return new()
        {
            Id = said.Id,
            Name = said.Name,
            Note = said.Note,
            Clause = said.Clause,
            Owner = said.Owner,
            Fields = [.. Properties(type).Select(pair => MakeField(pair.Property, pair.Attribute, nullability))],
            Key = Named(said.Key),
            Match = [.. said.Match.Select(property => NameOf(type, property))],
            Title = Named(said.Title),
            ValidTime = said.ValidTime,
            Provenance = said.Provenance,
            Subject = Named(said.Subject),
            ScopeField = Named(said.ScopeField),
            KeptTo = said.KeptTo is { Length: > 0 } rights ? rights : null,
            Sharing = new(
                said.Sharing,
                said.Conditions,
                said.Sharing == SharingClass.NotShared ? new Basis(said.BasisAct, said.BasisArticle) : null),
            Base = said.Base,
            Theme = said.Theme,
            Rhythm = said.Rhythm,
            RetentionYears = said.RetentionYears == 0 ? null : said.RetentionYears,
            Open = said.Open,
            OpenLimits = type.GetCustomAttributes<OpenUntilAttribute>().Select(limit => new OpenLimit(NameOf(type, limit.Until), new(limit.Act, limit.Article))
            {
                Years = limit.Years,
                Through = limit.Through,
                Since = limit.Since is null ? null : DateOnly.ParseExact(limit.Since, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                WhenField = Named(limit.When),
                WhenValue = limit.WhenValue,
            }).ToList() is { Count: > 0 } limits ? limits : null,
            Editable = said.Editable,
        };
    }

    private static FieldDefinition MakeField(PropertyInfo property, FieldAttribute said, NullabilityInfoContext nullability)
    {
        var kind = said.Type ?? KindOf(property, said);
        var type = FieldTypes.Find(kind)
            ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name}: no field type {kind}.");
        var mask = said.SaidMask ?? type.Mask;
        var required = property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is null
            : nullability.Create(property).ReadState == NullabilityState.NotNull;
        return new()
        {
            Name = said.Name ?? SnakeCase(property.Name),
            Label = said.Label,
            Type = type,
            Required = required,
            Unique = said.Unique,
            Indexed = said.Indexed,
            Note = said.Note,
            Element = said.Element,
            Standard = said.Standard ?? type.Standard,
            CodeList = said.CodeList,
            Target = said.Target,
            Scale = said.Scale,
            Srid = said.Srid,
            LengthMax = said.LengthMax == 0 ? null : said.LengthMax,
            Pattern = said.Pattern,
            Min = said.Min,
            Max = said.Max,
            Lenient = said.Lenient,
            Grade = said.SaidGrade ?? (mask == MaskShape.None ? Grade.Internal : Grade.Sensitive),
            Mask = mask,
            Authority = said.Authority,
            Closed = said.Closed,
        };
    }

    private static string KindOf(PropertyInfo property, FieldAttribute said)
    {
        if (said.CodeList is not null)
        {
            return FieldKind.Code;
        }

        if (said.Target is not null)
        {
            return FieldKind.Link;
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) ? FieldKind.Text
            : type == typeof(int) || type == typeof(long) || type == typeof(short) ? FieldKind.Integer
            : type == typeof(decimal) ? FieldKind.Decimal
            : type == typeof(DateOnly) ? FieldKind.Date
            : type == typeof(DateTimeOffset) ? FieldKind.DateTime
            : type == typeof(TimeOnly) ? FieldKind.Time
            : type == typeof(bool) ? FieldKind.YesNo
            : typeof(NetTopologySuite.Geometries.Geometry).IsAssignableFrom(type) ? FieldKind.Geometry
            : throw new InvalidOperationException(
                $"{property.DeclaringType!.Name}.{property.Name}: {type.Name} has no field type; say it with Type.");
    }

    private static class Made<T>
    {
        public static readonly ResourceDefinition Definition = Make(typeof(T));
    }
}
