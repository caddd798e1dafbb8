namespace Shali.Platform.Ui;

/// <summary>What every page says about the place: whose city it is and whether this is a demonstration.</summary>
public sealed class Installation
{
    /// <summary>The city's name as it stands in the head of every page: 漯河市. The host sets it from the offices.</summary>
    public string City { get; set; } = "本市";

    /// <summary>The office that runs the platform, for the foot of every page.</summary>
    public string Operator { get; set; } = "市信息化办公室";

    /// <summary>A city of made-up people and firms: every page says so.</summary>
    public bool Demo { get; set; }

    /// <summary>Staff sign in with a second factor. When it is off, every page says so.</summary>
    public bool SecondFactor { get; set; } = true;
}
