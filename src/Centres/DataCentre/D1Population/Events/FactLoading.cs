using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Fetches the part of the register that an event touches, and locks it: the persons whom the answers name, those who
/// share a household with them, and all spells of each.
/// </summary>
internal sealed class FactLoading(WriteSession session, Facts facts)
{
    private const int HouseholdMax = 2000;
    private readonly HashSet<string> _persons = new(StringComparer.Ordinal);
    private readonly HashSet<string> _households = new(StringComparer.Ordinal);

    public async Task Load(EventType type, EventForm form, CancellationToken cancel)
    {
        foreach (var question in type.Questions)
        {
            switch (question.Kind)
            {
                case AnswerKind.Person or AnswerKind.Persons:
                    foreach (var key in form.Many(question.Name))
                    {
                        await LoadPerson(key, cancel);
                    }

                    break;
                case AnswerKind.Household when form.Text(question.Name) is { } key:
                    await LoadHousehold(key, cancel);
                    break;
                case AnswerKind.Event when form.Text(question.Name) is { } key:
                    await Load(Resources.Event, facts.Events, key, cancel);
                    break;
            }
        }

        foreach (var spouse in facts.Marriages.All.SelectMany(marriage => new[] { marriage.A, marriage.B }).ToList())
        {
            await LoadPerson(spouse, cancel);
        }

        foreach (var household in facts.Memberships.All.Select(spell => spell.Household).ToList())
        {
            await LoadHousehold(household, cancel);
        }

        if (type.NeedsKin)
        {
            await LoadKin(form, cancel);
        }
    }

    /// <summary>These persons with their households and their entries.</summary>
    public async Task LoadAll(IReadOnlyList<string> persons, CancellationToken cancel)
    {
        foreach (var person in persons)
        {
            await LoadPerson(person, cancel);
            await LoadWhere(Resources.Event, facts.Events, "person", person, cancel);
        }

        foreach (var household in facts.Memberships.All.Select(spell => spell.Household).ToList())
        {
            await LoadHousehold(household, cancel);
        }
    }

    private async Task LoadPerson(string key, CancellationToken cancel)
    {
        if (!_persons.Add(key) || !await Load(Resources.Person, facts.Persons, key, cancel))
        {
            return;
        }

        await LoadWhere(Resources.Membership, facts.Memberships, "person", key, cancel);
        await LoadWhere(Resources.Residence, facts.Residences, "person", key, cancel);
        await LoadWhere(Resources.Marriage, facts.Marriages, "a", key, cancel);
        await LoadWhere(Resources.Marriage, facts.Marriages, "b", key, cancel);
        await LoadWhere(Resources.Transfer, facts.Transfers, "person", key, cancel);
        await LoadWhere(Resources.Number, facts.Numbers, "person", key, cancel);
        await LoadWhere(Resources.Permit, facts.Permits, "person", key, cancel);
    }

    private async Task LoadHousehold(string key, CancellationToken cancel)
    {
        if (!_households.Add(key) || !await Load(Resources.Household, facts.Households, key, cancel))
        {
            return;
        }

        // Members of a collective household are nothing to each other: an event concerns those whom it names.
        if (facts.Households.Find(key)!.Kind == HouseholdKind.Collective)
        {
            return;
        }

        var members = await session.List(
            Resources.Membership,
            new RecordQuery
            {
                Where = Filter.All(new Filter.Compare("household", Comparison.Equal, key), new Filter.IsNull("to")),
                Limit = HouseholdMax,
            },
            cancel);
        foreach (var member in members.Select(Typed<Membership>.Of))
        {
            await LoadPerson(member.Person, cancel);
        }
    }

    /// <summary>Parents and grandparents of those concerned, and the children of a mother, by their entries.</summary>
    private async Task LoadKin(EventForm form, CancellationToken cancel)
    {
        if (form.Text("mother") is { } mother)
        {
            await LoadWhere(Resources.Event, facts.Events, "other", mother, cancel);
            foreach (var child in facts.Events.All.Where(entry => entry.Kind == EventKind.Birth).Select(entry => entry.Person).ToList())
            {
                await Load(Resources.Person, facts.Persons, child, cancel);
            }
        }

        var line = new[] { form.Person, form.Text("spouse") }.OfType<string>().ToList();
        for (var generation = 0; generation < 3 && line.Count > 0; generation++)
        {
            foreach (var person in line)
            {
                await LoadWhere(Resources.Event, facts.Events, "person", person, cancel);
            }

            line = [.. line.SelectMany(facts.ParentsOf)];
        }
    }

    private async Task<bool> Load<T>(ResourceDefinition resource, Table<T> table, string key, CancellationToken cancel)
        where T : class, IKeyed
    {
        if (!table.Has(key) && await session.Get(resource, key, cancel) is { } record)
        {
            table.Load(Typed<T>.Of(record));
        }

        return table.Has(key);
    }

    private async Task LoadWhere<T>(ResourceDefinition resource, Table<T> table, string field, string value, CancellationToken cancel)
        where T : class, IKeyed
    {
        var query = new RecordQuery { Where = new Filter.Compare(field, Comparison.Equal, value), Limit = 500 };
        foreach (var record in await session.List(resource, query, cancel))
        {
            table.Load(Typed<T>.Of(record));
        }
    }
}
