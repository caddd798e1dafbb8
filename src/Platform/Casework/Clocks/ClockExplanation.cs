using System.Globalization;
using Shali.Platform.Calendar;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>How a deadline comes about, so that applicant, clerk and supervisor can count it on their fingers.</summary>
internal static class ClockExplanation
{
    private const string Days = "日一二三四五六";

    public static IReadOnlyList<ClockLine> Of(ClockFacts facts, WorkCalendar calendar, ClockVerdict verdict) =>
    [
        Rule(facts),
        .. facts.Until is null ? [Begin(facts)] : Array.Empty<ClockLine>(),
        .. facts.Pauses.Select(pause => Paused(pause, facts, calendar)),
        .. Extended(facts),
        .. Skipped(facts, calendar, verdict),
        Due(facts, calendar, verdict),
        .. Silent(facts, verdict),
        Standing(facts, verdict),
        .. Provisional(verdict),
    ];

    private static ClockLine Rule(ClockFacts facts) => new(
        Text.Rule, facts.Until is { } last ? Text.FixedDay(facts.Rule, last) : $"{facts.Rule.Label}：{facts.Rule.Length}{Text.Unit(facts.Rule.Unit)}。", facts.Rule.Basis);

    private static ClockLine Begin(ClockFacts facts) => facts.Rule.Unit == ClockUnit.Hours
        ? new(Text.Begin, $"{facts.Started.InWords()}起，按小时连续计算。", Law.Start)
        : new(Text.Begin, $"{facts.Started.InWords()}起算，当日不计，自次日开始计算。", Law.Start);

    private static ClockLine Paused(Pause pause, ClockFacts facts, WorkCalendar calendar)
    {
        var unit = facts.Rule.Unit;
        var label = SuspensionKinds.Find(pause.Kind)?.Label ?? pause.Kind;
        var end = ClockJudge.EndOf(pause, unit, calendar);
        if (unit == ClockUnit.Hours)
        {
            return new(
                Text.Pause,
                $"因{label}自{pause.From.InWords()}至{end.InWords()}暂停，扣除{Number((decimal)(end - pause.From).TotalHours)}小时；文书：{pause.Document}。",
                pause.Basis);
        }

        var (from, to) = (pause.From.Local().Day(), end.AddTicks(-1).Local().Day());
        var days = unit == ClockUnit.WorkingDays ? calendar.Between(from, to) : to.DayNumber - from.DayNumber;
        var how = pause.To is null ? "按告知的期限至" : pause.To.Value.Local().Day() > to ? "按告知的期限届满自动恢复，至" : "至";
        return new(
            Text.Pause,
            $"因{label}自{from.InWords()}（当日计入）{how}{to.InWords()}暂停，扣除{days}{Text.Unit(unit)}；文书：{pause.Document}。",
            pause.Basis);
    }

    private static IEnumerable<ClockLine> Extended(ClockFacts facts)
    {
        if (facts.Extended is { } extension)
        {
            yield return new(
                Text.Extended,
                $"{extension.At.InWords()}经{extension.Approver}批准延长{extension.Length}{Text.Unit(facts.Rule.Unit)}，理由：{extension.Reason}；文书：{extension.Document}。",
                facts.Rule.Extension?.Basis);
        }
    }

    private static IEnumerable<ClockLine> Skipped(ClockFacts facts, WorkCalendar calendar, ClockVerdict verdict)
    {
        if (facts.Rule.Unit != ClockUnit.WorkingDays)
        {
            yield break;
        }

        var notices = calendar.Notices(facts.Started.Local().Day(), verdict.DueDay).ToList();
        var off = notices.Where(day => day.Kind == CalendarDay.DayOff).ToList();
        if (off.Count > 0)
        {
            yield return new(Text.Holiday, $"不计入：{string.Join("；", Runs(off))}；双休日不计入。", Law.Holidays);
        }
        else
        {
            yield return new(Text.Holiday, "期间没有法定节假日；双休日不计入。", Law.WorkingDays);
        }

        var makeUp = notices.Where(day => day.Kind == CalendarDay.MakeUp).ToList();
        if (makeUp.Count > 0)
        {
            yield return new(Text.MakeUp, $"计入：{string.Join("、", makeUp.Select(day => $"{Short(day.Date)}（周{Days[(int)day.Date.DayOfWeek]}）"))}。");
        }
    }

    private static ClockLine Due(ClockFacts facts, WorkCalendar calendar, ClockVerdict verdict)
    {
        if (facts.Rule.Unit == ClockUnit.Hours)
        {
            return new(Text.DueDay, $"{verdict.Due.InWords()}届满。", Law.Start);
        }

        var full = new ClockCount(facts, calendar).Full;
        return full == verdict.DueDay
            ? new(Text.DueDay, $"{verdict.DueDay.InWords()}（周{Days[(int)verdict.DueDay.DayOfWeek]}）24时届满。", facts.Rule.Basis)
            : new(Text.DueDay, $"最后一日{full.InWords()}是休息日，顺延至{verdict.DueDay.InWords()}（周{Days[(int)verdict.DueDay.DayOfWeek]}）24时届满。", Law.RestDay);
    }

    private static IEnumerable<ClockLine> Silent(ClockFacts facts, ClockVerdict verdict)
    {
        if (facts.Rule.Silence is { } silence && facts.Ended is null)
        {
            yield return new(Text.Silent, verdict.Late ? $"期限已满：{silence.Meaning}。" : $"期限届满仍未处理的，{silence.Meaning}。", silence.Basis);
        }
    }

    private static ClockLine Standing(ClockFacts facts, ClockVerdict verdict)
    {
        var unit = Text.Unit(facts.Rule.Unit);
        return new(Text.Standing, verdict.Status switch
        {
            ClockStatus.Kept => $"{facts.Ended!.Value.InWords()}完成，未超期。",
            ClockStatus.Missed => $"{facts.Ended!.Value.InWords()}完成，已超期{Number(-verdict.Remaining)}{unit}。",
            ClockStatus.Overdue => $"已超期{Number(-verdict.Remaining)}{unit}。",
            ClockStatus.Paused => $"暂停计时中，恢复后还有{Number(verdict.Remaining)}{unit}。",
            _ when verdict.Remaining == 0 => "今天是最后一天。",
            _ => $"还有{Number(verdict.Remaining)}{unit}。",
        });
    }

    private static IEnumerable<ClockLine> Provisional(ClockVerdict verdict)
    {
        if (verdict.Provisional)
        {
            yield return new(
                Text.Note,
                $"暂定：{verdict.DueDay.Year}年的放假安排尚未公布，公布后自动重算。",
                Law.Holidays);
        }
    }

    /// <summary>Neighbouring days of one holiday in one piece: 国庆节10月1日至10月7日.</summary>
    private static IEnumerable<string> Runs(List<CalendarDay> days)
    {
        for (var i = 0; i < days.Count;)
        {
            var end = i;
            while (end + 1 < days.Count && days[end + 1].Date == days[end].Date.AddDays(1) && days[end + 1].Name == days[i].Name)
            {
                end++;
            }

            yield return end == i
                ? $"{days[i].Name}{Short(days[i].Date)}"
                : $"{days[i].Name}{Short(days[i].Date)}至{Short(days[end].Date)}";
            i = end + 1;
        }
    }

    private static string Short(DateOnly day) => $"{day.Month}月{day.Day}日";

    private static string Number(decimal value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
