using System.Globalization;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// A hearing is announced seven working days before, and held within twenty of being asked for (行政许可法 art. 47, 48, 82).
/// </summary>
internal sealed class HearingGuard : StepGuard
{
    private const int NoticeDays = 7;

    public override bool Concerns(CaseType type, string step) => step == ItemSteps.BeginSpecial("hearing") && type.Clause == "S11";

    public override Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        if (!DateOnly.TryParseExact(request.Fields.GetValueOrDefault(ItemSteps.HearingOn), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            // The step itself demands a day.
            return Task.FromResult(Refusals.None);
        }

        var earliest = facts.Calendar.Add(facts.Now.Local().Day(), NoticeDays);
        var hold = facts.Clocks.FirstOrDefault(clock => clock.Facts.Rule.Code == ItemClocks.HearingHold);
        var last = hold is null ? (DateOnly?)null : ClockJudge.Judge(hold.Facts, facts.Calendar, facts.Now).DueDay;
        return Task.FromResult(Refusals.Of(
            day < earliest ? new("S11-R36", ItemSteps.HearingOn, Text.HearingTooSoon(earliest), ItemLaw.HearingNotice) : null,
            day > last ? new("S11-R36", ItemSteps.HearingOn, Text.HearingTooLate(last.Value), ItemLaw.HearingRight) : null));
    }
}
