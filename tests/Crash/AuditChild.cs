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

    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } database)
        {
            Append(database).GetAwaiter().GetResult();
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
