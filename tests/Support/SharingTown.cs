using System.Net.Http.Headers;
using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Support;

/// <summary>A register of the police that the health commission wants to read, and the people of the three offices.</summary>
internal sealed class SharingTown(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public GrantDesk Grants => city.Service<GrantDesk>();

    /// <summary>A register of its own for each test, with three rows: two of the district 411102, one of 411103.</summary>
    public async Task<ResourceDefinition> Register(Sharing sharing, string? key = null, string? subject = "person")
    {
        await IdentityPeople.Offices(city);
        var published = await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = $"shr-{Guid.NewGuid().ToString("N")[..12]}/housing",
                Name = "房屋登记",
                Clause = "S06",
                Owner = "police",
                Sharing = sharing,
                Subject = subject,
                Key = key,
                Fields =
                [
                    new() { Name = "person", Label = "人口主键", Type = FieldTypes.Text },
                    new() { Name = "owner_name", Label = "权利人", Type = FieldTypes.Text, Mask = MaskShape.Name, Grade = Grade.Sensitive },
                    new() { Name = "district", Label = "所在区", Type = FieldTypes.Text, Indexed = true },
                    new() { Name = "address", Label = "坐落", Type = FieldTypes.Text },
                    new() { Name = "area", Label = "面积", Type = FieldTypes.Decimal },
                    new() { Name = "price", Label = "价格", Type = FieldTypes.Decimal },
                ],
            },
            Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());
        await Write(published.Value, ("p1", "欧阳测试", "411102", "某街1号"), ("p2", "司马测试", "411102", "某街2号"), ("p3", "诸葛测试", "411103", "他街3号"));
        return published.Value;
    }

    public async Task<IReadOnlyList<string>> Write(ResourceDefinition resource, params (string Person, string Name, string District, string Address)[] rows)
    {
        var written = await city.Store.Write(
            new Act(Caller.Platform("test"), "test"),
            [
                .. rows.Select(row => new Change.Insert(resource, "", new Dictionary<string, object?>
                {
                    ["person"] = row.Person, ["owner_name"] = row.Name, ["district"] = row.District, ["address"] = row.Address, ["area"] = 88.5m, ["price"] = 500_000m,
                })),
            ],
            Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
        return [.. written.Value.Records.Select(record => record.Key)];
    }

    /// <summary>An office that nobody knew before: its heads are found as they are.</summary>
    public async Task<string> Office()
    {
        await IdentityPeople.Offices(city);
        var code = "shr-" + Guid.NewGuid().ToString("N")[..10];
        var offices = city.Service<Offices>();
        await offices.Save(
            new Act(Caller.Platform("test"), "identity.office.save"),
            [new(code, "测试" + code, code, "department", "city", "4111", new DateOnly(2000, 1, 1), null)]);
        await offices.Reload(Cancel);
        return code;
    }

    /// <summary>What the health commission needs: names in clear and districts, of one district, for a year.</summary>
    public GrantTerms Terms(ResourceDefinition resource, string consumer = "health")
    {
        var today = city.Service<TimeProvider>().Today();
        return new(resource.Id, consumer)
        {
            Fields = ["owner_name", "district"],
            Clear = ["owner_name"],
            Condition = "district = '411102'",
            Scene = "核定家庭医生签约服务的住房情况",
            Basis = "基本医疗卫生与健康促进法第三十一条",
            Ways = [GrantWay.Query],
            Rate = 600,
            Begins = today,
            Ends = today.AddYears(1),
        };
    }

    /// <summary>The number of a grant with these terms, made without its case.</summary>
    public async Task<string> Grant(GrantTerms terms)
    {
        var number = "29" + Random.Shared.NextInt64(10_000_000_000_000, 99_999_999_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var written = await city.Store.Write(
            new Act(Caller.Platform("test"), "test"), GrantResources.Grant.Schema, session => Grants.Make(session, Caller.Platform("test"), number, terms, Cancel), Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
        await city.Service<Revocations>().Read(Cancel);
        return number;
    }

    /// <summary>A program of the office with a token.</summary>
    public async Task<HttpClient> Program(string office, params string[] scopes)
    {
        var http = city.NewClient();
        var token = await IdentityPeople.Token(city, await IdentityPeople.Client(city, office, scopes.Length == 0 ? [TokenScopes.Read] : scopes));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    public Caller Staff(string office, string role = Roles.Head) => new DisclosureTown(city).Staff(role, office);

    /// <summary>The number of a request that waits for the provider's answer.</summary>
    public async Task<string> Asked(GrantTerms terms)
    {
        var opened = await city.Service<RequestDesk>().Open(Staff(terms.Consumer, Roles.Clerk), terms, null, Cancel);
        Assert.True(opened.Ok, opened.Refusals.ToString());
        await Take(Staff(terms.Consumer), opened.Value, new("approve"));
        await Take(Staff("data", Roles.Clerk), opened.Value, new("pass-on"));
        return opened.Value;
    }

    public async Task Take(Caller who, string number, StepRequest step)
    {
        var taken = await city.Service<CaseDesk>().Take(who, number, step, null, Cancel);
        Assert.True(taken.Ok, $"{step.Step}: {taken.Refusals}");
    }

    /// <summary>For those who walk over all pages: something at each stage of sharing.</summary>
    public async Task<SharedThings> Walk()
    {
        var resource = await Register(Sharing.Conditional("限履行职责时使用"));
        var opened = await city.Service<RequestDesk>().Open(Staff("market-regulation", Roles.Clerk), Terms(resource, "market-regulation"), null, Cancel);
        Assert.True(opened.Ok, opened.Refusals.ToString());
        await Take(Staff("market-regulation"), opened.Value, new("approve"));
        await Take(Staff("data", Roles.Clerk), opened.Value, new("ask-correction") { Opinion = "请写明由哪个科室使用。" });
        var granted = await Asked(Terms(resource, "market-regulation") with { Ways = [GrantWay.Query, GrantWay.Push] });
        await Take(Staff("police"), granted, new("agree"));
        var refused = await Asked(Terms(resource, "market-regulation"));
        await Take(Staff("police"), refused, new("refuse") { Reason = "与职责无关", Basis = "个人信息保护法第六条" });
        return new(resource, opened.Value, granted, refused, await Checked());
    }

    /// <summary>A register with a row that lacks its name, measured.</summary>
    private async Task<ResourceDefinition> Checked()
    {
        var published = await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = $"shr-{Guid.NewGuid().ToString("N")[..12]}/checked",
                Name = "受检登记",
                Clause = "S06",
                Owner = "police",
                Sharing = Sharing.Unconditional,
                Fields = [new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true }],
            },
            Caller.Platform("test"), Cancel);
        var table = Sql.Name(published.Value.Schema, published.Value.Table);
        await city.Db.Run(Sql.Of($"insert into {table} (_key, _version, _act, _at, name) values ('0001', 1, 0, now(), '')"), Cancel);
        Assert.NotNull(await city.Service<Platform.DataQuality.Measuring>().Run(published.Value, Cancel));
        return published.Value;
    }
}

/// <summary>What there is to be seen of sharing.</summary>
/// <param name="Correcting">A request that is to be put right.</param>
/// <param name="Granted">A request with its grant, which may be pushed.</param>
/// <param name="Refused">A request that may be disputed.</param>
/// <param name="Checked">A register with a bad row.</param>
internal sealed record SharedThings(ResourceDefinition Resource, string Correcting, string Granted, string Refused, ResourceDefinition Checked);
