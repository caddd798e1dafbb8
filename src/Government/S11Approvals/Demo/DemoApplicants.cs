using Shali.Platform.Identity;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>Somebody for whom a case of the demo city is opened.</summary>
/// <param name="Caller">Signed in on line; null: he comes to the window.</param>
internal sealed record DemoApplicant(string PersonName, string Number, Caller? Caller)
{
    public string? Person { get; init; }

    public string? Entity { get; init; }

    public string? EntityName { get; init; }

    public string? CreditCode { get; init; }

    public string? Address { get; init; }

    public bool IsFirm => Entity is not null;
}

/// <summary>
/// Residents and firms of the demo city, those with an account first. Read from the registers under the platform's
/// right, in the order of their keys: the same city gives the same people.
/// </summary>
internal sealed class DemoApplicants(RecordReader reader, ResourceRegistry registry, Accounts accounts)
{
    private const int Accounts = 12;
    private const int Most = 400;

    public IReadOnlyList<DemoApplicant> Persons { get; private set; } = [];

    public IReadOnlyList<DemoApplicant> Firms { get; private set; } = [];

    public async Task Read(DateOnly today, CancellationToken cancel)
    {
        if (registry.Find("population/person") is not { } person || registry.Find("legal-entities/entity") is not { } entity)
        {
            return;
        }

        var born = new Filter.Between("birth_date", today.AddYears(-60), today.AddYears(-22));
        var people = (await reader.List(person, new RecordQuery { Where = born, Limit = Most }, cancel)).Records;
        var firms = (await reader.List(
            entity, new RecordQuery { Where = new Filter.Compare("state", Comparison.Equal, "active"), Limit = Most }, cancel)).Records;
        Persons =
        [
            .. (await Signed("resident", cancel)).Select(who => new DemoApplicant(who.Name, Number(null, 1, today), who) { Person = who.Person }),
            .. people.Select((one, i) => new DemoApplicant(one.Text("name")!, Number(one.Text("citizen_number"), i, today), null)
            {
                Person = one.Key,
                Address = one.Text("residence_address") ?? one.Text("registered_address"),
            }),
        ];
        var represented = new List<DemoApplicant>();
        foreach (var who in await Signed("representative", cancel))
        {
            var own = new Filter.Compare("representative_person", Comparison.Equal, who.Person!);
            if ((await reader.List(entity, new RecordQuery { Where = own, Limit = 1 }, cancel)).Records is [var firm])
            {
                represented.Add(Firm(firm, who with { Entity = firm.Key, Role = Roles.Representative }, today));
            }
        }

        Firms = [.. represented, .. firms.Select(firm => Firm(firm, null, today))];
    }

    private static DemoApplicant Firm(Record firm, Caller? who, DateOnly today) =>
        new(firm.Text("representative_name") ?? who?.Name ?? Text.Somebody, Number(null, firm.Key.Length, today), who)
        {
            Person = who?.Person,
            Entity = firm.Key,
            EntityName = firm.Text("name"),
            CreditCode = firm.Text("credit_code") ?? firm.Key,
            Address = firm.Text("address"),
        };

    // A number that the register has wrong, as some are on purpose, is none to fill in; the region is nobody's.
    private static string Number(string? registered, int i, DateOnly today) =>
        registered is not null && !CitizenNumber.Kind.Check(registered, today).Any() ? registered
            : CitizenNumber.Compose("411197", new DateOnly(1970 + (i % 30), 1 + (i % 12), 1 + (i % 28)), 900 + (i % 90));

    private async Task<IReadOnlyList<Caller>> Signed(string kind, CancellationToken cancel)
    {
        var signed = new List<Caller>();
        for (var i = 1; i <= Accounts; i++)
        {
            if (await accounts.FindLogin(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}{i}"), cancel) is { Person: { } person } account)
            {
                signed.Add(new() { Id = account.Id, Name = account.Name, Kind = CallerKind.Resident, Role = Roles.Resident, Person = person });
            }
        }

        return signed;
    }
}
