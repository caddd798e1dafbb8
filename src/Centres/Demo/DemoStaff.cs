using System.Text.Json;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.Demo;

/// <summary>
/// Gives the offices their people and clients and writes their logins down. Broken off and begun again it makes only
/// what is missing; passwords are on disk before the accounts are made.
/// </summary>
public sealed class DemoStaff(
    Offices offices, Accounts accounts, DemoAccounts demo, Clients clients)
{
    private const int Residents = 12;

    public async Task Create(DemoPlan plan, string loginsFile, Action<string> say, CancellationToken cancel)
    {
        var who = Caller.Platform("demo");
        var tree = new DemoOffices().All;
        var founded = await offices.Save(new Act(who, "demo.offices"), tree, cancel);
        if (!founded.Ok)
        {
            throw new StartRefusedException($"演示城市的机构没有建成：{founded.Refusals}");
        }

        await offices.Reload(cancel);

        var wanted = Wanted(plan, tree, Passwords(loginsFile));
        var missing = new List<DemoAccount>();
        foreach (var account in wanted)
        {
            if (await accounts.FindLogin(account.Login, cancel) is null)
            {
                missing.Add(account);
            }
        }

        var logins = wanted.Select(account => Login(account)).ToList();
        await DemoLogins.Write(loginsFile, logins, [], cancel);
        await demo.Create(missing, who, cancel);
        say($"演示城市：已建立 {wanted.Count} 个登录账号");

        var made = new List<NewClient>();
        foreach (var office in tree)
        {
            var id = $"{office.Code}-client";
            made.Add(await clients.Find(id, cancel) is null
                ? (await clients.CreateClient(who, office.Code, office.ShortName + "业务系统", Clients.DefaultScopes, id, cancel)).Value
                : new NewClient(id, (await clients.NewSecret(who, id, cancel))!, office.Code));
        }

        await DemoLogins.Write(loginsFile, logins, made, cancel);
    }

    private static DemoLogin Login(DemoAccount account) => new(
        account.Login, account.Password!, account.Name, account.Posts.Count > 0 ? account.Posts[0].Office : "",
        account.Posts.Count > 0 ? [.. account.Posts.Select(post => post.Role)] : [Roles.Resident]);

    private static List<DemoAccount> Wanted(DemoPlan plan, IReadOnlyList<Office> tree, Dictionary<string, string> known)
    {
        var first = DemoCity.Population(plan).First();
        var people = first.Persons
            .Where(person => person is { Death: null, Seeded: false, Household: not null, Lives: not null })
            .ToList();
        var grown = new Queue<DemoPerson>(people.Where(person => person.AgeOn(plan.Today) is >= 25 and <= 58));
        var accounts = new List<DemoAccount>();
        foreach (var office in tree)
        {
            var (scope, area) = DemoOffices.ScopeOf(office);
            foreach (var (role, title) in DemoOffices.Posts(office))
            {
                var login = $"{office.Code}.{role}";
                var person = grown.Count > 0 ? grown.Dequeue() : null;
                accounts.Add(new(
                    login, person?.Name ?? office.ShortName + title, person?.Key,
                    [new Post("", "", office.Code, role, scope, area, title, new DateOnly(plan.Today.Year - 1, 1, 1), null)],
                    Password(known, login)));
            }
        }

        return [.. accounts, .. OwnSpaces(plan, first, [.. grown], known)];
    }

    /// <summary>Residents, the first of them heads of families, and representatives of firms.</summary>
    private static IEnumerable<DemoAccount> OwnSpaces(
        DemoPlan plan, DemoChunk chunk, List<DemoPerson> left, Dictionary<string, string> known)
    {
        var represents = chunk.Trade.Firms
            .Where(firm => firm is { State: "active", Kind: "enterprise" })
            .Select(firm => firm.RepresentativePerson).ToHashSet(StringComparer.Ordinal);
        var owners = left.Where(person => represents.Contains(person.Key)).Take(Residents).ToList();
        var residents = left.Except(owners).Where(person => person.Relation == "02").Take(Residents).ToList();
        foreach (var (person, login) in residents.Select((person, i) => (person, $"resident{i + 1}"))
            .Concat(owners.Select((person, i) => (person, $"representative{i + 1}"))))
        {
            yield return new(login, person.Name, person.Key, [], Password(known, login));
        }
    }

    private static string Password(Dictionary<string, string> known, string login) =>
        known.GetValueOrDefault(login) ?? Platform.Identity.Passwords.Random();

    private static Dictionary<string, string> Passwords(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return json.RootElement.EnumerateArray()
            .Where(entry => entry.TryGetProperty("login", out _))
            .ToDictionary(entry => entry.GetProperty("login").GetString()!, entry => entry.GetProperty("password").GetString()!, StringComparer.Ordinal);
    }
}
