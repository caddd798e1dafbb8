using System.Globalization;
using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Population = Shali.Centres.DataCentre.D1Population.Resources;
using Entities = Shali.Centres.DataCentre.D2LegalEntities.Resources;

namespace Shali.Tests.Support;

/// <summary>People and firms whom the bases know, with logins, and an item that asks for what is known of them.</summary>
internal sealed class WindowTown(City city)
{
    private static int _number;

    /// <summary>A person in the population base, with a number of his own.</summary>
    public async Task<Known> Person(string name, string born = "1990-03-07")
    {
        var birth = DateOnly.ParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var number = CitizenNumber.Compose("411196", birth, 1 + (Interlocked.Increment(ref _number) % 990));
        var key = $"window-{Guid.NewGuid():N}";
        var written = await city.Store.Write(
            new Act(Caller.Platform("test"), "population.test"),
            [
                new Change.Insert(Population.Person, key, new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["name"] = name, ["citizen_number"] = number, ["sex"] = CitizenNumber.Sex(number), ["birth_date"] = birth, ["registration_kind"] = "family",
                    ["registered_address"] = "测试市交通路8号", ["residence_address"] = "测试市黄河路18号", ["household"] = "H" + key[^20..], ["state"] = "normal", ["number_state"] = "sound",
                }),
            ]);
        Assert.True(written.Ok, written.Refusals.ToString());
        return new(key, name, number);
    }

    /// <summary>A login of the person.</summary>
    public async Task<IdentityBrowser> SignedIn(Known person)
    {
        var login = await Login(person);
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    public async Task<DemoLogin> Login(Known person)
    {
        await IdentityPeople.Offices(city);
        return (await city.Service<DemoAccounts>().Create([new DemoAccount(IdentityPeople.NewLogin(), person.Name, person.Key, [])], Caller.Platform("test")))[0];
    }

    public async Task<IdentityBrowser> Clerk(string office, string role = Roles.Clerk)
    {
        var login = await IdentityPeople.Person(city, (office, role));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    /// <summary>A firm in the register; its credit code.</summary>
    public async Task<(string Key, string Credit)> Firm(string name, string? representative = null)
    {
        var body = Random.Shared.Next(50_000_000, 60_000_000).ToString(CultureInfo.InvariantCulture);
        var code = body + OrganisationCode.CheckOf(body);
        var credit = CreditCode.Compose("91", "411100", code);
        var written = await city.Store.Write(
            new Act(Caller.Platform("test"), "load"),
            [
                new Change.Insert(Entities.Entity, code, new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["organisation_code"] = code, ["credit_code"] = credit, ["name"] = name, ["kind"] = "enterprise", ["state"] = EntityState.Active,
                    ["established_on"] = new DateOnly(2018, 5, 1), ["representative_name"] = "李代表", ["representative_person"] = representative, ["address"] = "测试市解放路6号",
                }),
            ]);
        Assert.True(written.Ok, written.Refusals.ToString());
        return (code, credit);
    }

    /// <summary>An item for persons and firms that asks for what the bases know, and for what only the applicant has.</summary>
    public static ServiceItem Item() => ItemTown.Item() with
    {
        Questions =
        [
            new("who", "申请人姓名", FieldTypes.Text) { Known = "person.name", Required = false },
            new("firm", "单位名称", FieldTypes.Text) { Known = "firm.name", Required = false },
            new("shop", "店名", FieldTypes.Text) { LengthMax = 60 },
            new("kind", "经营类别", FieldTypes.Text) { Choices = [new("food", "餐饮"), new("retail", "零售")] },
        ],
        Materials =
        [
            new("form", "申请表") { Known = KnownAnswers.Form },
            new("identity", "居民身份证") { Known = "person.identity" },
            new("household", "居民户口簿") { Known = "person.household", Required = false },
            new("licence", "营业执照") { Known = "firm.licence", Required = false },
            new("lease", "场所使用证明") { Sample = "租赁合同首页和签字页", Issuer = "房屋所有人", Basis = new("食品安全法", "第三十三条") },
            new("plan", "布局图") { When = Condition.Is("kind", "food") },
            new("photo", "门面照片") { Secondary = true },
        ],
    };
}

/// <summary>Somebody of the population base.</summary>
internal sealed record Known(string Key, string Name, string Number);
