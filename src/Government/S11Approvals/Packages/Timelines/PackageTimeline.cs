using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Packages.Timelines;

/// <summary>One office's part in a package, as far as its days go.</summary>
/// <param name="After">Parts that must have come about before.</param>
/// <param name="Limit">What its office promises; null: it takes no time of its own.</param>
public sealed record TimelinePart(string Code, string Name, string Office, IReadOnlyList<string> After, ClockRule? Limit)
{
    /// <summary>Number of its case; null while it has not begun.</summary>
    public string? Number { get; init; }

    public DateTimeOffset? Began { get; init; }

    /// <summary>When what was asked for came about, or did not; null while it is open.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>It ended, and not with what was asked for.</summary>
    public bool Failed { get; init; }

    /// <summary>When it was decided: what remains is to hand it over, and the office's promise is measured by this moment.</summary>
    public DateTimeOffset? Decided { get; init; }

    /// <summary>It can never begin: a part that it waits for failed.</summary>
    public bool Barred { get; init; }

    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    public Extension? Extended { get; init; }
}

/// <summary>Where a part stands.</summary>
public enum PartState
{
    /// <summary>Waits for another part.</summary>
    Waiting,
    Running,

    /// <summary>In a special procedure, whose time is not counted.</summary>
    Paused,

    /// <summary>Longer than its office promised.</summary>
    Late,

    /// <summary>Decided, being handed over.</summary>
    Issuing,
    Done,
    Failed,
    Barred,
}

/// <summary>A part in the days of the whole.</summary>
/// <param name="PlannedFrom">As it would have been, had everybody taken what is promised.</param>
/// <param name="From">When it began or is expected to begin.</param>
/// <param name="To">When it ended or is expected to end.</param>
/// <param name="Planned">Working days that its office promises.</param>
/// <param name="Used">Working days until today or its end, without those of special procedures.</param>
/// <param name="Paused">Working days of special procedures.</param>
/// <param name="Late">Working days beyond what is promised, until today or its end.</param>
/// <param name="Cost">Of these, the days by which the whole ends later.</param>
/// <param name="Critical">Whatever it takes longer, the whole takes longer.</param>
public sealed record TimelineBar(
    TimelinePart Part, PartState State, DateOnly PlannedFrom, DateOnly PlannedTo, DateOnly From, DateOnly To, int Planned, int Used, int Paused, int Late, int Cost, bool Critical)
{
    /// <summary>The last day of what its office promises, with special procedures and an extension.</summary>
    public DateOnly Due { get; init; }
}

/// <summary>
/// The days of a package: each part by the promise of its office and by what really happened, the longest chain, the day
/// on which everything is expected to be done, and whose delay costs which of the days. Pure.
/// </summary>
/// <param name="Expected">Null when nothing can come about any more, or nothing has begun.</param>
public sealed record PackageTimeline(DateOnly Begun, DateOnly Today, IReadOnlyList<TimelineBar> Bars, DateOnly PlannedEnd, DateOnly? Expected, bool Over)
{
    /// <summary>The chain of parts on which the day of the end hangs, in order.</summary>
    public IReadOnlyList<TimelineBar> Chain => [.. Bars.Where(bar => bar.Critical)];

    /// <summary>Working days from the beginning to the end, as planned and as expected.</summary>
    public required int PlannedDays { get; init; }

    public required int ExpectedDays { get; init; }

    /// <summary>Of the difference, the days that special procedures take, which the law does not count.</summary>
    public required int PausedCost { get; init; }

    public static PackageTimeline Of(DateTimeOffset begun, IReadOnlyList<TimelinePart> parts, WorkCalendar calendar, DateTimeOffset now)
    {
        var (start, today) = (begun.Local().Day(), now.Local().Day());
        var order = Order(parts);
        var spans = new Dictionary<string, Span>(StringComparer.Ordinal);
        foreach (var part in order)
        {
            spans[part.Code] = SpanOf(part, spans, start, today, calendar, now);
        }

        var live = order.Where(part => !part.Barred).ToList();
        var length = live.ToDictionary(part => part.Code, part => calendar.Between(spans[part.Code].From, spans[part.Code].To), StringComparer.Ordinal);
        var lag = live.ToDictionary(
            part => part.Code,
            part => calendar.Between(Before(part, code => spans[code].To, spans, start), spans[part.Code].From), StringComparer.Ordinal);
        int Whole(Func<string, int> of) => Ends(live, code => lag[code] + Math.Max(0, of(code))).Values.DefaultIfEmpty().Max();
        var expected = Whole(code => length[code]);
        var chain = Chained(live, Ends(live, code => lag[code] + length[code]));
        var bars = parts.Select(part =>
        {
            var span = spans[part.Code];
            var cost = part.Barred || span.Late == 0 ? 0 : expected - Whole(code => length[code] - (code == part.Code ? span.Late : 0));
            return new TimelineBar(
                part, span.State, span.PlannedFrom, span.PlannedTo, span.From, span.To,
                calendar.Between(span.PlannedFrom, span.PlannedTo), span.Used, span.Paused, span.Late, cost, chain.Contains(part.Code))
            { Due = span.Due };
        }).ToList();
        var end = live.Count == 0 ? (DateOnly?)null : live.Max(part => spans[part.Code].To);
        return new(start, today, bars, parts.Select(part => spans[part.Code].PlannedTo).DefaultIfEmpty(start).Max(), end, live.TrueForAll(part => part.Ended is not null))
        {
            PlannedDays = calendar.Between(start, parts.Select(part => spans[part.Code].PlannedTo).DefaultIfEmpty(start).Max()),
            ExpectedDays = expected,
            PausedCost = expected - Whole(code => length[code] - spans[code].Paused),
        };
    }

