using System.Net;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What a grant opens at the doors of the interface, and what it leaves shut.</summary>
public sealed class GrantsHeld(City city)
{
    private static readonly Sharing Conditional = Sharing.Conditional("限履行职责时使用");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    [Fact]
    public async Task Beyond_rows_fields_and_ways_everything_is_refused_by_name()
    {
        var resource = await Town.Register(Conditional);
        var outside = (await Town.Write(resource, ("p9", "上官测试", "411104", "远街1号")))[0];
        await Town.Grant(Town.Terms(resource));
        using var program = await Town.Program("health");
        var table = new (string Query, string Path, string Code)[]
        {
            ("?properties=address", "items", "SHR-A10"),
            ("?properties=owner_name,price", "items", "SHR-A10"),
            ("?filter=address%20like%20%27%25%27", "items", "API-Q09"),
            ("?price=500000", "items", "API-Q09"),
            ("?sortby=price", "items", "API-Q09"),
            ("?f=csv", "items", "SHR-A06"),
            ("?f=xlsx", "items", "SHR-A06"),
            ("", "changes", "SHR-A06"),
            ("", $"items/{outside}", "API-C02"),
            ("?asOf=2020-01-01", $"items/{outside}", "API-C02"),
        };
        foreach (var (query, path, code) in table)
        {
            Assert.Equal((query, path, code), (query, path, await DataShared.Refused(program, resource, query, path)));
        }

        using var clear = await Town.Program("health");
        clear.DefaultRequestHeaders.Add("Shali-Clear", "true");
        Assert.Equal("REG-A02", await DataShared.Refused(clear, resource, ""));

        // What the caller adds narrows; it does not widen.
        Assert.Equal(0, Returned(await DataShared.Json(program, $"/api/collections/{resource.Address}/items?district=411104")));
        Assert.Equal(2, Returned(await DataShared.Json(program, $"/api/collections/{resource.Address}/items?filter=district%20like%20%27%25%27%20or%20district%3D%27411104%27")));
        Assert.Equal(["owner_name", "district"], (await DataShared.Json(program, $"/api/collections/{resource.Address}/schema")).GetProperty("properties").EnumerateObject().Select(one => one.Name));
        using var table3 = await program.GetAsync(new Uri($"/api/collections/{resource.Address}/items?f=csv&limit=5", UriKind.Relative), Cancel);
        var head = (await table3.Content.ReadAsStringAsync(Cancel)).Split('\n')[0].Trim('\ufeff', '\r');
        Assert.Equal("id,owner_name,district,version,changed_at", head);
    }

    [Fact]
    public async Task Whoever_is_not_the_office_with_the_token_for_it_stays_outside()
    {
        var resource = await Town.Register(Conditional);
        await Town.Grant(Town.Terms(resource));
        using (var other = await Town.Program("market-regulation"))
        {
            Assert.Equal("SHR-A01", await DataShared.Refused(other, resource, ""));
        }

        using (var writes = await Town.Program("health", TokenScopes.Write))
        {
            Assert.Equal("REG-A01", await DataShared.Refused(writes, resource, ""));
        }

        using (var elsewhere = await Town.Program("health", "population.person"))
        {
            Assert.Equal("REG-A01", await DataShared.Refused(elsewhere, resource, ""));
        }

        using var own = await Town.Program("police");
        Assert.Equal(3, Returned(await DataShared.Json(own, $"/api/collections/{resource.Address}/items")));
        var unconditional = await Town.Register(Sharing.Unconditional);
        using var program = await Town.Program("health");
        Assert.Equal(3, Returned(await DataShared.Json(program, $"/api/collections/{unconditional.Address}/items")));
        var kept = await Town.Register(Sharing.NotShared(new Basis("保守国家秘密法", "第三十条")));
        Assert.Equal("SHR-A02", await DataShared.Refused(program, kept, ""));
    }

    [Fact]
    public async Task A_right_given_by_hand_opens_no_other_offices_data_to_a_program()
    {
        var resource = await Town.Register(Conditional);
        var caller = new Caller
        {
            Id = "client:by-hand",
            Name = "程序",
            Kind = CallerKind.Client,
            Office = "health",
            Role = Roles.Client,
            Permissions = new HashSet<string>([$"{resource.Address}.read", $"{resource.Address}.clear"], StringComparer.Ordinal),
        };
        var reader = city.Service<GovernedReader>();
        Assert.Null(reader.AccessOf(caller, resource));
        Assert.Equal("SHR-A01", Assert.Single(reader.Check(new ReadRequest(caller, resource))).Code);
        await Town.Grant(Town.Terms(resource));
        Assert.False(reader.AccessOf(caller, resource)!.Clear);
    }

    [Fact]
    public async Task Suspended_resumed_ended_and_out_of_its_days_it_says_so()
    {
        var resource = await Town.Register(Conditional);
        var number = await Town.Grant(Town.Terms(resource));
        using var program = await Town.Program("health");
        var (provider, authority) = (Town.Staff("police"), Town.Staff("data"));
        Assert.Equal(2, Returned(await DataShared.Json(program, $"/api/collections/{resource.Address}/items")));
        await Change(authority, number, "suspend");
        Assert.Equal("SHR-A03", await DataShared.Refused(program, resource, ""));
        await Change(provider, number, "resume");
        Assert.Equal(2, Returned(await DataShared.Json(program, $"/api/collections/{resource.Address}/items")));
        await Change(provider, number, "revoke");
        Assert.Equal("SHR-A04", await DataShared.Refused(program, resource, ""));
        Assert.Equal("SHR-D03", Assert.Single((await Town.Grants.Change(provider, number, GrantAct.Find("resume")!, "又要", null, null, Cancel)).Refusals).Code);

        var later = city.Service<TimeProvider>().Today().AddDays(3);
        await Town.Grant(Town.Terms(resource) with { Begins = later });
        Assert.Contains(await DataShared.Refused(program, resource, ""), (string?[])["SHR-A05", "SHR-A04"]);
    }

