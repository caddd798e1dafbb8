using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Shali.Centres.Demo;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Government.S05Enterprises.Demo;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Tests.Support;
using Registration = Shali.Government.S05Enterprises.Authorities.Registration;

namespace Shali.Tests.Stories;

/// <summary>What departments say of firms is compared; what contradicts itself is sent to the office whose word it is, until the data agree.</summary>
public sealed class EnterprisesCompared(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EnterpriseTown Town => new(city);

    [Fact]
    public async Task All_that_was_put_in_is_found_and_nothing_else()
    {
        var today = Town.Today;
        var mark = Guid.NewGuid().ToString("N")[..8];
        var dead = Enumerable.Range(0, 8).Select(i => (Name: "故" + mark + i, Number: Number(i))).ToList();
        await Bury(dead, today);
        var firms = Firms(1_400, today).ToList();
        var truth = await city.Service<DepartmentSeed>().Write(firms.ToAsyncEnumerable(), 11, 4, dead, Cancel);
        Assert.Empty(ContradictionRules.All.Select(rule => rule.Code).Except(truth.Select(one => one.Rule)));
        Assert.NotNull(await Town.Comparison.Whole(null, Cancel));

        var own = firms.Select(firm => firm.Organisation).ToArray();
        var found = (await city.Db.List(
            $"select code from enterprises.contradiction where state = 'open' and organisation = any({own})", row => row.GetString(0), Cancel)).ToHashSet(StringComparer.Ordinal);
        var wanted = truth.Select(one => one.Code).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(found.Except(wanted));
        var all = (await city.Db.List($"select code from enterprises.contradiction where state = 'open'", row => row.GetString(0), Cancel)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(wanted.Except(all));

        // The second night finds the same and writes nothing about these firms.
        var written = await Written(wanted);
        await Town.Comparison.Whole(null, Cancel);
        Assert.Equal(written, await Written(wanted));

        // What one node has compared tonight another does not compare again.
        Assert.Null(await Town.Comparison.Whole(city.Service<TimeProvider>().GetUtcNow().AddHours(-1), Cancel));
    }

    private Task<long> Written(IEnumerable<string> codes) => city.Db.Scalar<long>(
        $"select count(*) from enterprises.journal j join enterprises.act a on a.id = j.act where a.kind = 'enterprises.compare' and j.key = any({codes.ToArray()})", Cancel);

    [Fact]
    public async Task A_contradiction_goes_to_its_office_and_ends_when_the_source_is_put_right_and_comes_back_with_it()
    {
        await Town.Offices();
        var organisation = EnterpriseTown.Organisation();
        var firm = Town.Firm(organisation);
        await Town.Put(firm);
        await Town.Put(Town.Taxpayer(firm) with { Name = "从前的名称" });
        await Town.Compare();
        Assert.Equal(["S05-C15"], await Town.Open(organisation));
        var (found, of) = await Town.Case("S05-C15", organisation);
        Assert.Equal(("tax", "tax", ContradictionType.Verifying), (found.Office, of.Office, of.Stage));
        Assert.Equal($"登记的名称是“{firm.Name}”，税务登记的名称是“从前的名称”。", found.Statement);

        // The office may not say by itself that it is gone.
        var clerk = Town.Staff("tax");
        await Town.Take(clerk, of.Number, new("put-right") { Opinion = "已在征管系统中变更。" });
        Assert.Equal(ContradictionType.Awaiting, (await Town.Case("S05-C15", organisation)).Case.Stage);
        Assert.False((await city.Service<CaseDesk>().Take(clerk, of.Number, new("gone") { Opinion = "没有了" }, null, Cancel)).Ok);

        // Days later the data still say otherwise: it is the office's again.
        var later = new SetTime(city.Service<TimeProvider>().GetUtcNow().AddDays(4));
        await new ContradictionCases(city.Db, city.Service<CaseDesk>(), city.Store, city.Service<Offices>(), later).Run(Cancel);
        Assert.Equal(ContradictionType.Verifying, (await Town.Case("S05-C15", organisation)).Case.Stage);
        await Town.Take(clerk, of.Number, new("put-right") { Opinion = "这次确实变更了。" });

        await Town.Change<Taxpayer>(firm.CreditCode, "name", firm.Name);
        await Town.Compare();
        var (closed, ended) = await Town.Case("S05-C15", organisation);
        Assert.Equal((ContradictionState.Closed, true, CaseState.Ended, "closed"), (closed.State, closed.CaseEnded, ended.State, ended.Result));

        // The registrar writes a new name: the tax office's is old again, and that is a case of its own.
        await Town.Change<Registration>(firm.CreditCode, "name", firm.Name + "集团");
        await Town.Compare();
        var (again, second) = await Town.Case("S05-C15", organisation);
        Assert.Equal((ContradictionState.Open, 1, ContradictionType.Verifying), (again.State, again.Returned, second.Stage));
        Assert.NotEqual(of.Number, second.Number);
    }

    [Fact]
    public async Task What_an_office_explained_stands_until_the_values_change()
    {
        await Town.Offices();
        var phone = "138" + Random.Shared.Next(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        var named = await Town.Named(phone);
        Registration Sharing() => Town.Firm(EnterpriseTown.Organisation()) with { Phone = phone, EstablishedOn = Town.Today };
        await Town.Put<Registration>([.. Enumerable.Range(0, ContradictionRules.SharedMost).Select(_ => Sharing())]);
        await Town.Compare();
        Assert.Null(await Town.Find("S05-C06", named));

        await Town.Put(Sharing());
        await Town.Compare();
        var (found, of) = await Town.Case("S05-C06", named);
        Assert.Equal("21家存续的市场主体登记了同一个联系电话。", found.Statement);
        await Town.Take(Town.Staff("market-regulation"), of.Number, new("explain") { Reason = "由同一代理机构办理的集群注册。" });
        await Town.Take(Town.Staff("data", Roles.Head), of.Number, new("accept") { Opinion = "同意。" });
        while ((await Town.Find("S05-C06", named))!.State != ContradictionState.Explained)
        {
            await city.Service<FollowUpRun>().Run(Cancel);
        }

        await Town.Comparison.Whole(null, Cancel);
        Assert.Equal(ContradictionState.Explained, (await Town.Find("S05-C06", named))!.State);

        await Town.Put(Sharing());
        await Town.Compare();
        var (again, second) = await Town.Case("S05-C06", named);
        Assert.Equal((ContradictionState.Open, 1), (again.State, again.Returned));
        Assert.NotEqual(of.Number, second.Number);
    }

    [Fact]
    public async Task What_changed_is_compared_alone_and_a_row_that_moves_to_another_firm_concerns_both()
    {
        var (one, other) = (EnterpriseTown.Organisation(), EnterpriseTown.Organisation());
        var (first, second) = (Town.Firm(one), Town.Firm(other));

        // From here on changes are few, and this night is over: nothing but the calls below compares all firms.
        await Town.Comparison.Whole(null, Cancel);
        await Town.Put(first, second);
        await Town.Put(Town.Taxpayer(first), Town.Taxpayer(second) with { Representative = "某乙" });
        await Town.Put(Permit(first, "无人登记的厂区" + one));
        await Town.Compare();
        Assert.Equal(["S05-C16"], await Town.Open(other));

        // Whether a place is registered anywhere needs all rows and waits for the night.
        Assert.Empty(await Town.Open(one));
        await Town.Comparison.Whole(null, Cancel);
        Assert.Equal(["S05-C05"], await Town.Open(one));

        // The unit of insurance is entered under a number that nobody knows, then under the first firm's, which has ended.
        var number = "8" + Random.Shared.Next(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        await Town.Put(new InsuredUnit { UnitNumber = number, Name = "某单位", State = "1", Insured = 7, RegisteredOn = new DateOnly(2017, 1, 1) });
        await Town.Compare();
        Assert.Equal(ContradictionState.Open, (await Town.Find("S05-C17", "i:" + number))!.State);
        await Town.Change<InsuredUnit>(number, "credit_code", first.CreditCode);
        await Town.Change<Registration>(first.CreditCode, "state", "4");
        await Town.Change<Taxpayer>(first.CreditCode, "state", "07");
        await Town.Compare();
        Assert.Equal(ContradictionState.Closed, (await Town.Find("S05-C17", "i:" + number))!.State);
        Assert.Equal(["S05-C03", "S05-C05", "S05-C18"], await Town.Open(one));
        Assert.Equal(["S05-C16"], await Town.Open(other));

        await Town.Change<InsuredUnit>(number, "credit_code", second.CreditCode);
        await Town.Compare();
        Assert.Equal(["S05-C05", "S05-C18"], await Town.Open(one));
    }

    [Fact]
    public async Task Whatever_changes_comparing_the_changed_firms_finds_what_comparing_all_finds()
    {
        const int Firms = 48, Rounds = 6, Edits = 30;
        var dice = new Random(17);
        string Digits() => Random.Shared.Next(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        string[] phones = ["136" + Digits(), "135" + Digits()];
        string[] people = [.. Enumerable.Range(0, 2).Select(_ => Number(dice.Next(9)))];
        T Any<T>(params T[] some) => some[dice.Next(some.Length)];
        var firms = Enumerable.Range(0, Firms).Select(_ => Town.Firm(EnterpriseTown.Organisation()) with { Phone = Any(phones), RepresentativeNumber = people[0] }).ToList();
        firms = [.. firms.Select((firm, i) => i % 8 == 7 ? firm with { Type = "branch", ParentCode = firms[i - 1].CreditCode } : firm)];
        await Town.Put<Registration>([.. firms]);
        await Town.Put<Taxpayer>([.. firms.Select(Town.Taxpayer)]);
        var units = firms.Take(12).Select(firm => new InsuredUnit { UnitNumber = "7" + Digits(), CreditCode = firm.CreditCode, Name = firm.Name, State = "1", Insured = 3, RegisteredOn = new DateOnly(2018, 1, 1) }).ToList();
        await Town.Put<InsuredUnit>([.. units]);
        string[] codes = [.. firms.Select(firm => firm.CreditCode)];
        string[] organisations = [.. codes.Select(code => code[8..17])];
        string[] groups =
        [
            .. await city.Db.List(
                $"select rule || substr(md5(salt || n), 1, 16) from enterprises.comparison, (select 'S05-C06:' as rule, '+86' || unnest({phones}) as n union all select 'S05-C09:', unnest({people})) as shared",
                row => row.GetString(0), Cancel),
        ];
        var night = ContradictionRules.All.Where(rule => rule.WholeOnly).Select(rule => rule.Code).ToHashSet();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Edits; i++)
            {
                var code = Any(codes);
                await (dice.Next(8) switch
                {
                    0 or 1 or 2 => Town.Change<Registration>(code, "state", Any("1", "1", "2", "2", "2", "4")),
                    3 => Town.Change<Registration>(code, "phone", Any(phones[0], phones[0], phones[1], null)),
                    4 => Town.Change<Registration>(code, "representative_number", Any(people[0], people[0], people[1])),
                    5 => Town.Change<Taxpayer>(code, "state", Any("03", "03", "05", "07")),
                    6 => Town.Change<Taxpayer>(code, "name", Any("改名" + round, firms.First(firm => firm.CreditCode == code).Name)),
                    _ => Town.Change<InsuredUnit>(Any(units.ToArray()).UnitNumber, "credit_code", Any(code, "91411197MAXXXXXX00")),
                });
            }

            if (round == 2)
            {
                // What chance may not bring about: a firm that ends with a branch and with insured staff, and one person's many revoked firms.
                await Town.Change<Registration>(codes[6], "state", "4");
                await Town.Change<Registration>(codes[7], "state", "1");
                await Town.Change<InsuredUnit>(units[0].UnitNumber, "credit_code", codes[6]);
                foreach (var code in codes[8..(9 + ContradictionRules.RevokedMost)])
                {
                    await Town.Change<Registration>(code, "state", "2");
                    await Town.Change<Registration>(code, "representative_number", people[0]);
                }
            }

            await Town.Compare();
            seen.UnionWith(await city.Db.List($"select rule from enterprises.contradiction where state = 'open' and (organisation = any({organisations}) or code = any({groups}))", row => row.GetString(0), Cancel));
            var act = await city.Db.Scalar<long>($"select max(id) from enterprises.act", Cancel);
            await Town.Comparison.Whole(null, Cancel);
            var late = await city.Db.List(
                $"""
                select distinct c.code from enterprises.act a join enterprises.journal j on j.act = a.id join enterprises.contradiction c on c.code = j.key
                where a.id > {act} and a.kind = 'enterprises.compare' and (c.organisation = any({organisations}) or c.code = any({groups}))
                """,
                row => row.GetString(0), Cancel);
            Assert.Empty(late.Where(one => !night.Contains(one.Split(':')[0])).Select(one => $"{round}: {one}"));
        }

        Assert.Empty(new[] { "S05-C01", "S05-C03", "S05-C06", "S05-C09", "S05-C13", "S05-C14", "S05-C15" }.Except(seen));
    }

    [Fact]
    public async Task A_page_shows_the_departments_side_by_side_and_hides_what_the_reader_may_not_see()
    {
        var (organisation, contradiction, shared) = await Town.Walk();
        using var registrar = await Town.Browser("market-regulation");
        using var land = await Town.Browser("natural-resources");
        using var health = await Town.Browser("health");
        Assert.Equal(HttpStatusCode.OK, (await registrar.Get($"/enterprises/firms/{organisation}/authorities")).StatusCode);
        Assert.Contains("测试食品旧名", registrar.Page, StringComparison.Ordinal);
        Assert.Contains("与数源部门不同", registrar.Page, StringComparison.Ordinal);
        Assert.Contains("与数源部门不一致的信息项：名称", registrar.Page, StringComparison.Ordinal);
        Assert.Contains("统一社会信用代码 <code>9", registrar.Page, StringComparison.Ordinal);
        Assert.Contains("企业用地登记库，1条", registrar.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("1,200", registrar.Page, StringComparison.Ordinal);

        // Sales are masked for everybody but the tax office, and stand on no page in clear.
        Assert.DoesNotContain("5,000,000", registrar.Page, StringComparison.Ordinal);
        await land.Get($"/enterprises/firms/{organisation}/authorities");
        Assert.Contains("1,200", land.Page, StringComparison.Ordinal);

        await registrar.Get($"/enterprises/firms/{organisation}");
        Assert.Contains("办理税务登记", registrar.Page, StringComparison.Ordinal);
        Assert.Contains("发现矛盾：税务登记的名称与登记名称不一致", registrar.Page, StringComparison.Ordinal);
        await land.Get($"/enterprises/firms/{organisation}");
        Assert.DoesNotContain("发现矛盾", land.Page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await registrar.Get($"/enterprises/contradictions/{Uri.EscapeDataString(shared)}")).StatusCode);
        Assert.Equal(22, registrar.Page.Split("/authorities\"").Length);
        Assert.DoesNotMatch("1[0-9]{10}", Regex.Replace(registrar.Page, "办件[0-9]{16}|/[0-9]{16}|>[0-9]{16}<", ""));
        Assert.Equal(HttpStatusCode.NotFound, (await land.Get($"/enterprises/contradictions/{Uri.EscapeDataString(contradiction)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await health.Get($"/enterprises/contradictions/{Uri.EscapeDataString(shared)}")).StatusCode);
        await health.Get("/enterprises/contradictions?state=all");
        Assert.DoesNotContain(organisation, health.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await health.Post("/enterprises/contradictions/compare")).StatusCode);
        foreach (var address in new[] { "/enterprises", $"/enterprises?q={organisation}", "/enterprises/offices", "/enterprises/contradictions?rule=x&after=%00&office=tax", $"/enterprises/firms/{organisation}/owners" })
        {
            Assert.Equal((address, HttpStatusCode.OK), (address, (await registrar.Get(address)).StatusCode));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await registrar.Get("/enterprises/firms/MAX000000")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await registrar.Get("/enterprises/firms/x")).StatusCode);
        using var visitor = city.NewClient();
        Assert.NotEqual(HttpStatusCode.OK, (await visitor.GetAsync(new Uri($"/enterprises/firms/{organisation}", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public void Bands_are_those_of_a_score()
    {
        Assert.Equal(
            [StandingBand.Red, StandingBand.Orange, StandingBand.Yellow, StandingBand.Green, null],
            new[] { 10, 5, 2, 1, 0 }.Select((open, i) => new OfficeStanding("x", i == 4 ? 0 : 100, open, 0, 0, null).Band));
    }

    private static PollutantPermit Permit(Registration firm, string site) => new()
    {
        PermitNumber = firm.CreditCode + "001V",
        HolderCode = firm.CreditCode,
        HolderName = firm.Name,
        SiteAddress = site,
        ManagementClass = "simple",
        IssuedOn = new DateOnly(2020, 1, 1),
        State = "1",
    };

    private async Task Bury(List<(string Name, string Number)> dead, DateOnly today)
    {
        var resource = city.Registry.Find("population/person")!;
        var row = new RowMap(resource, "citizen_number", "name", "sex", "birth_date", "death_date", "registration_kind", "state");
        var batch = new RecordBatch(resource, [.. dead.Select(one => ("dead-" + Guid.NewGuid().ToString("N"), row.Row(one.Number, one.Name, "1", new DateOnly(1950, 1, 1), today.AddDays(-9), "family", "dead")))]);
        await city.Db.InTransaction(session => RecordCopy.Insert(session, resource.Schema, new Act(Caller.Platform("test"), "test"), [RecordCopy.Prepare(batch)], TimeProvider.System, Cancel), Cancel);
    }

    private static string Number(int i)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"41119719500101{Random.Shared.Next(100, 999)}")[..16] + i;
        return body + CheckDigits.Mod112(body);
    }

    private static IEnumerable<DepartmentFirm> Firms(int count, DateOnly today)
    {
        var dice = new Random(3);
        var parent = "";
        for (var i = 0; i < count; i++)
        {
            var organisation = EnterpriseTown.Organisation();
            var branch = parent.Length > 0 && i % 10 == 0;
            var (type, credit) = (branch ? "branch" : i % 3 == 0 ? "sole-trader" : "company", EnterpriseTown.Credit(organisation));
            var state = branch ? "1" : (i % 7) switch { 0 => "2", 1 or 2 => "4", _ => "1" };
            parent = type == "company" && state == "1" ? credit : parent;
            yield return new DepartmentFirm(organisation, credit, "比对企业" + organisation, type, state, today.AddDays(-dice.Next(100, 5_000)))
            {
                OldNumber = i % 4 == 0 ? "4111" + organisation[3..8] + organisation[8] + "00000" : null,
                Representative = "某" + organisation,
                RepresentativeNumber = "41119819" + Random.Shared.NextInt64(1_000_000_000, 9_999_999_999).ToString(CultureInfo.InvariantCulture),
                Capital = dice.Next(10, 500),
                Industry = i % 2 == 0 ? "14" : "52",
                Address = "比对区" + organisation + "号",
                Phone = "137" + Random.Shared.Next(100_000_000).ToString("D8", CultureInfo.InvariantCulture),
                ParentCode = branch ? parent : null,
                Insured = type == "company" && state == "1" && i % 2 == 0 ? dice.Next(1, 40) : 0,
            };
        }
    }
}
