using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// How long a record of an open resource is open: the public sees it until a day that the record itself says. Who may
/// read the resource by a right of his own sees it afterwards too.
/// </summary>
/// <param name="Until">A date field. A record that says no date has no end of this kind.</param>
/// <param name="Basis">What ends the disclosure.</param>
public sealed record OpenLimit(string Until, Basis Basis)
{
    /// <summary>Years that the day is put off: 3 with the day of a decision ends three years after it.</summary>
    public int Years { get; init; }

    /// <summary>The day itself is the last open one; false: it is the first closed one.</summary>
    public bool Through { get; init; } = true;

    /// <summary>In force from this day on; null: always.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Limits only records with this value in this field; null: all.</summary>
    public string? WhenField { get; init; }

    public string? WhenValue { get; init; }

    /// <summary>The records that are open on the day; null: this limit is not in force yet.</summary>
    public Filter? On(DateOnly day)
    {
        if (day < Since)
        {
            return null;
        }

        var open = new Filter.Or(
        [
            new Filter.IsNull(Until),
            new Filter.Compare(Until, Through ? Comparison.GreaterOrEqual : Comparison.Greater, day.AddYears(-Years)),
        ]);
        return WhenField is null || WhenValue is null
            ? open
            : new Filter.Or([new Filter.Not(new Filter.Compare(WhenField, Comparison.Equal, WhenValue)), open]);
    }
}
