using System.Collections.Concurrent;
using Shali.Government.S11Approvals.Issuing;
using Shali.Platform.Casework;
using Shali.Platform.Documents;
using Shali.Platform.Ledger;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// Cases are decided and their papers, licences and bills issued while nodes are killed at any point. Afterwards each
/// step has its paper once, each case its licence and its bill once, told once, and the numbers have no gaps.
/// </summary>
internal sealed class ResultTrial(City city) : ITrial
{
    private readonly ConcurrentQueue<string> _said = new();
    private string _database = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task Prepare()
    {
        _database = await city.OwnDatabase();
        await (await ResultChild.Town(_database)).DisposeAsync();
    }

    public IEnumerable<(string Name, string Value)> Variables(int node) => [(ResultChild.Variable, _database)];

    public void Heard(string line)
    {
        if (line.StartsWith("granted ", StringComparison.Ordinal))
        {
            _said.Enqueue(line);
        }
    }

    public Task Enough(int round, KilledNodes nodes)
    {
        var before = _said.Count;
        return nodes.Until(() => _said.Count >= before + 6);
    }

    public async Task Judge()
    {
        await using var town = await ResultChild.Town(_database);

        // What a killed node held is free again after two minutes.
        town.Time.Move(TimeSpan.FromMinutes(5));
        await town.Follow();
        Assert.Equal(0, await town.Db.Scalar<long>($"select count(*) from casework.follow_up", Cancel));
        var decided = await town.Db.List($"select number from casework.case where result = 'granted'", row => row.GetString(0), Cancel);
        Assert.True(decided.Count >= _said.Count);
        Assert.All(_said, line => Assert.Contains(line.Split(' ')[1].TrimEnd('.'), decided));
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

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
