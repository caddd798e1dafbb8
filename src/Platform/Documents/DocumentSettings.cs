namespace Shali.Platform.Documents;

/// <summary>What documents need to know of the installation.</summary>
/// <param name="PublicAddress">Where the public reaches the platform: it stands in codes and certificates, so it is permanent.</param>
public sealed record DocumentSettings(Uri PublicAddress)
{
    /// <summary>Largest file that the public may upload for a check.</summary>
    public const int CheckBytesMax = 10 * 1024 * 1024;

    /// <summary>Checks by number and code that one address may ask for in a minute: guessing a code must not pay.</summary>
    public int CodesPerMinute { get; init; } = 30;

    /// <summary>Files that one address may have checked in a minute.</summary>
    public int FilesPerMinute { get; init; } = 12;
}
