using System.Net;
using System.Text.Json;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Tests.Support;

/// <summary>An office with an old service, registered by its officer and approved by its head.</summary>
internal sealed class ServiceTown(City city)
{
    public const string Operations =
        """
        person GET /persons/{subject} 查询人员信息
        verify POST /soap 核验身份
        long GET /long/{size} 下载清单
        half GET /half/{**any} 半截
        silent GET /silent/{any} 无声
        elsewhere GET /elsewhere 转走
        cut GET /cut 中断
        status GET /status/{code} 状态
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    public ServiceDesk Desk => city.Service<ServiceDesk>();

    public static ServiceInput Input(string address) => new(
        "人员核验服务", "按公民身份号码核验人员，返回姓名", address, Operations, ServiceSharing.Conditional, "限履行职责时使用", true, "只返回核验结果，必要且最小")
    {
        Credential = ServiceCredential.Basic,
        CredentialName = OldService.User,
        Secret = OldService.Password,
        CheckPath = "/status/200",
        Megabytes = "64",
    };

    public Caller Officer(string office) => Town.Staff(office, Roles.InformationOfficer);

    /// <summary>A service that is open, of an office of its own.</summary>
    public async Task<(string Office, string Code)> Opened(OldService old, Func<ServiceInput, ServiceInput>? change = null)
    {
        var office = await Town.Office();
        var input = Input(old.Address);
        var registered = await Desk.Register(Officer(office), change is null ? input : change(input), Cancel);
        Assert.True(registered.Ok, registered.Refusals.ToString());
        await Take(Town.Staff(office), registered.Value, "approve");
        return (office, registered.Value);
    }

    /// <summary>For those who walk over all pages: a service of the police that waits for its head no more.</summary>
    public async Task<string> Walk()
    {
        await IdentityPeople.Offices(city);
        var registered = await Desk.Register(Officer("police"), Input("http://127.0.0.1:9/app"), Cancel);
        Assert.True(registered.Ok, registered.Refusals.ToString());
        await city.Service<ServiceCheck>().Run(registered.Value, Cancel);
        await Take(Town.Staff("police"), registered.Value, "approve");
        return registered.Value;
    }

    public async Task Take(Caller who, string code, string act, string? reason = null)
    {
        var done = await Desk.Take(who, code, ServiceAct.Find(act)!, reason, (await Desk.Get(who, code, Cancel))!.Value.Version, Cancel);
        Assert.True(done.Ok, done.Refusals.ToString());
    }

    public GrantTerms Terms(string code, string consumer, params string[] operations) => new($"services/{code}", consumer)
    {
        Fields = operations,
        Scene = "办理户口迁入时核验",
        Basis = "户口登记条例第十条",
        Ways = [GrantWay.Service],
        Rate = 600,
        Begins = city.Service<TimeProvider>().Today(),
        Ends = city.Service<TimeProvider>().Today().AddYears(1),
    };

    /// <summary>A program of a new office that may call all operations.</summary>
    public async Task<(HttpClient Program, string Grant, string Consumer)> Consumer(string code, params string[] operations)
    {
        var consumer = await Town.Office();
        var names = operations.Length > 0 ? operations : [.. ServiceOperation.Lines(Operations).Select(line => line.Split(' ')[0])];
        var number = await Town.Grant(Terms(code, consumer, names));
        return (await Town.Program(consumer), number, consumer);
    }

    /// <summary>The code of the problem that the call ends in.</summary>
    public static async Task<(HttpStatusCode Status, string Code)> Refused(HttpClient program, string address)
    {
        using var answer = await program.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.False(string.IsNullOrWhiteSpace(json.RootElement.GetProperty("detail").GetString()));
        return (answer.StatusCode, json.RootElement.GetProperty("code").GetString()!);
    }

    /// <summary>What is on record of calls by a grant, oldest first.</summary>
    public async Task<IReadOnlyList<(string Kind, JsonElement Body)>> Records(string grant) => await city.Db.List(
        $"select kind, convert_from(body, 'UTF8') from audit.record where kind in ('service.call', 'service.end') and convert_from(body, 'UTF8') like {"%" + grant + "%"} order by index",
        row => (row.GetString(0), JsonDocument.Parse(row.GetString(1)).RootElement.Clone()), Cancel);
}
