using Shali.Government.S11Approvals.Items;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>Who takes a step.</summary>
internal enum DemoActor
{
    Applicant,
    Clerk,

    /// <summary>A clerk of the lower office that reviews first; where there is none, the office's own.</summary>
    Receiver,
    Head,
    Supervisor,
}

/// <summary>One step of a case of the demo, at its moment.</summary>
internal sealed record DemoStep(DateTimeOffset At, DemoActor Who, StepRequest Request);

/// <summary>
/// The steps that people take in one case, with the moments at which they take them, all in working time. Pure: the
/// same item, fate and dice give the same script. What the platform does by itself is not in it.
/// </summary>
internal sealed class DemoScript(ServiceItem item, DemoFate fate, DateTimeOffset received, WorkCalendar calendar, string second, Random dice)
{
    private const int NoticeDays = 5;
    private const int SpecialDays = 15;

    /// <summary>Announced today, a hearing is held after seven working days and one more for the step before.</summary>
    private const int HearingDays = 9;

    private readonly List<DemoStep> _steps = [];
    private readonly DateTimeOffset _received = received;
    private DateTimeOffset _now = received;

    public static IReadOnlyList<DemoStep> Of(
        ServiceItem item, DemoFate fate, DateTimeOffset received, WorkCalendar calendar, string second, Random dice)
    {
        var script = new DemoScript(item, fate, received, calendar, second, dice);
        script.Write();
        return script._steps;
    }

    /// <summary>The fates that a case of the item can have.</summary>
    public static bool Fits(ServiceItem item, DemoFate fate) => fate switch
    {
        DemoFate.Special => item.Specials.Count > 0 && !ItemStages.IsShort(item),
        DemoFate.Extended => item.Extension is not null && !ItemStages.IsShort(item),
        DemoFate.Terminated or DemoFate.LatePromise or DemoFate.LateLegal or DemoFate.Idle => !ItemStages.IsShort(item) && item.Legal is not null,
        DemoFate.Withdrawn => !ItemStages.IsShort(item),
        _ => true,
    };

    private void Write()
    {
        switch (fate)
        {
            case DemoFate.NotAccepted:
                Take(1, DemoActor.Receiver, new(ItemSteps.RefuseAcceptance) { Reason = Text.NotAcceptedReason, Basis = Text.NotAcceptedBasis });
                return;
            case DemoFate.Corrected or DemoFate.Uncorrected:
                Take(1, DemoActor.Receiver, new(ItemSteps.AskCorrection) { Opinion = Text.Fault });
                if (fate == DemoFate.Uncorrected)
                {
                    return;
                }

                Take(dice.Next(2, 8), DemoActor.Applicant, new(ItemSteps.Correct) { Opinion = Text.Corrected });
                break;
        }

        if (fate == DemoFate.Silent)
        {
            // Accepted by law at the midnight after the fifth day; the office wakes two days later.
            _now = At(calendar.Add(_received.Local().Day(), NoticeDays + 2));
        }
        else
        {
            Take(item.Flow == FlowKind.AtOnce ? 0 : dice.Next(0, 3), DemoActor.Receiver, new(ItemSteps.Accept));
        }

        if (item.FirstReview is { } first && !ItemStages.IsShort(item) && fate != DemoFate.Idle)
        {
            Take(dice.Next(1, Math.Max(2, first.Days)), DemoActor.Receiver, new(ItemSteps.PassOn) { Opinion = Text.Examined });
        }

        Decide();
    }

    private void Decide()
    {
        var accepted = _now;
        if (fate == DemoFate.Idle)
        {
            Until(accepted, Promise + 3, DemoActor.Supervisor, new(ItemSteps.Urge) { Opinion = Text.Urging });
            return;
        }

        if (fate == DemoFate.Withdrawn)
        {
            Take(1, DemoActor.Applicant, new(BuiltInSteps.Withdraw) { Reason = Text.WithdrawReason });
            return;
        }

        if (ItemStages.IsShort(item))
        {
            Answer(0, DemoActor.Clerk);
        }
        else
        {
            Examine(accepted);
        }
    }

