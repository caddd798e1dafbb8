using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Whose parent somebody is today. Children are looked for in his household and among the entries that name him; each is
/// then proved by <see cref="Parenthood"/>. Everything is read by the grants of the asking system and is on record.
/// </summary>
public sealed class PopulationGuardians(GovernedReader reader, TimeProvider time) : GuardianDirectory
{
    private const int Most = 60;

    public override async Task<IReadOnlyList<Ward>> WardsOf(Caller who, string purpose, string guardian, CancellationToken cancel = default)
    {
        ReadRequest Request(ResourceDefinition resource, params string[] fields) => new(who, resource, purpose, Clear: true) { Fields = fields };
        var persons = Request(Resources.Person, "name", "birth_date", "state");
        var spells = Request(Resources.Membership, "person", "household", "relation", "from", "to");
        var entries = Request(Resources.Event, "kind", "person", "other", "date", "details", "state");
        var marriages = Request(Resources.Marriage, "a", "b", "from", "to");
        if (new[] { persons, spells, entries, marriages }.Any(request => reader.AccessOf(request) is null))
        {
            return [];
        }

        async Task<IReadOnlyList<T>> All<T>(ReadRequest request, Filter? where)
            where T : class => [.. (await reader.List(request, new() { Where = where, Limit = Most }, cancel)).Value.Records.Select(shown => Typed<T>.Of(shown.Record))];
        Task<IReadOnlyList<LifeEvent>> Entries(string field, string person) =>
            All<LifeEvent>(entries, Filter.All(Is(field, person), new Filter.In("kind", [.. Parenthood.Kinds])));
        async Task<IReadOnlyList<Membership>> HouseholdOf(string person) =>
            await All<Membership>(spells, Filter.All(Is("person", person), Open)) is [var spell, ..]
                ? await All<Membership>(spells, Filter.All(Is("household", spell.Household), Open)) : [];

        var home = await HouseholdOf(guardian);
        var asked = home.Where(spell => Relations.IsOwnChild(spell.Relation)).Select(spell => spell.Person)
            .Concat((await Entries("other", guardian)).Select(entry => entry.Person)).Where(key => key != guardian).Distinct(StringComparer.Ordinal);
        IReadOnlyList<Marriage>? married = null;
        var wards = new List<Ward>();
        foreach (var key in asked)
        {
            if (await reader.Get(persons, key, cancel: cancel) is not { } shown
                || Typed<Person>.Of(shown.Record) is not { State: not (PersonState.Dead or PersonState.Merged or PersonState.Cancelled) } child
                || child.BirthDate.AddYears(FullAge) <= time.Today())
            {
                continue;
            }

            married ??= await All<Marriage>(marriages, Filter.All(new Filter.Or([Is("a", guardian), Is("b", guardian)]), Open));
            var household = home.Any(spell => spell.Person == key) ? home : await HouseholdOf(key);
            if (Parenthood.Holds(guardian, new(child, await Entries("person", key), household, married)))
            {
                wards.Add(new(key, child.Name, child.BirthDate));
            }
        }

        return [.. wards.OrderBy(ward => ward.Born)];
    }

    private static readonly Filter Open = new Filter.IsNull("to");

    private static Filter Is(string field, string value) => new Filter.Compare(field, Comparison.Equal, value);
}
