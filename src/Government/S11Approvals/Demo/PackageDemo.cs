using System.Globalization;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>
/// Packages of the demo city: some ended, some in the middle, some late. What each office does follows from where its
/// part stands on the day: nobody knows beforehand when his part will begin.
/// </summary>
internal sealed class PackageDemo(
    DemoPeople people, PackageReader packages, CaseTypes types, CaseDesk cases, RecordReader reader, WorkCalendar calendar, PastTime time,
    Action<DateTimeOffset, int, Func<Task>> on, string file)
{
    private const int Lanes = 100_000;
    private const int DaysMost = 60;
    private const int RefusedOf = 12;

    /// <summary>Working days ago on which the cases of each package come in.</summary>
    private static readonly int[] Ago = [38, 17, 6];

    /// <returns>How many there will be.</returns>
    public async Task<int> Plan(ulong seed, DateOnly today, CancellationToken cancel)
    {
        var (planned, lane) = (0, 0);
        foreach (var record in await packages.All(cancel))
        {
            if (await packages.InForce(record.Code, cancel) is not { } found || types.Find(found.Package.CaseType) is not { } type || people.Office(record.Office) is null)
            {
                continue;
            }

            var items = await packages.Items(found.Package, cancel);
            if (items.Any(item => people.Office(item.Office) is null))
            {
                continue;
            }

            foreach (var ago in Ago)
            {
                var dice = new Random(unchecked((int)seed + (31 * ++lane)));
                var ask = found.Package.Applicants == Applicants.Firms ? Applicants.Firms : Applicants.Persons;
                if (people.Applicant(items[0] with { Applicants = ask, Ways = [ServiceWay.Online] }, lane) is { } who)
                {
                    Case(type, items, who, DaysAgo(today, ago + dice.Next(0, 4)), today, Lanes + lane, dice, cancel);
                    planned++;
                }
            }
        }

        return planned;
    }

    private void Case(CaseType type, IReadOnlyList<ServiceItem> items, DemoApplicant who, DateOnly day, DateOnly today, int lane, Random dice, CancellationToken cancel)
    {
        var lead = people.Office(type.Owner)!;
        var answers = DemoAnswers.Of(type, who, day, dice);
        var request = new OpenRequest(type.Code, answers)
        {
            Title = who.EntityName is { } firm ? Text.FirmTitle(firm, type.Name) : null,
            Source = who.Caller is null ? CaseSource.Window : CaseSource.Online,
            Person = who.IsFirm ? null : who.Person,
            PersonName = who.IsFirm ? null : who.PersonName,
            Entity = who.Entity,
            EntityName = who.EntityName,
            Phone = who.Caller is null ? null : Text.Mobile,

            // What is promised for later would have to come in before anything is granted.
            Materials =
            [
                .. DemoAnswers.Materials(type, answers, who.Caller is not null, file, dice)
                    .Select(given => given.How == MaterialSource.Promised ? given with { How = MaterialSource.Uploaded, File = file, FileName = Text.FileName } : given),
            ],
        };
        string? number = null;
        var received = At(day, dice.Next(0, 400));
        on(received, lane, async () =>
        {
            var opened = await cases.Open(who.Caller ?? lead.Clerk, request, $"demo:package:{lane}", cancel);
            number = opened.Ok ? opened.Value.Number : null;
        });
        on(received.AddMinutes(dice.Next(30, 75)), lane, async () => await Take(lead.Clerk, number, new(ItemSteps.Accept), cancel));
        var luck = items.ToDictionary(item => item.Code, _ => (Pace: dice.Next(40, 135), Refused: dice.Next(RefusedOf) == 0), StringComparer.Ordinal);
        var next = day;
        for (var i = 0; i < DaysMost && next < today; i++)
        {
            next = calendar.Add(next, 1);
            on(At(next, dice.Next(30, 440)), lane, () => Work(number, items, luck, lane, cancel));
        }
    }

    /// <summary>What the offices of a package do on a day.</summary>
    private async Task Work(string? number, IReadOnlyList<ServiceItem> items, Dictionary<string, (int Pace, bool Refused)> luck, int lane, CancellationToken cancel)
    {
        if (number is null)
        {
            return;
        }

        var query = new RecordQuery { Where = new Filter.Compare("parent", Comparison.Equal, number), Limit = 50 };
        foreach (var part in (await reader.List(CaseResources.Case, query, cancel)).Records.Select(Typed<Case>.Of).Where(part => part.State != CaseState.Ended))
        {
            if (items.FirstOrDefault(item => item.Code == part.ParentRole) is { } item && people.Office(item.Office) is { } staff && part.AcceptedAt is { } accepted)
            {
                var used = calendar.Between(accepted.Local().Day(), time.GetUtcNow().Local().Day());
                if (Next(part, item, staff, used, luck[item.Code]) is var (who, request))
                {
                    await Take(who, part.Number, request, cancel);
                }
            }
        }
    }

    private (Platform.Identity.Caller Who, StepRequest Request)? Next(Case part, ServiceItem item, DemoOffice staff, int used, (int Pace, bool Refused) luck)
    {
        var days = Math.Max(1, (item.Limit?.Length ?? 1) * luck.Pace / 100);
        var today = time.GetUtcNow().Local().Day().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var refuse = new StepRequest(ItemSteps.Refuse) { Reason = Text.RefusedReason, Basis = Text.RefusedBasis };
        return part.Stage switch
        {
            ItemStages.Review when used <= 2 && !luck.Refused && ItemStages.Announces(item) => (staff.Clerk, new(PublicNotices.Publish)
            {
                Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [PublicNotices.Words] = Text.NoticeWords(item.Name) },
            }),
            ItemStages.Review when used >= days * 6 / 10 => (staff.Clerk, new(ItemSteps.Examine)
            {
                Opinion = luck.Refused ? Text.ExaminedBadly : Text.Examined,
                Second = item.ChecksSubstance ? staff.Second : null,
                Fields = item.SiteVisit ? new Dictionary<string, string>(StringComparer.Ordinal) { [ItemSteps.VisitedOn] = today } : new Dictionary<string, string>(StringComparer.Ordinal),
            }),
            ItemStages.Approval when ItemStages.IsShort(item) => (staff.Clerk, new(ItemSteps.Grant) { Opinion = Text.Agreed }),
            ItemStages.Approval when used >= days => (staff.Head, luck.Refused ? refuse : new(ItemSteps.Grant) { Opinion = Text.Agreed }),
            ItemStages.Issuing => (staff.Clerk, new(ItemSteps.Deliver)),
            ItemStages.Checking when used >= 8 => (staff.Clerk, new(ItemSteps.PassCheck) { Opinion = Text.CheckPassed, Second = staff.Second }),
            _ => null,
        };
    }

    // What a rule refuses stays as it is: nothing is done past a rule.
    private async Task Take(Platform.Identity.Caller who, string? number, StepRequest request, CancellationToken cancel)
    {
        if (number is not null)
        {
            await cases.Take(who, number, request, $"demo:package:{number}:{request.Step}", cancel);
        }
    }

    private DateOnly DaysAgo(DateOnly today, int workingDays)
    {
        var day = today.AddDays(-(workingDays * 7 / 5) - 1);
        return calendar.OnOrAfter(day);
    }

    private static DateTimeOffset At(DateOnly day, int minutes) => new DateTimeOffset(day.ToDateTime(new TimeOnly(8, 30)), CityTime.Offset).AddMinutes(minutes);
}
