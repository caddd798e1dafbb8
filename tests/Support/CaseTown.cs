using Shali.Platform.Casework;
using Shali.Platform.Identity;

namespace Shali.Tests.Support;

/// <summary>People who have to do with cases, and the shortest ways to what a test begins with.</summary>
internal sealed class CaseTown(City city)
{
    private static int _number;

    public static Caller Resident(string name)
    {
        var key = $"case-person-{Interlocked.Increment(ref _number)}";
        return new() { Id = "account-" + key, Name = name, Kind = CallerKind.Resident, Person = key, Role = Roles.Resident };
    }

    /// <summary>A clerk who holds no post in the register: enough for steps that name nobody else.</summary>
    public static Caller Clerk(string id, string role = Roles.Clerk, string office = "market-regulation") => new()
    {
        Id = "clerk-" + id,
        Name = "经办" + id,
        Kind = CallerKind.Staff,
        Office = office,
        OfficeName = "市市场监管局",
        Role = role,
        Permissions = new HashSet<string>([SampleCases.Handle, SampleCases.Window, "casework.answer"], StringComparer.Ordinal),
    };

    /// <summary>Somebody with a real post.</summary>
    public async Task<Caller> Staff(string role, string office = "market-regulation")
    {
        var login = await IdentityPeople.Person(city, (office, role));
        var account = (await city.Service<Accounts>().FindLogin(login.Login))!;
        return Clerk("", role, office) with { Id = account.Id, Name = account.Name };
    }

    public OpenRequest Request(Caller who) => new(
        SampleCases.PermitCode, new Dictionary<string, string> { ["shop"] = $"{who.Name}的店", ["kind"] = "餐饮", ["seats"] = "40" })
    {
        Title = $"{who.Name}开店",
        Person = who.Person,
        PersonName = who.Name,
        Phone = "13800000000",
        Materials = [new("lease", "场所使用证明", MaterialSource.Paper), new("plan", "布局图", MaterialSource.Paper)],
    };

    public async Task<OpenedCase> Open(Caller who)
    {
        await IdentityPeople.Offices(city);
        var opened = await city.Service<CaseDesk>().Open(who, Request(who), null);
        return opened.Ok ? opened.Value : throw new InvalidOperationException(opened.Refusals.ToString());
    }

    public Task<CaseFile?> File(Caller who, string number) => city.Service<CaseReader>().Get(who, number);

    public async Task Take(Caller who, string number, StepRequest request)
    {
        var taken = await city.Service<CaseDesk>().Take(who, number, request, null);
        Assert.True(taken.Ok, $"{request.Step}: {taken.Refusals}");
    }
}
