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
    public Outcome<object?> Parse(FieldDefinition field, string? text) =>
        TryParse(field, text, out var value, out var refusals) ? Outcome.Of(value) : refusals;

    /// <summary>As <see cref="Parse"/>, for millions of values: makes no object but the value.</summary>
    public bool TryParse(FieldDefinition field, string? text, out object? value, out Refusals refusals)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            (value, refusals) = (null, Refusals.None);
            return true;
        }

        refusals = Understand(field, text, out value);
        if (!refusals.Any)
        {
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>The value as files and interfaces write it (invariant, ISO 8601). Equal values are written equal.</summary>
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

    /// <summary>Writes a value or null to the next column of a binary COPY.</summary>
    public virtual void WriteTo(NpgsqlBinaryImporter importer, object? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write((string)value, NpgsqlDbType.Text);
        }
    }

    /// <summary>JSON Schema keywords of a value: type, format, pattern.</summary>
    public abstract IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field);

    /// <summary>The mask that the kind suggests when the definition says none.</summary>
    public virtual MaskShape Mask => MaskShape.None;

    /// <summary>The standard that the kind implements, when there is one.</summary>
    public virtual string? Standard => null;

    public override string ToString() => Name;

    /// <summary>Turns text that is not blank into a value, or says all that is wrong with it.</summary>
    protected abstract Refusals Understand(FieldDefinition field, string text, out object? value);
}
