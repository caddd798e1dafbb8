using System.Diagnostics;
using System.Globalization;
using Shali.Platform.Audit.Verification;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// Everything that can break between a department and the centre breaks, drawn by a seed, while rows change and are given and taken: at the end
/// nothing is lost, nothing is there twice, each row went through its changes in their order, and both sides have the same receipts.
/// <c>SHALI_KILLS=1000 ./test -class '*FrontNodeStorm'</c> is the long storm; what befell is printed.
/// </summary>
public sealed class FrontNodeStorm(City city)
{
    /// <summary>What can befall, and how often of a hundred times.</summary>
    private static readonly (Fault Fault, int Share)[] Faults =
    [
        (Fault.NodeKilled, 18), (Fault.CentreKilled, 3), (Fault.SessionsCut, 10), (Fault.LineCut, 16), (Fault.LineHeld, 14), (Fault.AnswerBroken, 14),
        (Fault.MessageTwice, 12), (Fault.NodeDiskFull, 5), (Fault.CentreDiskFull, 3), (Fault.ClockWrong, 2), (Fault.DepartmentKilled, 3),
    ];

    private static readonly int Kills = Storm.KillsOr(Faults.Length);

    private enum Fault
    {
        NodeKilled,
        CentreKilled,
        SessionsCut,
        LineCut,
        LineHeld,
        AnswerBroken,
        MessageTwice,
        NodeDiskFull,
        CentreDiskFull,
        ClockWrong,
        DepartmentKilled,
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_breaks_nothing_is_lost_or_doubled_and_the_order_is_kept()
    {
        var seed = Storm.Seed();
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("shali-storm-").FullName;
        File.SetUnixFileMode(folder, City.Enterable);
        var (befell, clock) = (new SortedDictionary<Fault, int>(), Stopwatch.StartNew());
        await using (var exchange = await FaultyExchange.Begin(city, random, folder, 128 + (Kills * 2)))
        {
            Say($"seed {seed}, {Kills} faults; the source is read by {(exchange.IsReplicated ? "its log" : "comparison")}; full disks: node by {(exchange.Disk.IsReal ? "tmpfs" : "RLIMIT_FSIZE")}, centre by {(exchange.Database.IsReal ? "tablespace on tmpfs" : "trigger that raises 53100")}");
            await exchange.PositionAbove(0);
            clock.Restart();
            var position = await exchange.Position();
            foreach (var (fault, i) in Drawn(random).Select((fault, i) => (fault, i)))
            {
                await Task.Delay(random.Next(300), Cancel);
                await Strike(exchange, fault, random, first: befell.TryAdd(fault, 0));
                befell[fault]++;
                if (i % 10 == 9)
                {
                    // It flows all the while.
                    await exchange.PositionAbove(position);
                    position = await exchange.Position();
                }
            }

            Say($"{clock.Elapsed.TotalSeconds:N0} s: {string.Join(", ", befell.Select(one => $"{one.Key} {one.Value}"))}");
            await Judge(exchange);
        }

        Directory.Delete(folder, recursive: true);
        Assert.Equal(Faults.Length, befell.Count);
    }

    /// <summary>Each once in an order of chance, then by their shares.</summary>
    private static IEnumerable<Fault> Drawn(Random random)
    {
        var each = Faults.Select(one => one.Fault).ToArray();
        random.Shuffle(each);
        var bag = Faults.SelectMany(one => Enumerable.Repeat(one.Fault, one.Share)).ToArray();
        return each.Concat(Enumerable.Range(0, Math.Max(0, Kills - each.Length)).Select(_ => bag[random.Next(bag.Length)]));
    }

    /// <param name="first">Whether this befalls for the first time: then it is looked at more closely.</param>
    private static Task Strike(FaultyExchange exchange, Fault fault, Random random, bool first)
    {
        switch (fault)
        {
            case Fault.NodeKilled:
                return exchange.KillNode();
            case Fault.CentreKilled:
                return exchange.KillCentre();
            case Fault.SessionsCut:
                return exchange.Database.Cut();
            case Fault.LineCut:
                exchange.Line.Cut();
                return Task.CompletedTask;
            case Fault.LineHeld:
                // What befalls next befalls while the line holds.
                exchange.Line.Hold(TimeSpan.FromMilliseconds(random.Next(50, 1500)));
                return Task.CompletedTask;
            case Fault.AnswerBroken:
                return exchange.Line.BreakAnswer();
            case Fault.MessageTwice:
                return exchange.Line.Repeat(random.Next(2) == 0);
            case Fault.NodeDiskFull:
                return exchange.FillNodeDisk(first, random.Next(3) == 0 ? exchange.KillNode : null);
            case Fault.CentreDiskFull:
                return exchange.FillCentreDisk(random.Next(2) == 0 ? exchange.Database.Cut : null);
            case Fault.ClockWrong:
                return exchange.PutClockWrong();
            case Fault.DepartmentKilled:
                return exchange.KillDepartment();
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "");
        }
    }

    private static async Task Judge(FaultyExchange exchange)
    {
        var town = exchange.Town;
        var node = await exchange.Settle();

        // Nothing was lost that a comparison had to bring, and no stream began anew.
        Assert.Equal(0, (await node.Gives[0].Compare(Cancel))!.Drift);
        Assert.Equal(0, (await node.Takes[0].Compare(Cancel))!.Drift);
        var log = await node.Store.Together(store => store.LogLinesOf(5_000), Cancel);
        Assert.DoesNotContain(log, line => line.Sentence.Contains("已安排补正", StringComparison.Ordinal) || line.Sentence.Contains("从头提供", StringComparison.Ordinal));

        var source = await exchange.Department.List("select 编号 || '|' || 名称 from 企业 order by 编号", row => row.GetString(0));
        Assert.Equal(source, await exchange.Department.List("select 编号 || '|' || 名称 from 登记 order by 主键", row => row.GetString(0)));
        var versions = await ExchangeBooks.SameAsSource(town, source);
        var states = await ExchangeBooks.OrderKept(town);
        var (given, counts) = await ExchangeBooks.Equal(town, exchange.Disk.Folder, "firms");
        var (taken, _) = await ExchangeBooks.Equal(town, exchange.Disk.Folder, "back");
        Assert.Equal(versions, counts.New + counts.Changed + counts.Ended);

        // Acts, journal, versions and log say the same, also of what ended.
        Assert.Empty((await LogVerification.OfDatabase(exchange.Database.Connection, null, null, Cancel)).Findings);
        Say($"{exchange.Changes} transactions of the department; {given} batches given, {taken} taken, {versions} versions, {states} states in order, 0 lost, 0 doubled; receipts equal on both sides; messages twice, by answer: {string.Join(", ", exchange.Line.Copies.OrderBy(copy => copy.Key).Select(copy => $"{copy.Key} {copy.Value}"))}");
    }

    private static void Say(FormattableString line) => Console.WriteLine("FrontNodeStorm: " + line.ToString(CultureInfo.InvariantCulture));
}
