using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Government.S11Approvals.Packages.Timelines;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Portal;

namespace Shali.Tests.Support;

/// <summary>A city of its own with every office that the seed's items name, their items and packages; time stands where the test sets it.</summary>
internal sealed class PackageTown(WebApplication host, SetTime time, string database) : IAsyncDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, CityTime.Offset);

    private static readonly string Folder = Directory.CreateTempSubdirectory("shali-packages-").FullName;

    private static int _number;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SetTime Time => time;

    public string Database => database;

    public CaseDesk Desk => Get<CaseDesk>();

    public CaseTypes Types => Get<CaseTypes>();

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<PackageTown> Start(City city, bool listens = false)
    {
        var (time, database) = (new SetTime(Monday), await city.OwnDatabase());
        var town = new PackageTown(await Build(database, time), time, database);
        var codes = ItemSeed.All.Select(item => item.Office).Concat(["data"]).Distinct(StringComparer.Ordinal);
        var offices = town.Get<Offices>();
        await offices.Save(
            new Act(Caller.Platform("test"), "identity.office.save"),
            [
                new("city", "测试市人民政府", "市政府", "government", null, "4111", new(2000, 1, 1), null),
                .. codes.Select(code => new Office(code, $"测试市{NameOf(code)}", NameOf(code), "department", "city", "4111", new(2000, 1, 1), null)),
                new("411102.education", "测试市源汇区教育局", "源汇区教育局", "department", "education", "411102", new(2000, 1, 1), null),
                new("411103.education", "测试市郾城区教育局", "郾城区教育局", "department", "education", "411103", new(2000, 1, 1), null),
            ]);
        await offices.Reload(Cancel);
        await town.Get<ItemSeed>().Run(Cancel);
        if (listens)
        {
            await town.Listen();
        }

        return town;
    }

    private static string NameOf(string code) => code switch
    {
        "market-regulation" => "市场监督管理局",
        "city-management" => "城市管理局",
        "emergency" => "应急管理局",
        "housing" => "住房和城乡建设局",
        "natural-resources" => "自然资源和规划局",
        _ => code + "局",
    };

    /// <summary>Another node, or the same one after it was killed.</summary>
    public Task<WebApplication> Another() => Build(database, time);

    private bool _listens;

    public Task Listen()
    {
        _listens = true;
        return host.StartAsync(Cancel);
    }

    public Uri Address => new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Somebody with a real post of an office and what his role may do with approvals.</summary>
    public async Task<Caller> Staff(string office, string role = Roles.Clerk)
    {
        var login = await Account((office, role));
        var account = (await Get<Accounts>().FindLogin(login.Login))!;
        var rights = new ApprovalSystem().Permissions
            .Where(right => right.Roles.Contains(role) && (right.Offices.Count == 0 || right.Offices.Contains(office))).Select(right => right.Code);
        return new()
        {
            Id = account.Id,
            Name = account.Name,
            Kind = CallerKind.Staff,
            Office = office,
            OfficeName = office,
            Role = role,
            Permissions = rights.Append("casework.answer").ToHashSet(StringComparer.Ordinal),
        };
    }

    public async Task<DemoLogin> Account(params (string Office, string Role)[] posts)
    {
        var login = $"packages{Interlocked.Increment(ref _number):D4}";
        var given = posts.Select(post => new Post("", "", post.Office, post.Role, DataScope.All, "", "", new DateOnly(2020, 1, 1), null)).ToList();
        return (await Get<DemoAccounts>().Create([new DemoAccount(login, $"测试{_number}", posts.Length == 0 ? "person-" + login : null, given)], Caller.Platform("test")))[0];
    }

    /// <summary>A resident hands a package in with these answers; all papers are there.</summary>
    public async Task<string> Open(string package, Caller who, params (string Name, string Value)[] answers)
    {
        var type = Types.Find(ServicePackage.CaseTypeOf(package))!;
        var given = answers.ToDictionary(answer => answer.Name, answer => answer.Value, StringComparer.Ordinal);
        var opened = await Desk.Open(who, Request(type, who, given), null, Cancel);
        Assert.True(opened.Ok, opened.Refusals.ToString());
        return opened.Value.Number;
    }

    public static OpenRequest Request(CaseType type, Caller who, IReadOnlyDictionary<string, string> answers) => new(type.Code, answers)
    {
        Person = who.Person,
        PersonName = who.Name,
        Phone = "13800000000",
        Materials = [.. type.Materials.Where(material => material.Required && (material.When?.Holds(answers) ?? true)).Select(material => new GivenMaterial(material.Code, material.Name, MaterialSource.Uploaded))],
    };

    /// <summary>The answers of somebody who opens a restaurant.</summary>
    public static (string, string)[] Restaurant(string start = "company") =>
    [
        ("start", start), ("firm_name", "沙澧小馆"), ("firm_address", "沙澧路1号"), ("area", "200"),
        .. start == "company"
            ? new[]
            {
                ("company_establish_capital", "50"), ("scope", "餐饮服务"), ("company_establish_legal_person", "郑掌柜"),
                ("company_establish_legal_number", "411102199003071231"), ("company_establish_premises", "rent"),
            }
            : [],
        ("food_business_seats", "40"), ("food_business_raw", "no"), ("food_business_manager", "郑掌柜"), ("food_business_opens_on", "2027-01-01"),
        ("signboard_size", "6×1.2"), ("signboard_light", "no"), ("fire_opening_floor", "一层"), ("fire_opening_gas", "no"),
    ];

    public async Task Take(Caller who, string number, StepRequest request)
    {
        var taken = await Desk.Take(who, number, request, null, Cancel);
        Assert.True(taken.Ok, $"{request.Step}: {taken.Refusals}");
    }

    public async Task<IReadOnlyList<string>> Refused(Caller who, string number, StepRequest request)
    {
        var taken = await Desk.Take(who, number, request, null, Cancel);
        Assert.False(taken.Ok);
        return [.. taken.Refusals.Select(refusal => refusal.Code)];
    }

    public async Task<CaseFile> File(Caller who, string number) => (await Get<CaseReader>().Get(who, number, Cancel))!;

    public async Task<PackageTimeline> Timeline(Caller who, string number) => (await Get<TimelineReader>().Of(await File(who, number), Cancel))!;

    /// <summary>The part of a package by the code of its item; null while it has not begun.</summary>
    public async Task<Case?> Part(Caller who, string number, string item) => (await File(who, number)).Children.FirstOrDefault(child => child.ParentRole == item);

    /// <summary>What is decided at once is granted by whoever has it.</summary>
    public async Task GrantAtOnce(Caller clerk, string number) => await Take(clerk, number, new(ItemSteps.Grant) { Opinion = "符合条件" });

    public static DateTimeOffset At(string moment) =>
        new(DateTime.ParseExact(moment, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), CityTime.Offset);

    public async ValueTask DisposeAsync()
    {
        if (_listens)
        {
            await host.StopAsync(CancellationToken.None);
        }

        await host.DisposeAsync();
    }

    private static Task<WebApplication> Build(string database, SetTime time) => ShaliHost.Build(
        new HostSettings(database, Folder, 0, Demo: true) { Quiet = true, Time = time, Identity = City.QuickSignOn, MasterKey = City.MasterKey }, Cancel);
}
