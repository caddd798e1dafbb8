namespace Shali.Platform.Registry.Load;

/// <summary>Where uploaded files are kept and how much they may ask.</summary>
/// <param name="Folder">In the data folder of the city; made when it is missing.</param>
public sealed record LoadSettings(string Folder)
{
    public LoadLimits Limits { get; init; } = new();

    /// <summary>How long a worker may be silent before another takes its job.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a file and its rejects stay after the load has ended.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often a job that lost its database or its process is taken up again.</summary>
    public int Attempts { get; init; } = 50;
}
