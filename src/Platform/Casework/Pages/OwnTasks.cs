using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// Everything that is expected of somebody, in one list: corrections, papers that he promised, what systems note beside
/// a case (a bill to pay, a rating), applications that he has begun. What has a day comes first.
/// </summary>
public sealed class OwnTasks(Db db, CaseReader cases, Drafts drafts, IServiceProvider services)
{
    /// <summary>Only his latest cases are asked for notes: older ones have nothing left to do.</summary>
    private const int CasesMax = 20;

    public async Task<IReadOnlyList<OwnTask>> Of(Caller who, CancellationToken cancel = default)
    {
        if (who.Kind != CallerKind.Resident)
        {
            return [];
        }

        var tasks = new List<OwnTask>();
        var panels = services.GetServices<CasePanel>().ToList();
        foreach (var of in await cases.Own(who, CasesMax, null, cancel))
        {
            if (of.State == CaseState.Waiting && await cases.Get(who, of.Number, cancel) is { } file)
            {
                tasks.AddRange(Expected(file, who));
            }

            foreach (var panel in panels)
            {
                if (await panel.Note(of, PanelPlace.Own, who, cancel) is { Address: { } address } note)
                {
                    tasks.Add(new(note.Title, of.Title, address));
                }
            }
        }

        tasks.AddRange(await Promised(who, cancel));
        tasks.AddRange((await drafts.Of(who, cancel)).Select(draft => new OwnTask(Text.GoOn(draft.Type.Name), Text.SavedAt(draft.SavedAt), Applying.Address(draft))));
        return [.. tasks.OrderBy(task => task.Until ?? DateOnly.MaxValue)];
    }

    private static IEnumerable<OwnTask> Expected(CaseFile file, Caller who) =>
        from step in CaseRules.Possible(file.Facts, who)
        where step is { IsBuiltIn: false, By: Actor.Applicant }
        let due = file.Clocks.Where(clock => clock.Facts.Ended is null && clock.Verdict.Status != ClockStatus.Paused).Select(clock => (DateOnly?)clock.Verdict.DueDay).Min()
        select new OwnTask(step.Label, file.Case.Title, $"{CaseAddresses.Own(file.Case.Number)}/steps/{step.Code}") { Until = due };

    private Task<List<OwnTask>> Promised(Caller who, CancellationToken cancel) => db.List(
        $"""
        select m.name, c.title, c.number, m.promised_for
        from (select number, title from casework.case where {cases.Whose(who)} and state <> {CaseState.Ended}) c join casework.material m on m."case" = c.number
        where m.how = {MaterialSource.Promised}
        order by m.promised_for limit {CasesMax}
        """,
        row => new OwnTask(Text.BringLater(row.GetString(0)), row.GetString(1), CaseAddresses.Own(row.GetString(2)) + "#papers")
        {
            Until = row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3),
        },
        cancel);
}

/// <summary>One thing to do.</summary>
/// <param name="About">The case that it is about.</param>
public sealed record OwnTask(string Label, string About, string Address)
{
    /// <summary>The last day for it; null: no day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>As it stands in a list.</summary>
    public (string Word, Tone Tone) State(DateOnly today) => Until is not { } day ? (Text.ToDo, Tone.Info)
        : day < today ? (Text.Past, Tone.Bad)
        : (Text.DaysLeft(day.DayNumber - today.DayNumber), day.DayNumber - today.DayNumber <= 3 ? Tone.Warning : Tone.Info);
}