    [Fact]
    public async Task Only_provider_and_authority_change_a_grant_and_others_do_not_see_it()
    {
        var resource = await Town.Register(Conditional);
        var number = await Town.Grant(Town.Terms(resource));
        var suspend = GrantAct.Find("suspend")!;
        foreach (var (who, code) in new (Caller, string)[]
        {
            (Town.Staff("market-regulation"), "SHR-D01"),
            (Town.Staff("health"), "SHR-D02"),
            (Town.Staff("police", Roles.Clerk), "SHR-D01"),
            (Town.Staff("police", Roles.SystemAdministrator), "SHR-D01"),
            (Caller.Anonymous, "SHR-D01"),
        })
        {
            Assert.Equal(code, (await Town.Grants.Change(who, number, suspend, "试试", null, null, Cancel)).Refusals[0].Code);
        }

        Assert.Null(await Town.Grants.Get(Town.Staff("market-regulation"), number, Cancel));
        var provider = Town.Staff("police");
        Assert.Equal(["SHR-D04"], (await Town.Grants.Change(provider, number, suspend, " ", null, null, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.Equal(["REG-W03"], (await Town.Grants.Change(provider, number, suspend, "核对", 7, null, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.Contains((await Town.Grants.List(Town.Staff("health"), null, Cancel)).Grants, grant => grant.Number == number);
        Assert.DoesNotContain((await Town.Grants.List(Town.Staff("market-regulation"), null, Cancel)).Grants, grant => grant.Number == number);
    }

    [Fact]
    public async Task Of_several_grants_the_caller_names_one_and_a_used_up_rate_waits()
    {
        var resource = await Town.Register(Conditional);
        var first = await Town.Grant(Town.Terms(resource));
        var second = await Town.Grant(Town.Terms(resource) with { Fields = ["address"], Clear = [], Condition = "", Rate = 1 });
        using var program = await Town.Program("health");
        Assert.Equal("SHR-A07", await DataShared.Refused(program, resource, ""));
        program.DefaultRequestHeaders.Add("Shali-Grant", first);
        Assert.Equal(2, Returned(await DataShared.Json(program, $"/api/collections/{resource.Address}/items")));
        using var other = await Town.Program("health");
        other.DefaultRequestHeaders.Add("Shali-Grant", second);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await other.GetAsync(new Uri($"/api/collections/{resource.Address}/items", UriKind.Relative), Cancel);
            answers.Add(answer.StatusCode);
        }

        // A minute may end between two of them, not between all three.
        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        using var strange = await Town.Program("health");
        strange.DefaultRequestHeaders.Add("Shali-Grant", "2900000000000001");
        Assert.Equal("SHR-A01", await DataShared.Refused(strange, resource, ""));
    }

    [Fact]
    public async Task A_feed_follows_the_condition_and_ends_with_the_grant_while_somebody_waits()
    {
        var resource = await Town.Register(Conditional);

        // More than a scope can say: the database judges.
        var number = await Town.Grant(Town.Terms(resource) with { Ways = [GrantWay.Feed, GrantWay.File], Condition = "address LIKE '%街2%' OR area BETWEEN 100 AND 200" });
        using var program = await Town.Program("health");
        Assert.Equal("SHR-A06", await DataShared.Refused(program, resource, ""));
        var page = await DataShared.Json(program, $"/api/collections/{resource.Address}/changes?wait=20");
        var change = Assert.Single(page.GetProperty("changes").EnumerateArray());
        Assert.Equal(["owner_name", "district"], change.GetProperty("feature").GetProperty("properties").EnumerateObject().Select(one => one.Name));
        var key = change.GetProperty("key").GetString()!;
        Assert.True((await city.Store.Write(
            new Act(Caller.Platform("test"), "test"), [new Change.Update(resource, key, null, new Dictionary<string, object?> { ["address"] = "别处" })], Cancel)).Ok);
        var after = page.GetProperty("next").GetString();
        page = await DataShared.Json(program, $"/api/collections/{resource.Address}/changes?wait=20&after={after}");
        Assert.Equal("delete", Assert.Single(page.GetProperty("changes").EnumerateArray()).GetProperty("op").GetString());

        var waiting = DataShared.Refused(program, resource, $"?wait=30&after={page.GetProperty("next").GetString()}", "changes");
        await Change(Town.Staff("police"), number, "revoke");
        Assert.Equal("SHR-A04", await waiting);
        Assert.Equal("SHR-A04", await DataShared.Refused(program, resource, "?f=csv"));
    }

    private static int Returned(System.Text.Json.JsonElement page) => page.GetProperty("numberReturned").GetInt32();

    private async Task Change(Caller who, string number, string act)
    {
        var done = await Town.Grants.Change(who, number, GrantAct.Find(act)!, "核对用途", null, null, Cancel);
        Assert.True(done.Ok, done.Refusals.ToString());
    }
}
