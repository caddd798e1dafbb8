using System.Globalization;
using System.Text;
using Shali.Government.S11Approvals.Billing;
using Shali.Government.S11Approvals.Efficiency;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>
/// Some hundred cases for a demo city, over all items and offices, from the quarter before the last one until now: opened
/// by residents, by representatives of firms and at the window, and handled by the people whose work it is, through the
/// same doors and under the same rules. Day by day: at midnight supervision looks, then people work. Begun again after a
/// stop it makes only what is missing.
/// </summary>
public sealed class ApprovalDemo(
    Accounts accounts, Offices offices, Permissions permissions, ResourceRegistry registry, ItemReader items, PackageReader packages, CaseTypes types, CaseDesk cases, CaseParts parts, SupervisionPass pass, CardDesk cards, RatingDesk ratings,
    PoorRatings poor, ScoreBook scores, RecordReader reader, RecordFiles files, Deliveries deliveries, Payments payments, TestPayer payer, Reliefs reliefs, FollowUpRun followUps, CurrentCalendar calendar, PastTime time)
{
    private const int AtOnce = 6;

    /// <summary>So many cases at the end are made to be looked at: what is let off of fees, and what waits for corrections today.</summary>
    private const int Shown = DemoReliefs.Kinds + 4;

    /// <summary>So many working days ago it was asked for what is paid for and handed over by now.</summary>
    private const int RelievedBefore = 25;

    private static readonly IReadOnlyList<string> Relieved = ["id-card-renew", "property-transfer"];

    /// <summary>Every case has a way of its own; of a hundred.</summary>
    private static readonly (DemoFate Fate, int Weight)[] Fates =
    [
        (DemoFate.InTime, 54), (DemoFate.Corrected, 12), (DemoFate.Uncorrected, 3), (DemoFate.Silent, 2), (DemoFate.LatePromise, 7), (DemoFate.LateLegal, 2),
        (DemoFate.Refused, 5), (DemoFate.NotAccepted, 3), (DemoFate.Special, 20), (DemoFate.Extended, 8), (DemoFate.Withdrawn, 2), (DemoFate.Terminated, 1), (DemoFate.Idle, 2),
    ];

    private readonly Dictionary<DateOnly, List<Deed>> _agenda = [];
    private readonly Lock _writing = new();
    private readonly List<string> _refused = [];
    private DemoPeople _people = null!;
    private string _file = "";
    private string _corrected = "";

    /// <summary>Steps that were refused, with what was said: none, unless a rule has changed under the script.</summary>
    public IReadOnlyList<string> Refused => _refused;

    /// <summary>
    /// So many cases has a city of so many people: some for each item, some hundred in a larger one. A hamlet, which is there to try
    /// the program and not the services, has none.
    /// </summary>
    public static int CasesOf(int people) => people < 1_000 ? 0 : Math.Clamp(people / 100, 90, 340);

    /// <summary>How many cases there are then.</summary>
    public async Task<int> Run(int wanted, ulong seed, CancellationToken cancel = default)
    {
        var now = time.Everywhere;
        var today = now.Local().Day();
        var quarter = Quarter.Of(today);
        var first = quarter.Before.First;
        time.Everywhere = Midnight(first);
        _people = new(accounts, offices, permissions, reader, registry);
        await _people.Read(today, cancel);
        _file = await SaveFile(Text.FileName, Text.FileWords, cancel);
        _corrected = await SaveFile(Text.CorrectedFile, Text.CorrectedWords, cancel);
        var planned = await Plan(wanted, seed, first, now, cancel);
        planned += await new PackageDemo(_people, packages, types, cases, reader, calendar(), time, On, _file).Plan(seed, today, cancel);
        if (_people.Office(EfficiencyParts.Office) is { } supervision)
        {
            On(Midnight(calendar().Add(quarter.First, 5)).AddHours(10), -1, async () => await scores.Close(supervision.Head, quarter.Before, "demo:approvals:quarter", cancel));
        }

        for (var day = first; day <= today; day = day.AddDays(1))
        {
            time.Everywhere = Midnight(day);
            await pass.Run(cancel);
            await AnswerCards(day, cancel);
            await Work(day, now, cancel);
            time.Everywhere = day == today ? now : Midnight(day).AddHours(20);
            await FollowUp(cancel);
            await poor.Run(cancel);
            while (await deliveries.SendSome(cancel) > 0)
            {
                // What was written today has gone out today.
            }
        }

        await pass.Run(cancel);
        return planned;
    }

    /// <summary>What is due on a day, each case in its own lane and order.</summary>
    private async Task Work(DateOnly day, DateTimeOffset now, CancellationToken cancel)
    {
        List<Deed> deeds;
        lock (_writing)
        {
            deeds = _agenda.Remove(day, out var due) ? [.. due.Where(deed => deed.At <= now)] : [];
        }

        await Parallel.ForEachAsync(
            deeds.GroupBy(deed => deed.Lane), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (lane, _) =>
            {
                foreach (var deed in lane.OrderBy(deed => deed.At))
                {
                    await time.At(deed.At, deed.Do);
                }
            });
    }

    private async Task<int> Plan(int wanted, ulong seed, DateOnly first, DateTimeOffset now, CancellationToken cancel)
    {
        var today = now.Local().Day();
        var offered = new List<(ServiceItem Item, CaseType Type)>();
        foreach (var published in await items.All(cancel))
        {
            if (_people.Office(published.Office) is not null && await items.InForce(published.Code, cancel) is { } found && types.Find(found.Item.CaseType) is { } type)
            {
                offered.Add((found.Item, type));
            }
        }

        var days = Enumerable.Range(0, today.DayNumber - first.DayNumber + 1).Select(first.AddDays).Where(calendar().IsWorkingDay).ToList();
        if (offered.Count == 0 || days.Count == 0)
        {
            return 0;
        }

        var dice = new Random(unchecked((int)seed));
        for (var i = 0; i < wanted; i++)
        {
            // Items in turn, so that each has some; days evenly, with a little more of late. The last are there to be looked at.
            var (item, type) = offered[i % offered.Count];
            var (fate, day, turn) = (Fate(item, dice), days[Math.Min(days.Count - 1, (int)(days.Count * Math.Pow(dice.NextDouble(), 0.8)))], DemoReliefs.Nobody);
            if (i - (wanted - Shown) is >= 0 and var shown)
            {
                (fate, day) = shown < DemoReliefs.Kinds ? (DemoFate.InTime, Back(days, RelievedBefore)) : (DemoFate.Uncorrected, Back(days, 2 + (shown - DemoReliefs.Kinds)));
                if (shown < DemoReliefs.Kinds)
                {
                    turn = shown;
                    if (offered.FindIndex(each => each.Item.Code == Relieved[shown % Relieved.Count]) is >= 0 and var at)
                    {
                        (item, type) = offered[at];
                    }
                }
            }

            // A city that is made in the morning has no cases of the afternoon: they were received the working day before.
            var minutes = dice.Next(0, 480);
            var received = Opening(day, minutes);
            Case(i, item, type, fate, received <= now || days.Count < 2 ? received : Opening(days[days.IndexOf(day) - 1], minutes), turn, new Random(dice.Next()), cancel);
        }

        return wanted;
    }

    private static DateTimeOffset Opening(DateOnly day, int minutes) => new DateTimeOffset(day.ToDateTime(new TimeOnly(8, 30)), CityTime.Offset).AddMinutes(minutes);

    private static DateOnly Back(List<DateOnly> days, int workingDays) => days[Math.Max(0, days.Count - 1 - workingDays)];

    private static DemoFate Fate(ServiceItem item, Random dice)
    {
        var fits = Fates.Where(each => DemoScript.Fits(item, each.Fate)).ToList();
        var luck = dice.Next(fits.Sum(each => each.Weight));
        return fits.First(each => (luck -= each.Weight) < 0).Fate;
    }

    private void Case(int i, ServiceItem item, CaseType type, DemoFate fate, DateTimeOffset received, int turn, Random dice, CancellationToken cancel)
    {
        var staff = _people.Office(item.Office)!;
        if (_people.Applicant(item, i) is not { } who)
        {
            return;
        }

        var answers = DemoAnswers.Of(type, who, received.Local().Day(), dice);
        var of = new Made(i, item, who) { Turn = turn, Receiver = type.OfficeBy is { } question ? answers.GetValueOrDefault(question) : null };
        var request = new OpenRequest(type.Code, answers)
        {
            Title = who.EntityName is { } firm ? Text.FirmTitle(firm, item.Name) : null,
            Source = who.Caller is null ? CaseSource.Window : CaseSource.Online,
            Person = who.IsFirm ? null : who.Person,
            PersonName = who.IsFirm ? null : who.PersonName,
            Entity = who.Entity,
            EntityName = who.EntityName,
            Phone = who.Caller is null ? null : Text.Mobile,
            Materials = DemoAnswers.Materials(type, answers, who.Caller is not null, _file, dice),
        };
        On(received, i, async () =>
        {
            var opened = await cases.Open(who.Caller ?? staff.Clerk, request, $"demo:approvals:{i}", cancel);
            of.Number = opened.Ok ? opened.Value.Number : null;
            Note(of, "open", opened.Refusals);
        });
        var script = DemoScript.Of(item, fate, received, calendar(), staff.Second, dice);
        for (var j = 0; j < script.Count; j++)
        {
            var (step, once) = (script[j], $"demo:approvals:{i}:{j}");
            if (step.Request.Step == ItemSteps.AskCorrection)
            {
                step = step with { Request = CaseFaults.Tell(type, step.Request with { Opinion = null }, DemoFaults.Of(type, step.Request, answers, request.Materials, dice)) };
            }

            On(step.At, i, () => Take(of, step, staff, once, cancel));
            if (item.Fees.Count > 0 && step.Request.Step is (ItemSteps.Accept or ItemSteps.Grant) && turn == DemoReliefs.Nobody)
            {
                // Who wants nothing let off pays the day after he was told, well before the bill's time is over.
                On(step.At.AddDays(1), i, async () => await Pay(of, staff, cancel));
            }
        }

        if (script.Count > 0 && dice.Next(100) < 55)
        {
            On(script[^1].At.AddDays(1).AddMinutes(dice.Next(0, 300)), i, () => Rate(of, dice, cancel));
        }
    }

    private async Task Take(Made of, DemoStep step, DemoOffice staff, string once, CancellationToken cancel)
    {
        if (of.Number is not { } number || of.Stopped)
        {
            return;
        }

        if (of.Item.Fees.Count > 0 && step.Request.Step is (ItemSteps.Grant or ItemSteps.Deliver))
        {
            if (!await Pay(of, staff, cancel))
            {
                // It goes on when the head has said whether it must be paid.
                of.Stopped = true;
                return;
            }
        }

        var who = step.Who switch
        {
            DemoActor.Applicant => of.Applicant.Caller ?? staff.Clerk,
            DemoActor.Head => staff.Head,
            DemoActor.Receiver => (of.Receiver is { } lower ? _people.Office(lower)?.Clerk : null) ?? staff.Clerk,
            DemoActor.Supervisor => _people.Office(EfficiencyParts.Office)?.Head ?? staff.Head,
            _ => staff.Clerk,
        };
        if (step.Request.Step == ItemSteps.Correct)
        {
            Note(of, step.Request.Step, await Mend(who, number, once, cancel));
        }

        var taken = await cases.Take(who, number, step.Request, once, cancel);
        Note(of, step.Request.Step, taken.Refusals);
    }

    /// <summary>The papers that the notice named, in a new version.</summary>
    private async Task<Refusals> Mend(Caller who, string number, string once, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        var query = new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = 100 };
        var of = Typed<Case>.Of((await reader.Get(CaseResources.Case, number, null, cancel))!);
        foreach (var paper in (await reader.List(CaseResources.Material, query, cancel)).Records.Select(Typed<CaseMaterial>.Of).Where(paper => paper.State == MaterialState.Faulty))
        {
            var given = new GivenMaterial(paper.Code, paper.Name, MaterialSource.Uploaded) { File = _corrected, FileName = Text.CorrectedFile };
            refusals = refusals.And((await parts.Attach(who, of, paper.Key, given, $"{once}:{paper.Key}", cancel)).Refusals);
        }

        return refusals;
    }

    /// <summary>
    /// Bills are of the day on which they fell due. Papers and licences bear the day of their step and are made by the running city: a
    /// thousand seals take longer than a start should. What fails is tried again there too.
    /// </summary>
    private async Task FollowUp(CancellationToken cancel)
    {
        try
        {
            while (await followUps.Run(cancel, BillIssue.KindOf, BillSettling.KindOf) > 0)
            {
                // As long as there is something.
            }
        }
        catch (InvalidOperationException failed)
        {
            lock (_writing)
            {
                _refused.Add(failed.InnerException?.Message ?? failed.Message);
            }
        }
    }

    /// <summary>What is handed over is paid before, at the test channel. False: it waits for the head.</summary>
    private async Task<bool> Pay(Made of, DemoOffice staff, CancellationToken cancel)
    {
        if (of.Number is not { } number || of.Stopped)
        {
            return true;
        }

        await FollowUp(cancel);
        var query = new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = 20 };
        foreach (var bill in (await reader.List(Platform.Ledger.Resources.Bill, query, cancel)).Records.Select(Typed<Bill>.Of).Where(bill => BillState.IsOpen(bill.State)))
        {
            if (!await new DemoReliefs(reliefs, reader, cases).Before(bill, of.Turn, staff, $"demo:approvals:{of.Index}", cancel))
            {
                return false;
            }

            if (!BillState.IsOpen(Typed<Bill>.Of((await reader.Get(Platform.Ledger.Resources.Bill, bill.Number, null, cancel))!).State))
            {
                // All of it was let off.
                continue;
            }

            var begun = await payments.Begin(Caller.Anonymous, bill.Number, "test", "demo:" + bill.Number, cancel);
            Note(of, "pay", begun.Refusals);
            if (begun.Ok)
            {
                await payer.Choose(begun.Value.Order, "pay", cancel);
                await payments.AskNow("test", begun.Value.Order, end: false, cancel);
            }
        }

        return true;
    }

    /// <summary>A step that a rule refuses is left, and the case stays where it is: nothing is done past a rule.</summary>
    private void Note(Made of, string step, Refusals refusals)
    {
        if (refusals.Any)
        {
            of.Stopped = true;
            lock (_writing)
            {
                _refused.Add($"{of.Index} {of.Item.Code} {step}: {string.Join(' ', refusals.Select(refusal => $"{refusal.Code} {refusal.Field} {refusal.Sentence}"))}");
            }
        }
    }

    private async Task Rate(Made of, Random dice, CancellationToken cancel)
    {
        if (of.Number is not { } number || await reader.Get(CaseResources.Case, number, null, cancel) is not { } record
            || Typed<Case>.Of(record) is not { State: CaseState.Ended, Result: not null })
        {
            return;
        }

        var luck = dice.Next(100);
        var grade = luck < 56 ? 1 : luck < 84 ? 2 : luck < 92 ? 3 : luck < 96 ? 4 : 5;
        var words = Text.Ratings[grade - 1];
        var refusals = await ratings.Give(
            Caller.Anonymous, number,
            new(RatingChannel.Link, grade.ToString(CultureInfo.InvariantCulture), words[dice.Next(words.Count)]), cancel);
        if (!refusals.Any && RatingGrade.IsPoor(grade.ToString(CultureInfo.InvariantCulture)))
        {
            await FollowPoor(of, number, cancel);
        }
    }

    /// <summary>核实、整改、回访; some are found mistaken, the newest are still under way.</summary>
    private async Task FollowPoor(Made of, string number, CancellationToken cancel)
    {
        if (await reader.Get(Definition.Of<Rating>(), number, null, cancel) is not { } record || Typed<Rating>.Of(record).PoorCase is not { } opened
            || _people.Office(EfficiencyParts.Office) is not { } supervision || _people.Office(of.Item.Office) is not { } rated)
        {
            return;
        }

        (int Days, Caller Who, StepRequest Request)[] way = of.Index % 4 == 3
            ? [(2, supervision.Head, new("exclude") { Reason = Text.Excluded })]
            :
            [
                (2, supervision.Head, new("verified") { Opinion = Text.Verified }),
                (5, rated.Head, new("report") { Opinion = Text.Reported }),
                (8, supervision.Head, new("called") { Opinion = Text.Called, Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["content"] = "true" } }),
            ];
        var from = time.GetUtcNow().Local().Day();
        foreach (var (days, who, request) in way)
        {
            On(Midnight(calendar().Add(from, days)).AddHours(10), of.Index, async () => await cases.Take(who, opened, request, $"demo:poor:{of.Index}:{request.Step}", cancel));
        }
    }

    /// <summary>What an office does with the cards of this morning: most are answered, some appealed, some left.</summary>
    private async Task AnswerCards(DateOnly day, CancellationToken cancel)
    {
        var today = new Filter.Compare("issued_at", Comparison.GreaterOrEqual, Midnight(day).ToUniversalTime());
        var issued = (await reader.List(Cards.Resource, new RecordQuery { Where = today, Limit = 500 }, cancel)).Records.Select(Typed<Card>.Of);
        foreach (var card in issued.Where(card => card.Kind is CardKind.Yellow or CardKind.Red))
        {
            var turn = card.Number.Sum(letter => letter) % 10;
            if (turn >= 8 || _people.Office(card.Office) is not { } office)
            {
                continue;
            }

            var (number, next) = (card.Number, Midnight(calendar().Add(day, 1)).AddHours(9));
            if (turn < 6)
            {
                On(next, -1, async () => await cards.Correct(office.Head, number, Text.CorrectedCard, "demo:card:" + number, cancel));
            }
            else if (_people.Office(EfficiencyParts.Office) is { } supervision && supervision != office)
            {
                On(next, -1, async () => await cards.Appeal(office.Head, number, Text.AppealedCard, "demo:card:" + number, cancel));
                On(Midnight(calendar().Add(day, 3)).AddHours(15), -1, async () => await cards.Decide(
                    supervision.Head, number, turn == 6, turn == 6 ? Text.Withdrawn : Text.Upheld, "demo:card:decide:" + number, cancel));
            }
        }
    }

    private void On(DateTimeOffset at, int lane, Func<Task> work)
    {
        lock (_writing)
        {
            var day = at.Local().Day();
            if (!_agenda.TryGetValue(day, out var deeds))
            {
                _agenda[day] = deeds = [];
            }

            deeds.Add(new(at, lane, work));
        }
    }

    private async Task<string> SaveFile(string name, string words, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(words);
        using var content = new MemoryStream(bytes);
        return (await files.Save("file", name, content, bytes.Length, Caller.Platform("demo"), cancel)).Value;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset);

    private sealed record Deed(DateTimeOffset At, int Lane, Func<Task> Do);

    /// <summary>A case as far as it has come.</summary>
    private sealed class Made(int index, ServiceItem item, DemoApplicant applicant)
    {
        public int Index => index;

        public ServiceItem Item => item;

        public DemoApplicant Applicant => applicant;

        public string? Number { get; set; }

        /// <summary>What becomes of its fee: see <see cref="DemoReliefs.Before"/>.</summary>
        public int Turn { get; init; }

        /// <summary>The lower office that reviews first; null: none does.</summary>
        public string? Receiver { get; init; }

        public bool Stopped { get; set; }
    }
}
