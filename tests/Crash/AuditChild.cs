using System.Runtime.CompilerServices;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// This very program as a web node that does nothing but append, and says what was acknowledged: a process that a
/// test can kill.
/// </summary>
internal static class AuditChild
{
    public const string Variable = "SHALI_TEST_AUDIT_CHILD";

    /// <summary>Makes the test runner itself do nothing: it waits for a debugger that does not come.</summary>
    public const string Argument = "-waitForDebugger";

    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } database)
        {
            _ = Task.Run(() => Append(database));
        }
    }

    private static async Task Append(string database)
    {
        await using var node = new AuditNode(database);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async lane =>
        {
            for (var i = 0; ; i++)
            {
                var note = $"{Environment.ProcessId}-{lane}-{i}.";
                var index = await node.Log.Append(AuditNode.Entry(note));
                await Console.Out.WriteLineAsync($"{index} {note}");
            }
        }));
    }
}
