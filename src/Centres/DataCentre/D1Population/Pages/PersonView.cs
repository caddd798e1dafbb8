using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Everything that the register says of one person, as one reader may see it.</summary>
/// <param name="Members">Who is registered in his household, himself among them, each with his name as shown.</param>
public sealed record PersonView(
    ShownRecord Person,
    IReadOnlyList<(ShownRecord Membership, ShownRecord? Person)> Members,
    IReadOnlyList<ShownRecord> Memberships,
    IReadOnlyList<ShownRecord> Residences,
    IReadOnlyList<ShownRecord> Events,
    IReadOnlyList<ShownRecord> Numbers,
    IReadOnlyList<ShownRecord> Transfers,
    IReadOnlyList<ShownRecord> Permits,
    IReadOnlyList<ShownRecord> Suggestions,
    bool Clear,
    bool MayClear,
    Func<string, string> OfficeName);

/// <summary>Reads persons for pages: through the governed door, so each reading is recorded for the person.</summary>
internal sealed class PersonReading(GovernedReader reader, RecordReader raw, NameSearch names, Offices offices)
{
    private const int Many = 200;

    public bool May(Caller who) => reader.AccessOf(who, Resources.Person) is not null;

    public Refusals Check(Caller who, string? purpose, string? caseNumber, bool clear) =>
        reader.Check(new ReadRequest(who, Resources.Person, purpose, caseNumber, clear));

    public async Task<PersonView?> View(Caller who, string key, string? purpose, bool clear, CancellationToken cancel)
    {
        // One look at one person is one consultation for him, whatever tables it reads.
        purpose ??= Text.Duty;
        if (await Get(who, Resources.Person, key, purpose, clear, cancel) is not { } person)
        {
            return null;
        }

        var household = person.Raw("household");
        var members = household is null ? [] : await List(who, Resources.Membership, Open("household", household), purpose, clear, cancel);
        var persons = members.Count == 0 ? []
            : await List(who, Resources.Person, new Filter.KeyIn([.. members.Select(member => member.Raw("person")!)]), purpose, clear, cancel);
        return new(
            person,
            [.. members.OrderBy(member => member.Raw("relation"), StringComparer.Ordinal).Select(member => (member, persons.FirstOrDefault(found => found.Key == member.Raw("person"))))],
            await Of(who, Resources.Membership, key, purpose, clear, cancel),
            await Of(who, Resources.Residence, key, purpose, clear, cancel),
            await Of(who, Resources.Event, key, purpose, clear, cancel),
            await Of(who, Resources.Number, key, purpose, clear, cancel),
            await Of(who, Resources.Transfer, key, purpose, clear, cancel),
            await Of(who, Resources.Permit, key, purpose, clear, cancel),
            await Of(who, Resources.Suggestion, key, purpose, clear, cancel),
            clear,
            reader.AccessOf(who, Resources.Person) is { Clear: true },
            offices.NameOf);
    }

    /// <summary>By number (one in use or one of before) or by name or its pinyin, with the birth date when it is known.</summary>
    public async Task<Outcome<PersonsFound>> Find(Caller who, PersonSearch search, CancellationToken cancel)
    {
        if (reader.AccessOf(who, Resources.Person) is not { } access)
        {
            return PersonsFound.Nobody;
        }

        // Parts of a name that he sees masked would tell him the rest of it: he asks for the whole or not at all.
        if (!access.Clear && search.Name is { IsWhole: false })
        {
            return new Refusal("D1-S05", "name", Text.WholeNameOnly);
        }

        Filter where;
        var tooMany = false;
        if (search.Number is { } number)
        {
            var before = await raw.List(Resources.Number, new RecordQuery { Where = new Filter.Compare("number", Comparison.Equal, number), Limit = 20 }, cancel);
            where = new Filter.Or(
            [
                new Filter.Compare("citizen_number", Comparison.Equal, number),
                new Filter.KeyIn([.. before.Records.Select(record => record.Text("person")!).Append("").Distinct(StringComparer.Ordinal)]),
            ]);
        }
        else
        {
            (where, tooMany) = await names.Persons(search.Name!, whole: !access.Clear, cancel);
            where = search.BirthDate is { } birth ? Filter.All(where, new Filter.Compare("birth_date", Comparison.Equal, birth))! : where;
        }

        var query = new RecordQuery { Where = where, Sort = [new SortBy("name"), new SortBy("birth_date")], Limit = PersonSearch.Most };
        var page = (await reader.List(new ReadRequest(who, Resources.Person, Text.Duty), query, cancel)).Value;
        return new PersonsFound(page.Records, tooMany || page.Next is not null);
    }

    public Task<ShownRecord?> Get(Caller who, ResourceDefinition resource, string key, string? purpose, bool clear, CancellationToken cancel) =>
        reader.AccessOf(who, resource) is { } access
            ? reader.Get(new ReadRequest(who, resource, purpose, Clear: clear && access.Clear), key, cancel: cancel)
            : Task.FromResult<ShownRecord?>(null);

    public async Task<IReadOnlyList<ShownRecord>> List(
        Caller who, ResourceDefinition resource, Filter? where, string? purpose, bool clear, CancellationToken cancel, int limit = Many)
    {
        if (reader.AccessOf(who, resource) is not { } access)
        {
            return [];
        }

        var page = await reader.List(
            new ReadRequest(who, resource, purpose, Clear: clear && access.Clear), new RecordQuery { Where = where, Limit = limit }, cancel);
        return page.Value.Records;
    }

    public static Filter Open(string field, string value) => Filter.All(new Filter.Compare(field, Comparison.Equal, value), new Filter.IsNull("to"))!;

    private Task<IReadOnlyList<ShownRecord>> Of(Caller who, ResourceDefinition resource, string person, string? purpose, bool clear, CancellationToken cancel) =>
        List(who, resource, new Filter.Compare("person", Comparison.Equal, person), purpose, clear, cancel);
}

/// <summary>Whom somebody looks for.</summary>
internal sealed record PersonSearch(string? Number, NameWords? Name, DateOnly? BirthDate)
{
    public const int Most = 50;

    public bool Any => Number is not null || Name is not null;
}

/// <summary>Who was found, as one reader may see them.</summary>
/// <param name="More">There are more than are shown: the search says too little.</param>
public sealed record PersonsFound(IReadOnlyList<ShownRecord> Persons, bool More)
{
    public static readonly PersonsFound Nobody = new([], false);
}
