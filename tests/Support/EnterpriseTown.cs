using System.Globalization;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Platform.Audit;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Registration = Shali.Government.S05Enterprises.Authorities.Registration;

namespace Shali.Tests.Support;

/// <summary>Firms in the departments' databases, and the offices that keep them.</summary>
internal sealed class EnterpriseTown(City city)
{
    private static int _made = Random.Shared.Next(20_000_000);

    private static readonly (string Code, string Name)[] Departments =
    [
        ("tax", "测试市税务局"), ("labour", "测试市人力资源和社会保障局"), ("statistics", "测试市统计局"), ("environment", "测试市生态环境局"),
        ("natural-resources", "测试市自然资源和规划局"), ("housing", "测试市住房和城乡建设局"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public FirmComparison Comparison => city.Service<FirmComparison>();

    public DateOnly Today => city.Service<TimeProvider>().Today();

    public async Task Offices()
    {
        await IdentityPeople.Offices(city);
        var offices = city.Service<Offices>();
        var missing = Departments.Where(one => offices.Find(one.Code) is null)
            .Select(one => new Office(one.Code, one.Name, one.Name[3..], "department", "city", "4111", new DateOnly(2000, 1, 1), null)).ToList();
        if (missing.Count > 0)
        {
            await offices.Save(new Act(Caller.Platform("test"), "identity.office.save"), missing);
            await offices.Reload(Cancel);
        }
    }

    /// <summary>An organisation code that is nobody's.</summary>
    public static string Organisation()
    {
        const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        Span<char> body = stackalloc char[8];
        "MAY".CopyTo(body);
        for (var (place, left) = (7, Interlocked.Increment(ref _made)); place >= 3; place--, left /= 31)
        {
            body[place] = Letters[left % 31];
        }

        return string.Concat(body, [OrganisationCode.CheckOf(body)]);
    }

    public static string Credit(string organisation) => CreditCode.Compose("91", "411102", organisation);

    /// <summary>A firm in business, and nothing wrong with it.</summary>
    public Registration Firm(string organisation) => new()
    {
        CreditCode = Credit(organisation),
        Name = "测试食品" + organisation,
        Type = "company",
        State = "1",
        Representative = "某甲",
        Capital = 100,
        Industry = "14",
        EstablishedOn = new DateOnly(2016, 3, 1),
        Address = "测试路" + organisation + "号",
        Registrar = "测试市市场监督管理局",
    };

    public Taxpayer Taxpayer(Registration firm) => new()
    {
        TaxpayerNumber = firm.CreditCode,
        Name = firm.Name,
        State = "03",
        CreditGrade = "B",
        RegisteredOn = new DateOnly(2016, 3, 9),
        Representative = firm.Representative,
        RegisteredCapital = firm.Capital * 10_000,
        Industry = firm.Industry,
        Turnover = 5_000_000,
    };

    public async Task Put<T>(params T[] rows)
    {
        var resource = Definition.Of<T>();
        await Write([.. rows.Select(row => (Change)new Change.Insert(resource, "", Typed<T>.Values(row)))]);
    }

    public Task Change<T>(string key, string field, object? value) =>
        Write([new Change.Update(Definition.Of<T>(), key, null, new Dictionary<string, object?>(StringComparer.Ordinal) { [field] = value })]);

    /// <summary>Compares what changed so far.</summary>
    public async Task Compare()
    {
        await city.Service<AuditLog>().Placed(Authority.Schema, Cancel);
        await Comparison.Changed(Cancel);
    }

    /// <summary>Null: there never was one.</summary>
    public async Task<Contradiction?> Find(string rule, string subject) =>
        await city.Reader.Get(Definition.Of<Contradiction>(), $"{rule}:{subject}", null, Cancel) is { } record ? Typed<Contradiction>.Of(record) : null;

    /// <summary>What stands for a telephone in the code of a contradiction.</summary>
    public async Task<string> Named(string phone) => (await city.Db.Scalar<string>($"select substr(md5(salt || {"+86" + phone}), 1, 16) from enterprises.comparison", Cancel))!;

    /// <summary>Open ones of a firm, by rule.</summary>
    public async Task<IReadOnlyList<string>> Open(string organisation) => await city.Db.List(
        $"select rule from enterprises.contradiction where organisation = {organisation} and state = 'open' order by rule", row => row.GetString(0), Cancel);

    /// <summary>The contradiction with its case, which the platform keeps in step.</summary>
    public async Task<(Contradiction Found, Case Case)> Case(string rule, string subject)
    {
        await city.Service<ContradictionCases>().Run(Cancel);
        var found = (await Find(rule, subject))!;
        return (found, Typed<Case>.Of((await city.Reader.Get(CaseResources.Case, found.Case!, null, Cancel))!));
    }

    public async Task Take(Caller who, string number, StepRequest step)
    {
        var taken = await city.Service<CaseDesk>().Take(who, number, step, null, Cancel);
        Assert.True(taken.Ok, $"{step.Step}: {taken.Refusals}");
    }

    public Caller Staff(string office, string role = Roles.Clerk) => new SharingTown(city).Staff(office, role);

    public async Task<IdentityBrowser> Browser(string office, string role = Roles.Clerk)
    {
        await Offices();
        var login = await IdentityPeople.Person(city, (office, role));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    /// <summary>For those who walk over all pages: a firm that several know, one with a contradiction, and several that share a telephone.</summary>
    public async Task<(string Organisation, string Contradiction, string Shared)> Walk()
    {
        await Offices();
        var organisation = Organisation();
        var firm = Firm(organisation);
        await Put(firm);
        await Put(Taxpayer(firm) with { Name = "测试食品旧名" });
        await Put(new LandParcel
        {
            ParcelNumber = "P" + organisation,
            HolderCode = organisation,
            HolderName = firm.Name,
            Location = firm.Address!,
            Area = 1_200,
            Use = "工业用地",
            RegisteredOn = new DateOnly(2017, 1, 1),
        });
        var phone = "139" + Random.Shared.Next(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        await Put<Registration>([.. Enumerable.Range(0, ContradictionRules.SharedMost + 1).Select(_ => Firm(Organisation()) with { Phone = phone, EstablishedOn = Today })]);
        await Compare();
        await city.Service<ContradictionCases>().Run(Cancel);
        return (organisation, $"S05-C15:{organisation}", "S05-C06:" + await Named(phone));
    }

    private async Task Write(IReadOnlyList<Change> changes)
    {
        var written = await city.Store.Write(new Act(Caller.Platform("test"), "test"), changes, Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
    }
}
