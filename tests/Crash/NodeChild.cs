using System.Globalization;
using System.Runtime.CompilerServices;
using Shali.FrontNode;

namespace Shali.Tests.Crash;

/// <summary>This very program as a front node, whose clock a test can put wrong while it works.</summary>
internal static class NodeChild
{
    /// <summary>Names the configuration file.</summary>
    public const string Variable = "SHALI_TEST_NODE_CHILD";

    /// <summary>Beside the configuration: by how many seconds the clock is off.</summary>
    public static string ClockOf(string configuration) => configuration + ".clock";

    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file)
        {
            _ = Task.Run(async () =>
            {
                try
                {
                    CodeLists.Serve();
                    await Running.Run(Configuration.Read(file), new WrongClock(ClockOf(file)), TextWriter.Null, CancellationToken.None);
                }
                catch (Exception broken)
                {
                    await Console.Out.WriteLineAsync($"broken {broken}".ReplaceLineEndings(" "));
                    Environment.Exit(3);
                }
            });
        }
    }

    private sealed class WrongClock(string file) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() =>
            System.GetUtcNow().AddSeconds(File.Exists(file) && int.TryParse(File.ReadAllText(file), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var off) ? off : 0);
    }
}