    private void Examine(DateTimeOffset accepted)
    {
        if (fate == DemoFate.Terminated)
        {
            Take(1, DemoActor.Head, new(ItemSteps.Terminate) { Reason = Text.TerminateReason, Basis = Text.TerminateBasis });
            return;
        }

        if (fate == DemoFate.Special)
        {
            Take(1, DemoActor.Clerk, new(ItemSteps.BeginSpecial(item.Specials[0]))
            {
                Reason = Text.SpecialReason,
                Length = SpecialDays,
                Fields = item.Specials[0] == "hearing"
                    ? new Dictionary<string, string>(StringComparer.Ordinal) { [ItemSteps.HearingOn] = calendar.Add(Day(), HearingDays).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }
                    : new Dictionary<string, string>(StringComparer.Ordinal),
            });
            Take(item.Specials[0] == "hearing" ? HearingDays : dice.Next(3, 9), DemoActor.Clerk, new(ItemSteps.EndSpecial) { Opinion = Text.SpecialDone });
        }

        if (fate != DemoFate.Refused && ItemStages.Announces(item))
        {
            // The platform takes it down when its last day is over.
            Take(dice.Next(1, 3), DemoActor.Clerk, new(PublicNotices.Publish) { Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [PublicNotices.Words] = Text.NoticeWords(item.Name) } });
            var last = item.PublicNotice!.Unit == ClockUnit.WorkingDays ? calendar.Add(Day(), item.PublicNotice.Length) : Day().AddDays(item.PublicNotice.Length);
            _now = At(calendar.Add(last, 1));
        }

        var length = item.Extension is { } given ? Math.Min(5, given.Length) : 0;
        if (fate == DemoFate.Extended)
        {
            Take(Math.Max(0, Promise - 2), DemoActor.Head, new(ItemSteps.Extend) { Reason = Text.ExtendReason, Length = length });
        }

        // The whole of it in days after acceptance; the stages' own limits are kept by those who keep their promise.
        var days = fate switch
        {
            DemoFate.LatePromise => Promise + dice.Next(1, 4),
            DemoFate.LateLegal => Legal + dice.Next(1, 5),
            DemoFate.Extended => Promise - 1 + length,
            DemoFate.Special => 0,
            _ => Math.Max(1, Promise * dice.Next(30, 85) / 100),
        };
        var late = fate is DemoFate.LatePromise or DemoFate.LateLegal or DemoFate.Extended;
        var review = late ? Math.Max(1, days - 2) : Math.Min((days + 1) / 2, StageDays(ItemStages.Review));
        Until(accepted, review, DemoActor.Clerk, new(ItemSteps.Examine)
        {
            Opinion = fate == DemoFate.Refused ? Text.ExaminedBadly : Text.Examined,
            Second = item.ChecksSubstance ? second : null,
            Fields = item.SiteVisit
                ? new Dictionary<string, string>(StringComparer.Ordinal) { ["visited_on"] = Day().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }
                : new Dictionary<string, string>(StringComparer.Ordinal),
        });
        var left = Math.Max(0, days - review);
        Answer(late ? left : Math.Min(left, StageDays(ItemStages.Approval)), DemoActor.Head);
    }

    private void Answer(int days, DemoActor who)
    {
        if (fate == DemoFate.Refused)
        {
            Take(days, who, new(ItemSteps.Refuse) { Reason = Text.RefusedReason, Basis = Text.RefusedBasis });
            return;
        }

        Take(days, who, new(ItemSteps.Grant) { Opinion = Text.Agreed });
        if (ItemStages.Issues(item))
        {
            Take(dice.Next(1, 4), DemoActor.Clerk, new(ItemSteps.Deliver));
        }

        if (item.Flow == FlowKind.Commitment)
        {
            Take(dice.Next(3, 10), DemoActor.Clerk, new(ItemSteps.PassCheck) { Opinion = Text.CheckPassed, Second = second });
        }
    }

    private int Promise => Days(item.Limit);

    private int Legal => Days(item.Legal);

    private int StageDays(string stage) => item.StageLimits.FirstOrDefault(limit => limit.Stage == stage)?.Days ?? int.MaxValue;

    private static int Days(TimeLimit? limit) => limit?.Unit switch
    {
        ClockUnit.WorkingDays => limit.Length,
        ClockUnit.CalendarDays => Math.Max(1, limit.Length * 5 / 7),
        ClockUnit.Hours => 1,
        _ => 5,
    };

    private DateOnly Day() => _now.Local().Day();

    /// <summary>So many working days after the step before; 0: later on the same day.</summary>
    private void Take(int days, DemoActor who, StepRequest request) => Add(days == 0 ? _now.AddMinutes(dice.Next(25, 50)) : At(calendar.Add(Day(), days)), who, request);

    /// <summary>So many working days after a moment, and after the step before.</summary>
    private void Until(DateTimeOffset from, int days, DemoActor who, StepRequest request)
    {
        var at = At(calendar.Add(from.Local().Day(), days));
        Add(at > _now.AddMinutes(20) ? at : _now.AddMinutes(dice.Next(25, 50)), who, request);
    }

    private void Add(DateTimeOffset at, DemoActor who, StepRequest request)
    {
        _now = at;
        _steps.Add(new(at, who, request));
    }

    /// <summary>A moment between half past eight and half past four.</summary>
    private DateTimeOffset At(DateOnly day) => new DateTimeOffset(day.ToDateTime(new TimeOnly(8, 30)), CityTime.Offset).AddMinutes(dice.Next(0, 480));
}
