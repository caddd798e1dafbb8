using System.Runtime.CompilerServices;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>This very program as a node that decides cases and issues what their steps leave, and says what was acknowledged.</summary>
internal static class ResultChild
{
    public const string Variable = "SHALI_TEST_RESULT_CHILD";

    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } database)
        {
            _ = Task.Run(async () =>
            {
                try
                {
                    await Work(database);
                }
                catch (Exception broken)
                {
                    await Console.Out.WriteLineAsync($"broken {broken}".ReplaceLineEndings(" "));
                    Environment.Exit(3);
                }
            });
        }
    }

    /// <summary>The same item in every process, with a fee that need not be paid first.</summary>
    public static Task<ResultTown> Town(string database) =>
        ResultTown.Start(null!, item => item with { Code = "crash-item", Fees = [new("F-1") { PaidLater = true }] }, database);

    private static async Task Work(string database)
    {
        var town = await Town(database);
        await await Task.WhenAny(Decides(town), Issues(town), Issues(town));
    }

    private static async Task Decides(ResultTown town)
    {
        while (true)
        {
            var (number, _) = await town.Open();
            await town.Take(ResultTown.Clerk("one"), number, new(ItemSteps.Accept));
            await town.Decide(number);
            await Console.Out.WriteLineAsync($"granted {number}.");
        }
    }

    private static async Task Issues(ResultTown town)
    {
        while (true)
        {
            try
            {
                if (await town.Get<FollowUpRun>().Run() == 0)
                {
                    await Task.Delay(5);
                }
            }
            catch (InvalidOperationException again)
            {
                // As the worker does: it is on the list, and tried again.
                await Console.Out.WriteLineAsync($"again {again}".ReplaceLineEndings(" "));
            }
        }
    }
}
