using System.Collections.Concurrent;
using System.Text;
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

    private readonly ConcurrentQueue<string> _refused = new();
    private readonly DemoAgenda _agenda = new(time);
    private DemoPeople _people = null!;
    private DemoPayments _payments = null!;
    private DemoRatings _ratings = null!;
    private string _file = "";
    private string _corrected = "";

    /// <summary>Steps that were refused, with what was said: none, unless a rule has changed under the script.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

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
        time.Everywhere = PastTime.Midnight(first);
        _people = new(accounts, offices, permissions, reader, registry);
        await _people.Read(today, cancel);
        _payments = new(followUps, reader, new DemoReliefs(reliefs, reader, cases), payments, payer, _refused);
        _ratings = new(ratings, reader, cases, _people, calendar(), time, _agenda);
        var answering = new DemoCards(cards, reader, _people, calendar(), _agenda);
        _file = await SaveFile(Text.FileName, Text.FileWords, cancel);
        _corrected = await SaveFile(Text.CorrectedFile, Text.CorrectedWords, cancel);
        var planned = await Plan(wanted, seed, first, now, cancel);
        planned += await new PackageDemo(_people, packages, types, cases, reader, calendar(), time, _agenda.On, _file).Plan(seed, today, cancel);
        if (_people.Office(EfficiencyParts.Office) is { } supervision)
        {
            _agenda.On(PastTime.Midnight(calendar().Add(quarter.First, 5)).AddHours(10), DemoAgenda.Offices, async () => await scores.Close(supervision.Head, quarter.Before, "demo:approvals:quarter", cancel));
        }

        for (var day = first; day <= today; day = day.AddDays(1))
        {
            time.Everywhere = PastTime.Midnight(day);
            await pass.Run(cancel);
            await answering.Answer(day, cancel);
            await _agenda.Work(day, now, cancel);
            time.Everywhere = day == today ? now : PastTime.Midnight(day).AddHours(20);
            await _payments.FollowUp(cancel);
            await poor.Run(cancel);
            while (await deliveries.SendSome(cancel) > 0)
            {
                // What was written today has gone out today.
            }
        }

        await pass.Run(cancel);
        return planned;
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
        var of = new DemoCase(i, item, who, _refused) { Turn = turn, Receiver = type.OfficeBy is { } question ? answers.GetValueOrDefault(question) : null };
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
        _agenda.On(received, i, async () =>
        {
            var opened = await cases.Open(who.Caller ?? staff.Clerk, request, $"demo:approvals:{i}", cancel);
            of.Number = opened.Ok ? opened.Value.Number : null;
            of.Note("open", opened.Refusals);
        });
        var script = DemoScript.Of(item, fate, received, calendar(), staff.Second, dice);
        for (var j = 0; j < script.Count; j++)
        {
            var (step, once) = (script[j], $"demo:approvals:{i}:{j}");
            if (step.Request.Step == ItemSteps.AskCorrection)
            {
                step = step with { Request = CaseFaults.Tell(type, step.Request with { Opinion = null }, DemoFaults.Of(type, step.Request, answers, request.Materials, dice)) };
            }

            _agenda.On(step.At, i, () => Take(of, step, staff, once, cancel));
            if (item.Fees.Count > 0 && step.Request.Step is (ItemSteps.Accept or ItemSteps.Grant) && turn == DemoReliefs.Nobody)
            {
                // Who wants nothing let off pays the day after he was told, well before the bill's time is over.
                _agenda.On(step.At.AddDays(1), i, async () => await _payments.Pay(of, staff, cancel));
            }
        }

        if (script.Count > 0 && dice.Next(100) < 55)
        {
            _agenda.On(script[^1].At.AddDays(1).AddMinutes(dice.Next(0, 300)), i, () => _ratings.Rate(of, dice, cancel));
        }
    }

    private async Task Take(DemoCase of, DemoStep step, DemoOffice staff, string once, CancellationToken cancel)
    {
        if (of.Number is not { } number || of.Stopped)
        {
            return;
        }

        if (of.Item.Fees.Count > 0 && step.Request.Step is (ItemSteps.Grant or ItemSteps.Deliver))
        {
            if (!await _payments.Pay(of, staff, cancel))
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
            of.Note(step.Request.Step, await Mend(who, number, once, cancel));
        }

        var taken = await cases.Take(who, number, step.Request, once, cancel);
        of.Note(step.Request.Step, taken.Refusals);
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

    private async Task<string> SaveFile(string name, string words, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(words);
        using var content = new MemoryStream(bytes);
        return (await files.Save("file", name, content, bytes.Length, Caller.Platform("demo"), cancel)).Value;
    }

}
