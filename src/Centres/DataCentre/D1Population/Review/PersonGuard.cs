using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// What every write to a person's record must pass, whichever door it comes through: an office changes only the
/// fields of its own authority, what the register's entries decide changes only by an entry, and possible duplicates
/// become pairs to review.
/// </summary>
internal sealed class PersonGuard(TimeProvider time) : RecordGuard
{
    /// <summary>Set by entries of the register alone: a direct edit of these would leave no entry behind.</summary>
    public static readonly IReadOnlySet<string> ByEntryOnly = new HashSet<string>(StringComparer.Ordinal)
    {
        "citizen_number", "recorded_number", "name", "former_name", "sex", "birth_date", "death_date", "registration_kind",
        "registered_address", "registered_village", "household", "relation_to_head", "residence_village", "residence_address",
        "residence_since", "village", "missing_since", "state", "number_state", "marital_status",
    };

    public override string Resource => "population/person";

    public override async Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel)
    {
        var ours = session.Act.Kind.StartsWith("population.", StringComparison.Ordinal);
        if (!ours && session.Act.Who.Kind != CallerKind.Platform)
        {
            var refusals = after is null ? Refusals.Of(new Refusal("D1-A02", "", Text.NeverDeleted, Acts.Registration("第四条")))
                : before is null ? Refusals.None
                : FieldAuthority.Judge(session.Act.Who, before, after);
            if (refusals.Any)
            {
                return refusals;
            }
        }

        if (after is not null && Concerns(before, after))
        {
            await new DuplicateCheck(session, time.Today()).Check(after, cancel);
        }

        if (after is not null && !Equals(before?["name"], after["name"]))
        {
            await NameReadings.Add(session.Session, [after.Text("name")!], cancel);
        }

        return Refusals.None;
    }

    public override async Task AfterLoad(WriteSession session, IReadOnlyList<string> keys, CancellationToken cancel)
    {
        await DuplicateLoad.Check(session, keys, time.Today(), cancel);
        await NameReadings.AddOf(session.Session, keys, cancel);
        await Tally.FallBehind(session.Session, Resource, keys.Count, cancel);
    }

    private static bool Concerns(Record? before, Record after) => before is null
        || DuplicateCheck.Fields.Any(field => !Equals(before[field], after[field]))
        || after["number_state"] is null;
}

/// <summary>Loaded spells are not in the tally yet: it is counted anew.</summary>
internal sealed class SpellGuard(string resource) : RecordGuard
{
    public override string Resource => resource;

    public override Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel)
    {
        var byEvent = session.Act.Kind.StartsWith("population.", StringComparison.Ordinal);
        return byEvent ? Task.FromResult(Refusals.None) : Behind(session, cancel);
    }

    public override Task AfterLoad(WriteSession session, IReadOnlyList<string> keys, CancellationToken cancel) =>
        Tally.FallBehind(session.Session, resource, keys.Count, cancel);

    private async Task<Refusals> Behind(WriteSession session, CancellationToken cancel)
    {
        await Tally.FallBehind(session.Session, resource, 1, cancel);
        return Refusals.None;
    }
}
