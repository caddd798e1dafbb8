using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Packages.Timelines;

/// <summary>Puts together the timeline of a package from its case, whose reader saw to it who may look.</summary>
public sealed class TimelineReader(RecordReader reader, CaseTypes types, CurrentCalendar calendar, TimeProvider time)
{
    /// <summary>Null when nothing has been accepted yet.</summary>
    public async Task<PackageTimeline?> Of(CaseFile file, CancellationToken cancel = default)
    {
        if (file.Case.AcceptedAt is not { } begun)
        {
            return null;
        }

        var clocks = file.Children.Count == 0 ? [] : await Clocks(file.Children, cancel);
        var kinds = new Dictionary<string, CaseType>(StringComparer.Ordinal);
        var states = new List<ChildState>();
        foreach (var child in file.Type.Children)
        {
            var opened = file.Children.FirstOrDefault(one => one.ParentRole == child.Code);
            var kind = opened is not null ? await types.Of(opened.Type, opened.TypeVersion, cancel)
                : child.Version is { } version ? await types.Of(child.Type, version, cancel)
                : types.Find(child.Type);
            if (kind is null)
            {
                continue;
            }

            kinds[child.Code] = kind;
            if (opened is not null)
            {
                states.Add(StateOf(child.Code, opened, kind));
            }
        }

        var facts = file.Facts with { Children = states };
        var parts = file.Type.Children.Where(child => ChildRules.Concerns(child, file.Answers) && kinds.ContainsKey(child.Code))
            .Select(child => Part(file, facts, child, kinds[child.Code], clocks)).ToList();
        var present = parts.Select(part => part.Code).ToHashSet(StringComparer.Ordinal);
        return PackageTimeline.Of(
            begun, [.. parts.Select(part => part with { After = [.. part.After.Where(present.Contains)] })], calendar(), file.Case.ClosedAt ?? time.GetUtcNow());
    }

    private static ChildState StateOf(string code, Case opened, CaseType kind) => new(
        code, opened.Number, opened.State == CaseState.Ended, kind.Results.Any(result => result.Code == opened.Result && result.Good))
    {
        Settled = kind.Stage(opened.Stage) is { Settled: true },
        Decided = opened.DecidedAt is not null,
    };

    private static TimelinePart Part(CaseFile file, CaseFacts facts, ChildCase child, CaseType kind, IReadOnlyList<CaseClock> clocks)
    {
        var limit = kind.Clocks.FirstOrDefault(rule => rule.Kind == ClockKind.Promised && rule.Promises is not null)
            ?? kind.Clocks.FirstOrDefault(rule => rule.Code == Items.ItemClocks.Legal);
        var part = new TimelinePart(child.Code, kind.Name, child.Office ?? kind.Owner, child.After, limit);
        if (file.Children.FirstOrDefault(one => one.ParentRole == child.Code) is not { } opened)
        {
            // Nothing begins in a package that is over.
            return part with { Barred = file.Case.State == CaseState.Ended || ChildRules.IsBarred(facts, child, file.Answers) };
        }

        var state = facts.Children.First(one => one.Code == child.Code);
        var record = limit is null ? null : clocks.LastOrDefault(clock => clock.Case == opened.Number && clock.Rule == limit.Code);
        var clock = record is null ? null : ClockRecords.Facts(kind, record);
        return part with
        {
            Office = opened.Office,
            Number = opened.Number,
            Began = opened.AcceptedAt ?? opened.ReceivedAt,
            Ended = state.Over ? opened.ClosedAt ?? opened.DecidedAt : null,
            Failed = state is { Ended: true, Good: false },
            Decided = opened.DecidedAt,
            Pauses = clock?.Pauses ?? [],
            Extended = clock?.Extended,
        };
    }

    private async Task<IReadOnlyList<CaseClock>> Clocks(IReadOnlyList<Case> children, CancellationToken cancel)
    {
        var query = new RecordQuery { Where = new Filter.In("case", [.. children.Select(child => child.Number)]), Limit = 1_000 };
        return [.. (await reader.List(CaseResources.Clock, query, cancel)).Records.Select(Typed<CaseClock>.Of)];
    }
}
