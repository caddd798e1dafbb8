using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>What a clerk decides of a pair, and its effect, as one act.</summary>
public sealed class DuplicateReview(RecordStore store, TimeProvider time)
{
    private static readonly IReadOnlyList<string> Decisions = ["different", "same", "merge-a", "merge-b", "unmerge", "open"];

    public Task<Outcome<Written>> Decide(Caller who, string pair, string? decision, string? grounds, CancellationToken cancel = default) => store.Write(
        new Act(who, "population.duplicate-review", grounds),
        Resources.Schema,
        async session =>
        {
            if (decision is null || !Decisions.Contains(decision))
            {
                return Refusals.Of(new Refusal("D1-D06", "decision", Text.ChooseDecision));
            }

            if (grounds is null)
            {
                return Refusals.Of(new Refusal("D1-D07", "grounds", Text.GiveGrounds));
            }

            if (await session.Get(Resources.Duplicate, pair, cancel) is not { } record)
            {
                return Refusals.Of(new Refusal("D1-D08", "", Text.NoSuchPair));
            }

            var before = Typed<Duplicate>.Of(record);
            return before.State == DuplicateState.Merged == (decision == "unmerge")
                ? await Decide(session, who, before, decision, grounds, cancel)
                : Refusals.Of(new Refusal("D1-D09", "decision", Text.UnmergeFirst));
        },
        cancel);

    private async Task<Refusals> Decide(WriteSession session, Caller who, Duplicate before, string decision, string grounds, CancellationToken cancel)
    {
        var after = before with
        {
            State = decision switch
            {
                "different" => DuplicateState.Different,
                "same" or "unmerge" => DuplicateState.Same,
                "open" => DuplicateState.Open,
                _ => DuplicateState.Merged,
            },
            DecidedBy = who.Name,
            DecidedOn = time.Today(),
            Grounds = grounds,
            Survivor = decision switch { "merge-a" => before.A, "merge-b" => before.B, _ => null },
        };
        var refusals = decision switch
        {
            "merge-a" => await Merge(session, who, before.A, before.B, cancel),
            "merge-b" => await Merge(session, who, before.B, before.A, cancel),
            "unmerge" => await Unmerge(session, before, cancel),
            _ => Refusals.None,
        };
        return refusals.Any
            ? refusals
            : (await session.Apply(new Change.Update(Resources.Duplicate, before.Key, null, Typed<Duplicate>.Differences(before, after)), cancel)).Refusals;
    }

    private Task<Refusals> Merge(WriteSession session, Caller who, string survivor, string other, CancellationToken cancel) => Change(
        session,
        facts =>
        {
            var refusals = Merging.Judge(facts, survivor, other);
            if (!refusals.Any)
            {
                var form = Merging.Merge(facts, survivor, other);
                facts.Events.Set(new LifeEvent
                {
                    Key = facts.NewKey(),
                    Kind = EventKind.Merger,
                    Person = other,
                    Other = survivor,
                    Date = facts.Today,
                    ReportedOn = facts.Today,
                    Late = false,
                    Details = form.Details,
                    RegisteredBy = who.Name,
                    Office = who.Office.Length > 0 ? who.Office : null,
                    State = EventState.Registered,
                });
            }

            return refusals;
        },
        survivor,
        other,
        cancel);

    private Task<Refusals> Unmerge(WriteSession session, Duplicate pair, CancellationToken cancel)
    {
        var survivor = pair.Survivor ?? pair.A;
        var other = survivor == pair.A ? pair.B : pair.A;
        return Change(
            session,
            facts =>
            {
                var merger = facts.Events.All.Where(entry => entry.Person == other && entry.Kind == EventKind.Merger && entry.State == EventState.Registered)
                    .MaxBy(entry => entry.Key, StringComparer.Ordinal);
                if (merger is null)
                {
                    return Refusals.Of(new Refusal("D1-D10", "decision", Text.NoMerger));
                }

                Merging.Undo(facts, survivor, other, EventForm.Read(merger));
                facts.Events.Set(merger with { State = EventState.Corrected });
                return Refusals.None;
            },
            survivor,
            other,
            cancel);
    }

    private async Task<Refusals> Change(
        WriteSession session, Func<Facts, Refusals> change, string survivor, string other, CancellationToken cancel)
    {
        var facts = new Facts(time.Today(), () => Ulid.Next(time));
        await Tally.Hold(session.Session, cancel);
        await new FactLoading(session, facts).LoadAll([survivor, other], cancel);
        var before = Standings.Of(facts);
        var refusals = change(facts);
        if (refusals.Any)
        {
            return refusals;
        }

        await Tally.Add(session.Session, Standings.Difference(before, Standings.Of(facts)), cancel);
        return await FactWriting.Write(session, facts, cancel);
    }
}
