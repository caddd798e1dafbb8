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
/// Bills are issued, paid and refunded while nodes and their database server are killed. What was acknowledged is in the books,
/// once; bills and books say the same; debits are credits; every seal and the log hold.
/// </summary>
internal sealed class LedgerTrial(City city) : ITrial
{
    private static readonly Money Whole = new(23_050);

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-crash-").FullName;
    private readonly ConcurrentQueue<string> _said = new();
    private PrivatePostgres _postgres = null!;

    public async Task Prepare()
    {
        File.SetUnixFileMode(_folder, City.Enterable);
        await city.OwnServer(Path.Combine(_folder, "pg"));
        _postgres = await PrivatePostgres.Start(Path.Combine(_folder, "pg"));
        await (await LedgerOffice.On(_postgres.ConnectionString)).DisposeAsync();
    }

    public IEnumerable<(string Name, string Value)> Variables(int node) => [(LedgerChild.Variable, _postgres.ConnectionString)];

    public void Heard(string line)
    {
        if (line.Split(' ')[0] is "issued" or "paid" or "refunded" or "posted")
        {
            _said.Enqueue(line);
        }
    }

    public async Task Enough(int round, KilledNodes nodes)
    {
        await nodes.Until(() => Posted() > (round * 30) + 15);
        if (round % 2 == 1)
        {
            // The database dies first; the nodes go on when it is back, and are killed then.
            Process.GetProcessById(_postgres.ProcessId).Kill();
            await _postgres.DisposeAsync();
            _postgres = await Restart(Path.Combine(_folder, "pg"));
            var before = Posted();
            await nodes.Until(() => Posted() > before + 15);
        }
    }

    public async Task Judge()
    {
        var database = _postgres.ConnectionString;
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
        foreach (var line in _said)
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

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private int Posted() => _said.Count(line => line.StartsWith("posted", StringComparison.Ordinal));

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
}
