using System.Globalization;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;

namespace Shali.Bench;

/// <summary>
/// Random charges, payments, refunds, duplicates and reversals over few accounts, by many writers at once, beside a
/// model of what each account must hold in the end. The same seed throws the same dice.
/// </summary>
public sealed class LedgerStorm(Posting posting, Balances balances, BookCheck check, RecordStore store)
{
    private const int Offices = 12;
    private const int Window = 250;

    /// <summary>Makes the accounts that the storm uses.</summary>
    public async Task Open(CancellationToken cancel = default)
    {
        var accounts = Enumerable.Range(0, Offices).SelectMany(i => (LedgerAccount[])
            [Make($"storm.due.{i}", AccountKind.Asset), Make($"storm.assessed.{i}", AccountKind.Liability), Make($"storm.revenue.{i}", AccountKind.Liability)])
            .Append(Make("storm.channel", AccountKind.Asset)).Append(Make("storm.refunds", AccountKind.Liability));
        var opened = await store.Write(
            new Act(Caller.Platform("storm"), "ledger.account.open"), "ledger", writing => Chart.Open(writing, accounts, cancel), cancel);
        if (!opened.Ok)
        {
            throw new InvalidOperationException(opened.Refusals.ToString());
        }
    }

    /// <summary>Runs so many events; what does not agree in the end, nothing when all does.</summary>
    public async Task<StormResult> Run(int events, int seed, int writers, CancellationToken cancel = default)
    {
        var start = (await balances.Trial(new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1), cancel)).Lines
            .ToDictionary(line => line.Code, line => line.Closing, StringComparer.Ordinal);
        var lanes = Enumerable.Range(0, writers).Select(lane => new Lane(seed, lane, posting)).ToList();
        await Task.WhenAll(lanes.Select(lane => Task.Run(() => lane.Run(events / writers, cancel), cancel)));
        var wrong = lanes.SelectMany(lane => lane.Wrong).ToList();
        var expected = new Dictionary<string, Money>(start, StringComparer.Ordinal);
        foreach (var (account, amount) in lanes.SelectMany(lane => lane.Expected))
        {
            expected[account] = expected.GetValueOrDefault(account) + amount;
        }

        // Half of it is gathered, half of it is fresh: both must be counted, once.
        foreach (var (account, amount) in expected)
        {
            if (await balances.Of(account, cancel) is var before && before != amount)
            {
                wrong.Add($"{account}: {before} instead of {amount}");
            }
        }

        await balances.Gather(cancel);
        foreach (var (account, amount) in expected)
        {
            if (await balances.Of(account, cancel) is var after && after != amount)
            {
                wrong.Add($"{account} after gathering: {after} instead of {amount}");
            }
        }

