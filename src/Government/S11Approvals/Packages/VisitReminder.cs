using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>A joint visit as it was agreed.</summary>
internal sealed record VisitDue(DateOnly On, string At, string Place);

/// <summary>
/// The day before a joint visit the applicant and everybody who comes are reminded. It waits among what the step left
/// to be done, so it goes out once, whichever node is up and whatever was restarted in between.
/// </summary>
internal sealed class VisitReminder(RecordReader reader, CaseTypes types, Colleagues colleagues, TimeProvider time) : FollowUp
{
    public const string KindOf = "approvals.visit-reminder";
    internal const string Event = "approvals.visit.remind";

    /// <summary>Nobody is woken up for it.</summary>
    internal static readonly TimeOnly From = new(8, 0);

    private const int PartsMax = 200;

    public override string Kind => KindOf;

    /// <summary>In the act in which the visit is agreed.</summary>
    public static void Leave(WriteSession session, CaseChange change)
    {
        var agreed = PackageGuard.Details(change.Event);
        if (PackageGuard.Day(agreed.GetValueOrDefault(ItemSteps.VisitOn)) is { } on)
        {
            FollowUps.Leave(
                session, KindOf, change.After.Number, change.Event.Ordinal,
                new VisitDue(on, agreed.GetValueOrDefault(ItemSteps.VisitAt, ""), agreed.GetValueOrDefault(ItemSteps.VisitPlace, "")));
        }
    }

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        var (visit, now) = (due.Read<VisitDue>(), time.GetUtcNow());
        var moment = Moment(visit.On);
        if (now < moment)
        {
            return new() { Waits = "the visit is not near", Pause = moment - now };
        }

        var whole = Typed<Case>.Of((await reader.Get(CaseResources.Case, due.Case, null, cancel))!);
        // What was agreed only on the day before has just been told.
        return whole.State == CaseState.Ended || visit.On < time.Today() || due.At >= moment
            ? FollowUpDone.Yes
            : new() { Messages = [ForApplicant(whole, visit, time.Today()), .. await ForVisitors(whole, visit, cancel)] };
    }

    /// <summary>When it is told: on the day before, in the morning.</summary>
    internal static DateTimeOffset Moment(DateOnly on) => new DateTimeOffset(on.AddDays(-1).ToDateTime(From), CityTime.Offset).ToUniversalTime();

    private static NewMessage ForApplicant(Case whole, VisitDue visit, DateOnly today) => new(
        Event,
        whole.ReceiverOn(today),
        Text.VisitSoonSubject,
        Text.VisitSoon(whole.Title, CaseNumbers.Show(whole.Number), visit.On, visit.At, visit.Place),
        CaseAddresses.Own(whole.Number))
    {
        Case = whole.Number,
        Channels = [Channel.Sms],
    };

    /// <summary>Whoever has a part in which somebody comes and looks; while it is nobody's, those who have to give it to somebody.</summary>
    private async Task<IReadOnlyList<NewMessage>> ForVisitors(Case whole, VisitDue visit, CancellationToken cancel)
    {
        var told = new List<NewMessage>();
        var query = new RecordQuery { Where = new Filter.Compare("parent", Comparison.Equal, whole.Number), Limit = PartsMax };
        foreach (var part in (await reader.List(CaseResources.Case, query, cancel)).Records.Select(Typed<Case>.Of).Where(part => part.Stage == ItemStages.Review))
        {
            if ((await types.Of(part.Type, part.TypeVersion, cancel)).Step(ItemSteps.JoinVisit) is null)
            {
                continue;
            }

            var visitors = part.Handler is { } handler
                ? [(handler, part.HandlerName ?? "")]
                : (await colleagues.Heads(part.Office, cancel)).Select(head => (head.Account, head.Name));
            told.AddRange(visitors.Select(visitor => new NewMessage(
                Event, new(Receiver.OfAccount(visitor.Item1), visitor.Item2), Text.VisitSoonSubject,
                Text.VisitSoonForOffice(part.Title, CaseNumbers.Show(part.Number), visit.On, visit.At, visit.Place), CaseAddresses.Desk(part.Number))
            {
                Case = part.Number,
            }));
        }

        return told;
    }
}
