using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// Enters filings: judges them by <see cref="FilingRules"/> inside the transaction that writes, records the filing,
/// and brings the entity to its new state.
/// </summary>
public sealed class Filings(RecordStore store, Deaths deaths, TimeProvider time)
{
    public async Task<Outcome<Written>> Enter(string entity, FilingRequest request, Caller who, CancellationToken cancel = default)
    {
        var died = await deaths.Of(Representative(request) ?? "", who, cancel);
        return await store.Write(
            new Act(who, $"legal-entities.{request.Kind}", $"登记：{Text.StepName(request.Kind)}"),
            Resources.Schema,
            session => Within(session, entity, request, died, cancel),
            cancel);
    }

    private async Task<Refusals> Within(
        WriteSession session, string code, FilingRequest request, DateOnly? died, CancellationToken cancel)
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
        var refusals = FilingRules.Judge(facts);
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

/// <summary>
/// Asks the population base whether somebody has died: another system's data, so through governed reading, for a
/// purpose, with a read record.
/// </summary>
public sealed class Deaths(ResourceRegistry registry, GovernedReader reader)
{
    public async Task<DateOnly?> Of(string person, Caller who, CancellationToken cancel)
    {
        if (person.Length == 0 || registry.Find("population/person") is not { } resource)
        {
            return null;
        }

        // The registrar sees only whether the person lives; the platform reads for him, and the record says so.
        var platform = Caller.Platform("legal-entities") with { Office = who.Office, OfficeName = who.OfficeName, Address = who.Address };
        var request = new ReadRequest(platform, resource, $"核验法定代表人是否在世（{who.Name}）") { Fields = ["death_date"] };
        return (await reader.Get(request, person, cancel: cancel))?.Record["death_date"] as DateOnly?;
    }
}
