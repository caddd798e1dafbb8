namespace Shali.Platform.Identity;

/// <summary>
/// An address inside this site: what may follow a sign-on. Everything else (another host, a scheme, the tricks
/// <c>//host</c> and <c>/\host</c>, control characters that browsers drop) is refused.
/// </summary>
public static class LocalAddress
{
    private const int LengthMax = 2000;

    public static bool Is(string? address) =>
        address is { Length: > 0 and <= LengthMax }
        && address[0] == '/'
        && (address.Length == 1 || (address[1] != '/' && address[1] != '\\'))
        && !address.Any(char.IsControl);

    public static string? OrNull(string? address) => Is(address) ? address : null;
}
