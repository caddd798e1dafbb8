using System.Globalization;

namespace Shali.Tests.Crash;

/// <summary>
/// How often a crash test kills. A few times in each run; as often as <c>SHALI_KILLS</c> says in a long storm, which one
/// class at a time is run for: <c>SHALI_KILLS=20 ./test -class '*CityKilled'</c>.
/// </summary>
internal static class Storm
{
    public static int KillsOr(int usual) =>
        Environment.GetEnvironmentVariable("SHALI_KILLS") is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : usual;

    /// <summary>What the faults of a storm are drawn by; <c>SHALI_SEED</c> brings the same ones again.</summary>
    public static int Seed() =>
        Environment.GetEnvironmentVariable("SHALI_SEED") is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
}