    /// <summary>Parts after those that they wait for. That they wait in no circle is a rule of packages.</summary>
    private static List<TimelinePart> Order(IReadOnlyList<TimelinePart> parts)
    {
        var (left, order) = (parts.ToList(), new List<TimelinePart>());
        while (left.Find(part => part.After.All(code => left.TrueForAll(other => other.Code != code))) is { } next)
        {
            left.Remove(next);
            order.Add(next);
        }

        return left.Count == 0 ? order : throw new InvalidOperationException("Parts of a package wait for each other.");
    }

    /// <summary>Working days from the beginning to the end of each part, going on from the latest of those before it.</summary>
    private static Dictionary<string, int> Ends(IReadOnlyList<TimelinePart> order, Func<string, int> length)
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in order)
        {
            ends[part.Code] = part.After.Select(code => ends.GetValueOrDefault(code)).DefaultIfEmpty().Max() + length(part.Code);
        }

        return ends;
    }

    /// <summary>From the part that ends last back to one that waited for nothing.</summary>
    private static HashSet<string> Chained(IReadOnlyList<TimelinePart> order, Dictionary<string, int> ends)
    {
        var chain = new HashSet<string>(StringComparer.Ordinal);
        var at = order.MaxBy(part => ends[part.Code]);
        while (at is not null)
        {
            chain.Add(at.Code);
            var before = at.After;
            at = order.Where(part => before.Contains(part.Code, StringComparer.Ordinal)).MaxBy(part => ends[part.Code]);
        }

        return chain;
    }

    private static DateOnly Before(TimelinePart part, Func<string, DateOnly> end, Dictionary<string, Span> known, DateOnly start) =>
        part.After.Where(known.ContainsKey).Select(end).Append(start).Max();

    private static Span SpanOf(TimelinePart part, Dictionary<string, Span> known, DateOnly start, DateOnly today, WorkCalendar calendar, DateTimeOffset now)
    {
        var plannedFrom = Before(part, code => known[code].PlannedTo, known, start);
        var plannedTo = Due(part.Limit, plannedFrom, calendar);
        if (part.Barred)
        {
            return new(PartState.Barred, plannedFrom, plannedTo, today, today, 0, 0, 0);
        }

        if (part.Began is not { } began)
        {
            // It begins when the last before it ends; what should have begun begins today at the earliest.
            var waits = Before(part, code => known[code].To, known, start);
            var next = waits > today ? waits : today;
            return new(PartState.Waiting, plannedFrom, plannedTo, next, Due(part.Limit, next, calendar), 0, 0, 0);
        }

        var from = began.Local().Day();
        if (part.Limit is not { } limit)
        {
            var until = (part.Ended ?? now).Local().Day();
            return new(StateOf(part, null), plannedFrom, plannedTo, from, until, calendar.Between(from, until), 0, 0);
        }

        var done = part.Decided ?? part.Ended;
        var verdict = ClockJudge.Judge(new(limit, began, part.Pauses, part.Extended, done), calendar, now);
        var free = ClockJudge.Judge(new(limit, began, [], part.Extended, done), calendar, now).DueDay;
        var last = (done ?? now).Local().Day();
        var late = last > verdict.DueDay ? calendar.Between(verdict.DueDay, last) : 0;
        var used = Math.Max(0, calendar.Between(from, last) - Days(part.Pauses, limit.Unit, calendar, from, last));
        var to = part.Ended?.Local().Day() ?? (part.Decided is not null || verdict.DueDay < today ? today : verdict.DueDay);
        var paused = Math.Min(Math.Max(0, calendar.Between(free, verdict.DueDay)), Math.Max(0, calendar.Between(from, to)));
        return new(StateOf(part, verdict), plannedFrom, plannedTo, from, to, used, paused, late) { Due = verdict.DueDay };
    }

    private static PartState StateOf(TimelinePart part, ClockVerdict? verdict) =>
        part.Failed ? PartState.Failed
        : part.Ended is not null ? PartState.Done
        : part.Decided is not null ? PartState.Issuing
        : verdict?.Status switch { ClockStatus.Paused => PartState.Paused, ClockStatus.Overdue => PartState.Late, _ => PartState.Running };

    private static DateOnly Due(ClockRule? limit, DateOnly from, WorkCalendar calendar) => limit is null ? from
        : ClockJudge.Judge(ClockFacts.Start(limit, Noon(from)), calendar, Noon(from)).DueDay;

    /// <summary>Working days of special procedures within these days.</summary>
    private static int Days(IReadOnlyList<Pause> pauses, ClockUnit unit, WorkCalendar calendar, DateOnly from, DateOnly to)
    {
        var days = 0;
        var covered = from;
        foreach (var pause in pauses)
        {
            var begins = pause.From.Local().Day();
            var ends = ClockJudge.EndOf(pause, unit, calendar).Local().AddTicks(-1).Day();
            begins = begins > covered ? begins : covered;
            ends = ends < to ? ends : to;
            if (ends > begins)
            {
                days += calendar.Between(begins, ends);
                covered = ends;
            }
        }

        return days;
    }

    private static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), CityTime.Offset);

    private sealed record Span(PartState State, DateOnly PlannedFrom, DateOnly PlannedTo, DateOnly From, DateOnly To, int Used, int Paused, int Late)
    {
        public DateOnly Due { get; init; } = PlannedTo;
    }
}
