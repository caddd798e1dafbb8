using System.Collections.Concurrent;
using System.Diagnostics;
using Shali.Platform.Audit.Verification;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Portal.Hosting;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// Nodes and the database server are killed while bills are issued, paid and refunded. What was acknowledged is in the books,
/// once; bills and books say the same; debits are credits; every seal and the log hold.
/// </summary>
public sealed class LedgerSurvives(City city)
{
    private static readonly Money Whole = new(23_050);

    [Fact]
    public async Task Kills_lose_no_money_and_double_none()
    {
        var folder = Directory.CreateTempSubdirectory("shali-crash-").FullName;
        File.SetUnixFileMode(folder, City.Enterable);
        await city.OwnServer(Path.Combine(folder, "pg"));
        var postgres = await PrivatePostgres.Start(Path.Combine(folder, "pg"));
        try
        {
            await (await LedgerOffice.On(postgres.ConnectionString)).DisposeAsync();
            var said = new ConcurrentQueue<string>();
            for (var round = 0; round < Storm.KillsOr(2); round++)
            {
                var children = new[] { Child(postgres.ConnectionString, said), Child(postgres.ConnectionString, said) };
                try
                {
                    await Until(() => said.Count(line => line.StartsWith("posted", StringComparison.Ordinal)) > (round * 30) + 15, children, said);
                    if (round % 2 == 1)
                    {
                        // The database dies first; the nodes go on when it is back, and are killed then.
                        Process.GetProcessById(postgres.ProcessId).Kill();
                        await postgres.DisposeAsync();
                        postgres = await Restart(Path.Combine(folder, "pg"));
                        await Until(() => said.Count(line => line.StartsWith("posted", StringComparison.Ordinal)) > (round * 30) + 30, children, said);
                    }
                }
                finally
                {
                    foreach (var child in children)
                    {
                        child.Kill();
                        await child.WaitForExitAsync(CancellationToken.None);
                        child.Dispose();
                    }
                }
            }

            await Judge(postgres.ConnectionString, said);
        }
        finally
        {
            await postgres.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task Judge(string database, ConcurrentQueue<string> said)
    {
        await using var office = await LedgerOffice.On(database);
        office.Time.Move(TimeSpan.FromHours(2));

        // What was under way is finished by what the worker does anyway.
        await office.Get<Payments>().AskAgain(office.Db, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), default);
        await office.Get<Refunds>().SendAll(office.Db, default);
        await office.Get<Balances>().Gather();
        await office.Sound();
        Assert.Empty(await office.Problems());

        var bills = new Dictionary<string, Bill>(StringComparer.Ordinal);
        await foreach (var record in office.Get<RecordReader>().Stream(Resources.Bill, new RecordQuery()))
        {
            bills.Add(record.Key, Typed<Bill>.Of(record));
        }

        var posted = 0;
        foreach (var line in said)
        {
            var (what, name) = (line.Split(' ')[0], line.Split(' ')[1].TrimEnd('.'));
            switch (what)
            {
                case "issued":
                    Assert.True(bills.ContainsKey(name), line);
                    break;
                case "paid":
                    Assert.True(bills[name].State is BillState.Paid or BillState.Refunded, line);
                    break;
                case "refunded":
                    Assert.Equal(BillState.Refunded, bills[name].State);
                    break;
                default:
                    Assert.Equal(1, await office.Db.Scalar<long>($"select count(*) from ledger.entry where request = {name}"));
                    posted++;
                    break;
            }
        }

        Assert.True(posted > 60, $"{posted} postings were acknowledged.");
        var (paid, refunded) = (bills.Values.Count(bill => bill.PaidAt is not null), bills.Values.Count(bill => bill.State == BillState.Refunded));
        Assert.Equal(new Money((paid - refunded) * Whole.Fen), await office.Balance("channel.test"));
        Assert.Equal(
            new Money(-(paid - refunded) * Whole.Fen), await office.Balance("revenue.health") + await office.Balance("revenue.market-regulation"));
        Assert.Equal(
            new Money(bills.Values.Count(bill => BillState.IsOpen(bill.State)) * Whole.Fen),
            await office.Balance("due.health") + await office.Balance("due.market-regulation"));
        Assert.Equal(await office.Db.Scalar<long>($"select count(*) from ledger.receipt"), paid * 2);
        Assert.Empty((await LogVerification.OfDatabase(database)).Findings);
    }

    private static async Task Until(Func<bool> enough, Process[] children, ConcurrentQueue<string> said)
    {
        for (var clock = Stopwatch.StartNew(); !enough();)
        {
            Assert.All(children, child => Assert.False(child.HasExited, $"A node ended by itself: {said.LastOrDefault(line => line.StartsWith("broken", StringComparison.Ordinal))}"));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), "The nodes do not get on.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<PrivatePostgres> Restart(string folder)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await PrivatePostgres.Start(folder);
            }
            catch (StartRefusedException) when (attempt < 50)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    private static Process Child(string database, ConcurrentQueue<string> said)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, AuditChild.Argument) { RedirectStandardOutput = true };
        start.Environment[LedgerChild.Variable] = database;
        var child = Process.Start(start)!;
        child.OutputDataReceived += (_, line) =>
        {
            // The last line may be cut off by the kill: it counts only when it is whole.
            if (line.Data is { } broken && broken.StartsWith("broken", StringComparison.Ordinal))
            {
                said.Enqueue(broken);
            }

            if (line.Data is { } text && text.EndsWith('.')
                && (text.StartsWith("issued ", StringComparison.Ordinal) || text.StartsWith("paid ", StringComparison.Ordinal)
                    || text.StartsWith("refunded ", StringComparison.Ordinal) || text.StartsWith("posted ", StringComparison.Ordinal)))
            {
                said.Enqueue(text);
            }
        };
        child.BeginOutputReadLine();
        return child;
    }
}
