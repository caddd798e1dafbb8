using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// Enters filings: judges them by <see cref="FilingRules"/> inside the transaction that writes, records the filing,
/// and brings the entity to its new state.
/// </summary>
public sealed class Filings(RecordStore store, Representatives representatives, TimeProvider time)
{
    /// <param name="unclear">What is wrong with the form itself: told together with what the rules say.</param>
    /// <param name="once">A form sent twice is entered once.</param>
    public async Task<Outcome<Written>> Enter(
        string entity, FilingRequest request, Caller who, Refusals? unclear = null, string? once = null, CancellationToken cancel = default)
    {
        var died = await representatives.Died(Representative(request) ?? "", who, cancel);
        return await store.Write(
            new Act(who, $"legal-entities.{request.Kind}", Text.FilingPurpose(request.Kind)) { IdempotencyKey = once },
            Resources.Schema,
            session => Within(session, entity, request, died, unclear ?? Refusals.None, cancel),
            cancel);
    }

    private async Task<Refusals> Within(
        WriteSession session, string code, FilingRequest request, DateOnly? died, Refusals unclear, CancellationToken cancel)
    {
        await session.Lock(code, cancel);
        var record = await session.Get(Resources.Entity, code, cancel);
        var facts = new FilingFacts(
            record is null ? null : Typed<Entity>.Of(record),
            await File(session, code, cancel),
            await LivingBranches(session, code, cancel),
            died,
            request,
            time.Today());
        var refusals = unclear.And(FilingRules.Judge(facts));
        if (refusals.Any)
        {
            return refusals;
        }

        var next = FilingRules.Next(facts).Value;
        var changes = Effects(request, next);
        var entity = await session.Apply(
            record is null
                ? new Change.Insert(Resources.Entity, code, changes)
                : new Change.Update(Resources.Entity, code, null, changes),
            cancel);
        var filing = await session.Apply(
            new Change.Insert(Resources.Filing, "", Typed<Filing>.Values(new Filing
            {
                Entity = code,
                Kind = request.Kind,
                On = request.On,
                Document = request.Document,
                Before = facts.Entity?.State,
                After = next,
                Details = request.Details,
            })),
            cancel);
        return entity.Refusals.And(filing.Refusals);
    }

    private static Dictionary<string, object?> Effects(FilingRequest request, string next)
    {
        var changes = new Dictionary<string, object?>(request.Changes, StringComparer.Ordinal)
        {
            [Name(e => e.State)] = next,
        };
        switch (request.Kind)
        {
            case "establish":
                changes[Name(e => e.EstablishedOn)] = request.On;
                break;
            case "list-abnormal":
                changes[Name(e => e.Abnormal)] = true;
                break;
            case "delist-abnormal":
                changes[Name(e => e.Abnormal)] = false;
                break;
        }

        if (next is EntityState.Deregistered or EntityState.Annulled or EntityState.MovedOut)
        {
            changes[Name(e => e.EndedOn)] = request.On;
        }
        else if (request.Kind is "restore" or "move-in")
        {
            changes[Name(e => e.EndedOn)] = null;
        }

        return changes;
    }

    private static async Task<IReadOnlyList<Filing>> File(WriteSession session, string code, CancellationToken cancel)
    {
        var records = await session.List(
            Resources.Filing,
            new RecordQuery { Where = new Filter.Compare("entity", Comparison.Equal, code), Sort = [new("on")], Limit = 1000 },
            cancel);
        return [.. records.Select(Typed<Filing>.Of)];
    }

    private static async Task<int> LivingBranches(WriteSession session, string code, CancellationToken cancel)
    {
        var branches = await session.List(
            Resources.Entity,
            new RecordQuery { Where = new Filter.Compare(Name(e => e.Parent), Comparison.Equal, code), Limit = 1000 },
            cancel);
        return branches.Count(branch => branch.Text("state") is not (EntityState.Deregistered or EntityState.Annulled));
    }

    private static string? Representative(FilingRequest request) =>
        request.Changes.GetValueOrDefault(Name(e => e.RepresentativePerson)) as string;

    private static string Name(System.Linq.Expressions.Expression<Func<Entity, object?>> field) => Definition.Name(field);
}
