using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;

#pragma warning disable CA1000 // Which record it is about is the whole question: Typed<Person>.Of(record).
namespace Shali.Platform.Registry;

/// <summary>
/// The way between stored records and the C# record that defines them. Both directions are compiled once; a call
/// does no reflection.
/// </summary>
/// <example><code>
/// var person = Typed&lt;Person&gt;.Of(record);
/// new Change.Insert(Definition.Of&lt;Person&gt;(), key, Typed&lt;Person&gt;.Values(person))
/// </code></example>
public static class Typed<T>
{
    private static readonly ResourceDefinition Definition = Registry.Definition.Of<T>();
    private static readonly Func<Record, int[], T> Make = CompileMake();
    private static readonly Func<T, object?[]> Take = CompileTake();
    private static readonly string[] Names = [.. Definition.Fields.Select(field => field.Name)];
    private static readonly int[] Straight = [.. Enumerable.Range(0, Names.Length)];
    private static readonly ConditionalWeakTable<ResourceDefinition, int[]> Others = [];

    /// <summary>
    /// The record as its type. It may be of another version of the definition: fields that it lacks are empty.
    /// A required field without a value is a bug in whoever wrote it, and throws.
    /// </summary>
    public static T Of(Record record) => Make(record, Positions(record.Definition));

    /// <summary>All fields of a value, by name, as the write path takes them.</summary>
    public static IReadOnlyDictionary<string, object?> Values(T value)
    {
        var taken = Take(value);
        var values = new Dictionary<string, object?>(taken.Length, StringComparer.Ordinal);
        for (var i = 0; i < taken.Length; i++)
        {
            values.Add(Names[i], taken[i]);
        }

        return values;
    }

    /// <summary>Only what differs between two values: what an update needs to say.</summary>
    public static IReadOnlyDictionary<string, object?> Differences(T before, T after)
    {
        var (old, now) = (Take(before), Take(after));
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < now.Length; i++)
        {
            if (!Equals(old[i], now[i]))
            {
                values.Add(Names[i], now[i]);
            }
        }

        return values;
    }

    // The registry's current definition is another object than the one in code, and old ones come from the database.
    private static int[] Positions(ResourceDefinition other) =>
        ReferenceEquals(other, Definition) ? Straight : Others.GetValue(other, static definition => Find(definition));

    private static int[] Find(ResourceDefinition other)
    {
        var positions = new int[Names.Length];
        for (var i = 0; i < Names.Length; i++)
        {
            positions[i] = Position(other.Fields, Names[i], i);
        }

        return positions;
    }

    private static int Position(IReadOnlyList<FieldDefinition> fields, string name, int likely)
    {
        if (likely < fields.Count && string.Equals(fields[likely].Name, name, StringComparison.Ordinal))
        {
            return likely;
        }

        for (var i = 0; i < fields.Count; i++)
        {
            if (string.Equals(fields[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static Func<Record, int[], T> CompileMake()
    {
        var record = Expression.Parameter(typeof(Record));
        var positions = Expression.Parameter(typeof(int[]));
        var cells = new Dictionary<string, Expression>(StringComparer.Ordinal);
        var properties = Registry.Definition.Properties(typeof(T));
        for (var i = 0; i < properties.Count; i++)
        {
            var property = properties[i].Property;
            cells.Add(property.Name, Expression.Call(
                typeof(TypedCell), nameof(TypedCell.Read), [property.PropertyType],
                record, Expression.ArrayIndex(positions, Expression.Constant(i)), Expression.Constant(Definition.Fields[i].Name)));
        }

        if (Registry.Definition.KeyProperty(typeof(T)) is { } key)
        {
            cells.Add(key.Name, Expression.Property(record, nameof(Record.Key)));
        }

        return Expression.Lambda<Func<Record, int[], T>>(Construct(cells), record, positions).Compile();
    }

    private static MemberInitExpression Construct(Dictionary<string, Expression> cells)
    {
        var constructor = typeof(T).GetConstructors()
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .FirstOrDefault(candidate => candidate.GetParameters().All(parameter => cells.ContainsKey(parameter.Name ?? "")))
            ?? throw new InvalidOperationException(
                $"{typeof(T).Name}: every parameter of its constructor must be a field or the key.");
        var arguments = constructor.GetParameters().Select(parameter => cells[parameter.Name!]).ToList();
        var rest = cells.Where(cell => constructor.GetParameters().All(parameter => parameter.Name != cell.Key));
        return Expression.MemberInit(
            Expression.New(constructor, arguments),
            rest.Select(cell => Expression.Bind(typeof(T).GetProperty(cell.Key)!, cell.Value)));
    }

    private static Func<T, object?[]> CompileTake()
    {
        var value = Expression.Parameter(typeof(T));
        var cells = Registry.Definition.Properties(typeof(T))
            .Select((pair, i) => Boxed(Expression.Property(value, pair.Property), Definition.Fields[i].Type.ClrType));
        return Expression.Lambda<Func<T, object?[]>>(Expression.NewArrayInit(typeof(object), cells), value).Compile();
    }

    /// <summary>An int property of an integer field is stored as the field type's long.</summary>
    private static UnaryExpression Boxed(Expression value, Type stored)
    {
        var bare = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        if (!bare.IsValueType || bare == stored || !stored.IsValueType)
        {
            return Expression.Convert(value, typeof(object));
        }

        var target = bare == value.Type ? stored : typeof(Nullable<>).MakeGenericType(stored);
        return Expression.Convert(Expression.ConvertChecked(value, target), typeof(object));
    }
}

internal static class TypedCell
{
    public static TValue Read<TValue>(Record record, int position, string name)
    {
        var value = position < 0 ? null : record.Values[position];
        if (value is TValue typed)
        {
            return typed;
        }

        if (value is not null)
        {
            var bare = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
            return (TValue)Convert.ChangeType(value, bare, CultureInfo.InvariantCulture);
        }

        return default(TValue) is null
            ? default!
            : throw new InvalidOperationException($"{record.Definition.Id} {record.Key}: {name} has no value.");
    }
}
