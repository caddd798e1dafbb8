using System.Collections.Concurrent;
using System.Diagnostics;
using Shali.Government.S11Approvals.Issuing;
using Shali.Platform.Casework;
using Shali.Platform.Documents;
using Shali.Platform.Ledger;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// Nodes are killed at any point while cases are decided and their papers, licences and bills issued. Afterwards each
/// step has its paper once, each case its licence and its bill once, told once, and the numbers have no gaps.
/// </summary>
public sealed class ResultsSurvive(City city)
{
    private static readonly int Rounds = Storm.KillsOr(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kills_lose_no_paper_and_double_none()
    {
        var database = await city.OwnDatabase();
        await (await ResultChild.Town(database)).DisposeAsync();
        var said = new ConcurrentQueue<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var children = new[] { Child(database, said), Child(database, said) };
            try
            {
                var before = said.Count;
                for (var clock = Stopwatch.StartNew(); said.Count < before + 6;)
                {
                    Assert.All(children, child => Assert.False(child.HasExited, said.LastOrDefault(line => line.StartsWith("broken", StringComparison.Ordinal))));
                    Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), "The nodes do not get on.");
                    await Task.Delay(10, Cancel);
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

        await Judge(database, said);
    }

    private static async Task Judge(string database, ConcurrentQueue<string> said)
    {
        await using var town = await ResultChild.Town(database);

        // What a killed node held is free again after two minutes.
        town.Time.Move(TimeSpan.FromMinutes(5));
        await town.Follow();
        Assert.Equal(0, await town.Db.Scalar<long>($"select count(*) from casework.follow_up", Cancel));
        var decided = await town.Db.List($"select number from casework.case where result = 'granted'", row => row.GetString(0), Cancel);
        Assert.True(decided.Count >= Rounds * 6);
        Assert.All(said, line => Assert.Contains(line.Split(' ')[1].TrimEnd('.'), decided));
        foreach (var number in decided)
        {
            Assert.Equal(
                ["准予行政许可决定书", "测试许可证", "行政许可申请受理通知书"],
                (await town.List<Document>("case", number)).Select(document => document.Title).Order(StringComparer.Ordinal));
            Assert.Equal(LicenceState.Valid, Assert.Single(await town.List<Licence>("case", number)).State);
            Assert.Equal(120m, Assert.Single(await town.Bills(number)).Amount);
            Assert.Equal(1, await town.Db.Scalar<long>(
                $"select count(*) from casework.outbox where case_no = {number} and event = 'approvals.bill.issued' and channel = 'inbox'", Cancel));
            Assert.Equal(1, (await town.File(number)).Events.Count(one => one.Step == BuiltInSteps.Note));
        }

        foreach (var (word, last) in await town.Db.List($"select series, last from casework.document_series where series <> '证'", row => (row.GetString(0), row.GetInt64(1)), Cancel))
        {
            var pattern = $"%{word}〔%";
            Assert.Equal(last, await town.Db.Scalar<long>($"select count(distinct document) from casework.event where document like {pattern}", Cancel));
        }

        Assert.Equal(
            await town.Db.Scalar<long>($"select last from casework.document_series where series = '证'", Cancel),
            await town.Db.Scalar<long>($"select count(*) from approvals.licence", Cancel));
        Assert.Empty(await town.Get<BookCheck>().Run(cancel: Cancel));
    }

    private static Process Child(string database, ConcurrentQueue<string> said)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, AuditChild.Argument) { RedirectStandardOutput = true };
        start.Environment[ResultChild.Variable] = database;
        var child = Process.Start(start)!;
        child.OutputDataReceived += (_, line) =>
        {
            // The last line may be cut off by the kill: it counts only when it is whole.
            if (line.Data is { } text && (text.StartsWith("broken", StringComparison.Ordinal) || (text.StartsWith("granted ", StringComparison.Ordinal) && text.EndsWith('.'))))
            {
                said.Enqueue(text);
            }
        };
        child.BeginOutputReadLine();
        return child;
    }
}
