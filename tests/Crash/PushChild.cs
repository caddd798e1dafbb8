using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Exchange.Push;
using Shali.Portal;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>This very program as a node that pushes one hook, until it is killed.</summary>
internal static class PushChild
{
    public const string Variable = "SHALI_TEST_PUSH_CHILD";
    public const string Grant = "SHALI_TEST_PUSH_GRANT";

    /// <summary>Few events in a request: many moments at which it can be killed.</summary>
    public static HostSettings Settings(string database, string folder) => new(database, folder, 0, Demo: true)
    {
        Quiet = true,
        MasterKey = City.MasterKey,
        Push = usual => usual with { Batch = 3 },
    };

    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } database)
        {
            _ = Task.Run(async () =>
            {
                try
                {
                    var app = await ShaliHost.Build(Settings(database, Directory.CreateTempSubdirectory("shali-push-").FullName));
                    var pusher = app.Services.GetRequiredService<Pusher>();

                    // The killed one holds the hook for a minute; no other node runs here.
                    pusher.TakesHeld = true;
                    while (true)
                    {
                        await pusher.Push(Environment.GetEnvironmentVariable(Grant)!);
                        await Task.Delay(10);
                    }
                }
                catch (Exception broken)
                {
                    await Console.Out.WriteLineAsync($"broken {broken}".ReplaceLineEndings(" "));
                    Environment.Exit(3);
                }
            });
        }
    }
}
