using System.Runtime.CompilerServices;
using Npgsql;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>This very program as a node that does nothing but bill, take payments, refund and post, and says what was acknowledged.</summary>
internal static class LedgerChild
{
    public const string Variable = "SHALI_TEST_LEDGER_CHILD";

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
                    // The test sees that a node ended by itself, and why.
                    await Console.Out.WriteLineAsync($"broken {broken}");
                    Environment.Exit(3);
                }
            });
        }
    }

    private static async Task Work(string database)
    {
        // The database may die while this node still comes up.
        LedgerOffice office = null!;
        await Tries(async () => office = await LedgerOffice.On(database));
        await await Task.WhenAny(Enumerable.Range(0, 6).Select(async lane =>
        {
            for (var i = 0; ; i++)
            {
                var name = $"{Environment.ProcessId}-{lane}-{i}";
                var number = (await Again(() => office.Get<Bills>().Issue(LedgerOffice.Cashier, office.Request(), name))).Number;
                await Say($"issued {number}.");
                var order = (await Again(() => office.Get<Payments>().Begin(Caller.Anonymous, number, "test", name))).Order;
                await Tries(() => office.Get<TestPayer>().Choose(order, "pay"));
                await Tries(() => office.Get<Payments>().AskNow("test", order, end: false));
                await Say($"paid {number}.");
                if (i % 3 == 0)
                {
                    await Again(() => office.Get<Refunds>().Ask(LedgerOffice.Cashier, number, null, null, "退", name));
                    await Say($"refunded {number}.");
                }

                await Again(() => office.Get<Posting>().Post(new(
                    $"crash:{name}", EntryKind.Adjustment, name, "测试", [new(Chart.Bank, Chart.Unapplied, new(1))])));
                await Say($"posted crash:{name}.");
            }
        }));
    }

    private static Task Say(string line) => Console.Out.WriteLineAsync(line);

    private static async Task<T> Again<T>(Func<Task<Outcome<T>>> call)
    {
        Outcome<T> outcome = null!;
        await Tries(async () => outcome = await call());
        return outcome.Ok ? outcome.Value : throw new InvalidOperationException(outcome.Refusals.ToString());
    }

    /// <summary>The database may be away: what was not acknowledged is asked again as it was.</summary>
    private static async Task Tries(Func<Task> call)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception away) when (away is NpgsqlException or IOException)
            {
                await Task.Delay(20);
            }
        }
    }
}