        var trial = await balances.Trial(new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1), cancel);
        if (!trial.Balanced)
        {
            wrong.Add($"debits {trial.Debits}, credits {trial.Credits}");
        }

        wrong.AddRange((await check.Run(cancel: cancel)).Select(finding => $"{finding.Code} {finding.Place} {finding.Sentence}"));
        return new(lanes.Sum(lane => lane.Accepted), lanes.Sum(lane => lane.Repeated), lanes.Sum(lane => lane.Refused), trial.Debits, wrong);
    }

    private static LedgerAccount Make(string code, string kind) =>
        new() { Code = code, Name = code, Kind = kind, Office = "finance", Guarded = false, OpenedOn = default };

    /// <summary>One writer with bills of his own.</summary>
    private sealed class Lane(int seed, int lane, Posting posting)
    {
        private readonly Random _dice = new(unchecked((seed * 7919) + lane));
        private readonly List<StormBill> _open = [];
        private readonly List<StormBill> _paid = [];
        private readonly List<(Entry Entry, long Id)> _posted = [];
        private readonly List<StormBill> _charged = [];
        private int _number;

        public Dictionary<string, Money> Expected { get; } = new(StringComparer.Ordinal);

        public List<string> Wrong { get; } = [];

        public int Accepted { get; private set; }

        public int Repeated { get; private set; }

        public int Refused { get; private set; }

        public async Task Run(int events, CancellationToken cancel)
        {
            for (var done = 0; done < events;)
            {
                var window = new List<Task>();
                for (var i = 0; i < Window && done < events; i++, done++)
                {
                    window.Add(Next(cancel));
                }

                await Task.WhenAll(window);
                _open.AddRange(_charged);
                _charged.Clear();
            }
        }

        private Task Next(CancellationToken cancel) => _dice.Next(100) switch
        {
            < 15 when _posted.Count > 0 => Again(cancel),
            < 18 when _posted.Count > 0 => Contradict(cancel),
            < 55 when _open.Count > 0 => Pay(Take(_open), cancel),
            < 65 when _open.Count > 0 => Reverse(Take(_open), cancel),
            < 80 when _paid.Count > 0 => Refund(cancel),
            _ => Charge(cancel),
        };

        private async Task Charge(CancellationToken cancel)
        {
            var bill = new StormBill(Name("b"), [.. Enumerable.Range(0, _dice.Next(1, 5)).Select(_ => (_dice.Next(Offices), new Money(_dice.Next(1, 1_000_000))))]);
            var entry = new Entry($"charge:{bill.Number}", EntryKind.Charge, bill.Number, "应收", bill.Charge);
            if (await Post(entry, cancel) is { } id)
            {
                lock (_charged)
                {
                    _charged.Add(bill with { Entry = id });
                }
            }
        }

        private async Task Pay(StormBill bill, CancellationToken cancel)
        {
            var entry = new Entry(
                $"in:{bill.Number}", EntryKind.Payment, bill.Number, "到账",
                [.. bill.Lines.SelectMany(line => (Transfer[])
                [
                    new("storm.channel", $"storm.due.{line.Office}", line.Amount),
                    new($"storm.assessed.{line.Office}", $"storm.revenue.{line.Office}", line.Amount),
                ])]);
            if (await Post(entry, cancel) is not null)
            {
                lock (_paid)
                {
                    _paid.Add(bill);
                }
            }
        }

        private async Task Refund(CancellationToken cancel)
        {
            StormBill bill;
            lock (_paid)
            {
                bill = Take(_paid);
            }

            var (office, amount) = bill.Lines[_dice.Next(bill.Lines.Count)];
            var part = new Money(_dice.NextInt64(1, amount.Fen + 1));
            await Post(
                new Entry($"out:{bill.Number}", EntryKind.Refund, bill.Number, "退付",
                    [new($"storm.revenue.{office}", "storm.refunds", part), new("storm.refunds", "storm.channel", part)]),
                cancel);
        }

        /// <summary>Taken back, and once more, which must be refused.</summary>
        private async Task Reverse(StormBill bill, CancellationToken cancel)
        {
            Transfer[] back = [.. bill.Charge.Select(transfer => new Transfer(transfer.Credit, transfer.Debit, transfer.Amount))];
            var entry = new Entry($"end:{bill.Number}", EntryKind.Reversal, bill.Number, "冲销", back) { Reverses = bill.Entry };
            if (await Post(entry, cancel) is not null)
            {
                await Refuse(entry with { Request = $"end-again:{bill.Number}" }, "LDG-E09", cancel);
            }
        }

        private async Task Again(CancellationToken cancel)
        {
            (Entry Entry, long Id) known;
            lock (_posted)
            {
                known = _posted[_dice.Next(_posted.Count)];
            }

            var outcome = await posting.Post(known.Entry, cancel);
            lock (_posted)
            {
                Repeated++;
                if (!outcome.Ok || outcome.Value.Id != known.Id || !outcome.Value.Earlier)
                {
                    Wrong.Add($"{known.Entry.Request} again: {(outcome.Ok ? outcome.Value : outcome.Refusals)}");
                }
            }
        }

        private Task Contradict(CancellationToken cancel)
        {
            Entry entry;
            lock (_posted)
            {
                entry = _posted[_dice.Next(_posted.Count)].Entry;
            }

            var first = entry.Transfers[0];
            return Refuse(entry with { Transfers = [first with { Amount = first.Amount + new Money(1) }, .. entry.Transfers.Skip(1)] }, "LDG-E07", cancel);
        }

        private async Task Refuse(Entry entry, string code, CancellationToken cancel)
        {
            var outcome = await posting.Post(entry, cancel);
            lock (_posted)
            {
                Refused++;
                if (outcome.Ok || outcome.Refusals[0].Code != code)
                {
                    Wrong.Add($"{entry.Request}: {(outcome.Ok ? outcome.Value : outcome.Refusals)} instead of {code}");
                }
            }
        }

        private async Task<long?> Post(Entry entry, CancellationToken cancel)
        {
            var outcome = await posting.Post(entry, cancel);
            lock (_posted)
            {
                if (!outcome.Ok)
                {
                    Wrong.Add($"{entry.Request}: {outcome.Refusals}");
                    return null;
                }

                Accepted++;
                foreach (var transfer in entry.Transfers)
                {
                    Expected[transfer.Debit] = Expected.GetValueOrDefault(transfer.Debit) + transfer.Amount;
                    Expected[transfer.Credit] = Expected.GetValueOrDefault(transfer.Credit) - transfer.Amount;
                }

                _posted.Add((entry, outcome.Value.Id));
                return outcome.Value.Id;
            }
        }

        private StormBill Take(List<StormBill> bills)
        {
            var i = _dice.Next(bills.Count);
            var bill = bills[i];
            bills[i] = bills[^1];
            bills.RemoveAt(bills.Count - 1);
            return bill;
        }

        private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{seed}-{lane}-{_number++}");
    }

    private sealed record StormBill(string Number, IReadOnlyList<(int Office, Money Amount)> Lines)
    {
        public long Entry { get; init; }

        public IReadOnlyList<Transfer> Charge { get; } =
            [.. Lines.Select(line => new Transfer($"storm.due.{line.Office}", $"storm.assessed.{line.Office}", line.Amount))];
    }
}

/// <summary>What came of a storm.</summary>
/// <param name="Wrong">Everything that is not as the model says.</param>
public sealed record StormResult(int Accepted, int Repeated, int Refused, Money Debits, IReadOnlyList<string> Wrong);
