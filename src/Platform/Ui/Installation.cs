using Shali.Platform.Identity;

namespace Shali.Platform.Ui;

/// <summary>What every page says about the place: whose city it is and whether this is a demonstration.</summary>
public sealed class Installation
{
    private string? _city;
    private string? _operator;

    /// <summary>The city's name as it stands in the head of every page: that of the region of its government.</summary>
    public string City
    {
        get => _city ?? NameOf(Offices?.Find("city")?.Region) ?? Wording.SomeCity;
        set => _city = value;
    }

    /// <summary>The office that runs the platform, for the foot of every page.</summary>
    public string Operator
    {
        get => _operator ?? Offices?.Find("data")?.Name ?? Wording.SomeOperator;
        set => _operator = value;
    }

    /// <summary>A city of made-up people and firms: every page says so.</summary>
    public bool Demo { get; set; }

    /// <summary>Staff sign in with a second factor. When it is off, every page says so.</summary>
    public bool SecondFactor { get; set; } = true;

    internal Offices? Offices { get; set; }

    private static string? NameOf(string? region) => region is { Length: > 0 } ? Regions.Regions.Short(region) : null;
}
