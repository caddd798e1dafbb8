using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>
/// What goes on by itself: sums are gathered, channels that owe an answer are asked, refunds are sent, bills expire,
/// listeners hear their news, finished days are reconciled. Every step may run on any node, and again after a crash.
/// </summary>
internal sealed partial class LedgerWorker(
    Db db, Balances balances, Bills bills, Payments payments, Refunds refunds, Reconciliations reconciliations, BillNews news,
    LedgerSettings settings, TimeProvider time, ILogger<LedgerWorker> logger)
    : PeriodicWork(settings.Pass, time, logger)
{
    private long _passes;

    protected override async Task Pass(CancellationToken cancel)
    {
        var pass = _passes++;
        await Step("gather", () => balances.Gather(cancel), cancel);
        await Step("news", () => news.Tell(cancel), cancel);
        await Step("refunds", () => refunds.SendAll(db, cancel), cancel);
        if (pass % 5 == 0)
        {
            await Step("answers", () => payments.AskAgain(db, settings.AskAfter, settings.EndAfter, cancel), cancel);
            await Step("expiry", () => bills.Expire(db, cancel), cancel);
        }

        if (pass % 60 == 0)
        {
            await Step("statements", () => reconciliations.RunDue(cancel), cancel);
        }
    }

    /// <summary>A step that fails is tried again in the next pass; the others go on.</summary>
    private async Task Step(string name, Func<Task<int>> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failed)
        {
            StepFailed(logger, name, failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ledger: {Step} failed and will be tried again")]
    private static partial void StepFailed(ILogger logger, string step, Exception failed);
}

/// <summary>The ledger's times.</summary>
public sealed record LedgerSettings
{
    /// <summary>How often the worker looks.</summary>
    public TimeSpan Pass { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A channel that has not answered for so long is asked.</summary>
    public TimeSpan AskAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An attempt that the channel knows nothing of after so long is over.</summary>
    public TimeSpan EndAfter { get; init; } = TimeSpan.FromMinutes(30);
}
