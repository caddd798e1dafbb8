using Shali.Centres.DataCentre.D1Population;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Systems of the city read one another by the grants of their title pages, and by nothing else.</summary>
public sealed class SystemsShare(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    private GovernedReader Reader => city.Service<GovernedReader>();

    [Fact]
    public async Task Every_line_of_a_title_page_is_a_grant_with_its_law_that_offices_can_see()
    {
        var reads = city.Service<IReadOnlyList<CitySystem>>().SelectMany(system => system.Reads.Select(read => (System: system, Read: read))).ToList();
        Assert.NotEmpty(reads);
        Assert.Equal(reads.Count, reads.Select(one => DefaultGrants.NumberOf(one.Read)).Distinct().Count());
        foreach (var (system, read) in reads)
        {
            var (grant, _, sight) = (await Town.Grants.Get(Town.Staff("data"), DefaultGrants.NumberOf(read), Cancel))!.Value;
            Assert.Equal((GrantSight.Authority, system.Owner, read.Basis.ToString(), read.Resource), (sight, grant.Consumer, grant.Basis, grant.Resource));
            Assert.Equal(read.Fields, grant.FieldNames);
            var caller = Caller.OfSystem(read.System, Caller.Platform("test"));
            Assert.Equal(grant.Number, Reader.AccessOf(caller, city.Registry.Find(read.Resource)!)!.Grant!.Grant.Number);
        }
    }

    [Fact]
    public async Task A_system_without_a_grant_reads_nothing_and_one_with_it_no_further_field()
    {
        var person = Definition.Of<Person>();
        var nobody = Caller.OfSystem("traffic", Caller.Platform("test"));
        Assert.Null(Reader.AccessOf(nobody, person));
        Assert.Equal("SHR-A11", Assert.Single(Reader.Check(new ReadRequest(nobody, person))).Code);
        await Assert.ThrowsAsync<GrantEndedException>(() => Reader.Get(new ReadRequest(nobody, person), "p", null, Cancel));

        var firms = Caller.OfSystem("legal-entities", Caller.Platform("test") with { Office = "market-regulation" });
        Assert.Null(await Reader.Get(new ReadRequest(firms, person) { Fields = ["name"] }, "nobody", null, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Reader.Get(new ReadRequest(firms, person) { Fields = ["name", "registered_address"] }, "p", null, Cancel));

        // What is its own it reads by its own right; what is open needs no grant.
        Assert.Null(Reader.AccessOf(firms, city.Registry.Find("legal-entities/entity")!)!.Grant);
        Assert.True(Reader.AccessOf(nobody, city.Registry.Find("legal-entities/entity")!)!.Public);
    }

    [Fact]
    public async Task The_authority_suspends_it_as_any_other_grant_and_the_read_record_names_it()
    {
        var resource = await Town.Register(Sharing.Conditional("限履行职责时使用"));
        var key = (await Town.Write(resource, ("ps-" + Guid.NewGuid().ToString("N")[..8], "闻人测试", "411102", "某街9号")))[0];
        var system = "s" + Guid.NewGuid().ToString("N")[..8];
        var read = new SystemRead(system, resource.Id, ["person", "owner_name"], "核验", new Basis("某法", "第一条"));
        var seed = new DefaultGrants(city.Store, city.Reader, city.Registry, [new Reading(read)]);
        await seed.Seed(Cancel);
        await city.Service<GrantBook>().Reload(Cancel);
        var caller = Caller.OfSystem(system, Caller.Platform("test") with { Office = "health", OfficeName = "卫健委" });
        var shown = (await Reader.Get(new ReadRequest(caller, resource, "核验") { Fields = ["owner_name"] }, key, null, Cancel))!;
        Assert.Equal("闻人测试", shown.Values[1]);
        Assert.Equal(
            (DefaultGrants.NumberOf(read), "health", "owner_name!"),
            await city.Db.One(
                $"""
                select body ->> 'grant', body -> 'who' ->> 'office', body -> 'fields' ->> 0
                from (select convert_from(body, 'UTF8')::json as body from audit.record where resource = {resource.Id} and kind = 'record.read') as r
                """,
                row => (row.GetString(0), row.GetString(1), row.GetString(2)), Cancel));

        Assert.True((await Town.Grants.Change(Town.Staff("data"), DefaultGrants.NumberOf(read), GrantAct.Find("suspend")!, "核对范围", null, null, Cancel)).Ok);
        Assert.Null(Reader.AccessOf(caller, resource));
        Assert.Equal("SHR-A03", Assert.Single(Reader.Check(new ReadRequest(caller, resource))).Code);

        // The next start changes what the title page says, not what the authority said.
        await new DefaultGrants(city.Store, city.Reader, city.Registry, [new Reading(read with { Fields = ["owner_name"] })]).Seed(Cancel);
        var (grant, _, _) = (await Town.Grants.Get(Town.Staff("data"), DefaultGrants.NumberOf(read), Cancel))!.Value;
        Assert.Equal((GrantState.Suspended, "owner_name"), (grant.State, grant.Fields));
        Assert.Equal("SHR-D01", Assert.Single((await Town.Grants.Finish(Town.Staff("data"), grant.Number, "none", "x", null, null, Cancel)).Refusals).Code);
    }

    private sealed class Reading(SystemRead read) : CitySystem
    {
        public override string Clause => "S99";

        public override string Name => "测试系统";

        public override string Owner => "health";

        public override IReadOnlyList<SystemRead> Reads => [read];
    }
}
