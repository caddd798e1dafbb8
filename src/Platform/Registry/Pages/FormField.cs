using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Pages;

/// <summary>One input of a record's form.</summary>
/// <param name="Value">What stands in it: what was sent, or what the record holds. Never a masked text.</param>
public sealed record FormField(FieldDefinition Field, string Value)
{
    /// <summary>What the editor sees of a value that is hidden from him; he changes it by typing a new one.</summary>
    public string? MaskedAs { get; init; }

    /// <summary>The name of a record for good.</summary>
    public bool Fixed { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>For files: the name of the one that is there.</summary>
    public string? FileName { get; init; }

    /// <summary>For links: the Chinese name of the resource.</summary>
    public string? TargetName { get; init; }

    /// <summary>A value as an input holds it, so that reading it gives the same value.</summary>
    public static string Text(FieldDefinition field, object? value) =>
        value is DateTimeOffset moment && moment.Ticks % TimeSpan.TicksPerMinute == 0
            ? moment.Local().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)
            : value is TimeOnly ? field.Type.Show(field, value)
            : field.Type.Write(field, value);
}
