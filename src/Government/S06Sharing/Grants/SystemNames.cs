using Shali.Platform.Systems;

namespace Shali.Government.S06Sharing.Grants;

/// <summary>Systems of the city that read by a grant of their own, as people call them.</summary>
internal static class SystemNames
{
    /// <summary>The name on the title page of the system that reads; its code when the city has it no longer.</summary>
    public static string Of(IReadOnlyList<CitySystem> systems, string code) =>
        systems.FirstOrDefault(system => system.Reads.Any(read => read.System.Replace('-', '_') == code))?.Name ?? code;
}
