using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Types;

/// <summary>
/// A kind of value: how it is stored, read from text, checked, shown and described. One object a kind; what is
/// particular to a field (length, code list, scale) stands in its <see cref="FieldDefinition"/>.
/// Values in memory are of <see cref="ClrType"/> or null.
/// </summary>
public abstract class FieldType
{
    /// <summary>Permanent name in definitions: <c>text</c>, <c>citizen-number</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Chinese name in the form where an office defines a field.</summary>
    public abstract string Label { get; }

    public abstract Type ClrType { get; }

    public abstract NpgsqlDbType DbType { get; }

    /// <summary>Column type in PostgreSQL.</summary>
    public abstract string Column(FieldDefinition field);

    /// <summary>Reads what a person or a file wrote. Never throws for input; an empty text is no value.</summary>
    public abstract Outcome<object?> Parse(FieldDefinition field, string? text);

    /// <summary>The value as files and interfaces write it (invariant, ISO 8601).</summary>
    public virtual string Write(FieldDefinition field, object? value) => value switch
    {
        null => "",
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The value as people read it on a page.</summary>
    public virtual string Show(FieldDefinition field, object? value) => Write(field, value);

    public virtual object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetValue(column);

    /// <summary>JSON Schema keywords of a value: type, format, pattern.</summary>
    public abstract IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field);

    /// <summary>The mask that the kind suggests when the definition says none.</summary>
    public virtual MaskShape Mask => MaskShape.None;

    /// <summary>The standard that the kind implements, when there is one.</summary>
    public virtual string? Standard => null;

    public override string ToString() => Name;
}
