using System.Net;
using System.Text.Json;
using Shali.Platform.Audit;
using Shali.Platform.Audit.Merkle;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What residents, offices, the audit administrator and the public see of the log.</summary>
public sealed partial class AuditDoors(City city)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resident_sees_who_read_about_him_objects_and_sees_the_answer()
    {
        var resident = await IdentityPeople.Person(city);
        var index = await Read(resident.Login);
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(resident.Login, resident.Password);

        await browser.Get("/me/access");
        foreach (var said in new[] { "测试市公安局", "王芳（经办人员）", "核实身份", "查看未遮盖的原文", "查阅异议", "异议理由", "看到原文" })
        {
            Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        }

        var form = $"/me/access/{index}/objection";
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(form)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post(form, ("reason", " "))).StatusCode);
        Assert.Contains("请写明异议的理由", browser.Page, StringComparison.Ordinal);
        var done = await browser.Post(form, ("why", "我没有在该单位办理过业务"), ("reason", "没有办理过业务"));
        Assert.Equal("/me/access/objections?done=1", done.Headers.Location?.OriginalString);
        await browser.Get("/me/access/objections?done=1");
        Assert.Contains("我没有在该单位办理过业务。没有办理过业务", browser.Page, StringComparison.Ordinal);
        Assert.Contains("前答复", browser.Page, StringComparison.Ordinal);
        await browser.Get(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post(form, ("reason", "再来一次"))).StatusCode);

        await Answer("没有办理过业务", "办理户口迁移时核对身份。");
        await browser.Get("/me/access");
        Assert.Contains("办理户口迁移时核对身份。", browser.Page, StringComparison.Ordinal);
        Assert.Contains("已答复", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_records_of_one_errand_are_shown_as_one_and_pages_follow_on()
    {
        var resident = await IdentityPeople.Person(city);
        for (var i = 0; i < 12; i++)
        {
            await Seen(resident.Login, "health", "陈看病");
        }

        await Seen(resident.Login, "health", "陈看病", "export");
        for (var i = 0; i < 20; i++)
        {
            await Seen(resident.Login, "police", $"李户籍{i:D2}");
        }

        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(resident.Login, resident.Password);
        await browser.Get("/me/access");
        Assert.Equal(15, Clerks().Count(browser.Page));
        Assert.DoesNotContain("陈看病", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(">登录</", browser.Page.Split("<main")[1], StringComparison.Ordinal);

        await browser.Get(WebUtility.HtmlDecode(Older().Match(browser.Page).Groups[1].Value));
        Assert.Equal(6, Clerks().Count(browser.Page));
        Assert.Equal(2, browser.Page.Split("陈看病").Length);
        foreach (var said in new[] { "测试市卫生健康委员会", "在列表中看到 12 次", "已导出成文件" })
        {
            Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        }

        await browser.Get("/me/access?office=health");
        Assert.Equal(1, Clerks().Count(browser.Page));
        await browser.Get("/me/access?office=own");
        Assert.Contains("登录", browser.Page.Split("<h2>")[1], StringComparison.Ordinal);
        Assert.DoesNotContain("/objection\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_objects_to_what_was_read_about_another()
    {
        var (resident, other) = (await IdentityPeople.Person(city), await IdentityPeople.Person(city));
        var index = await Read(other.Login);
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(resident.Login, resident.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/me/access/{index}/objection")).StatusCode);
        await browser.Get("/me/access");
        Assert.DoesNotContain("核实身份", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?from=2026-13-01", "开始日期应当是一个日期")]
    [InlineData("?from=2026-02-02&to=2026-01-01", "结束日期早于开始日期")]
    [InlineData("?colour=red", "不认识的参数 colour")]
    [InlineData("?before=x", "参数 before")]
    public async Task A_wrong_period_is_refused_in_words(string query, string said)
    {
        var resident = await IdentityPeople.Person(city);
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(resident.Login, resident.Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Get("/me/access" + query)).StatusCode);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_period_holds_only_its_own_days_and_pages_follow_on()
    {
        var resident = await IdentityPeople.Person(city);
        var indexes = new List<long>();
        for (var i = 0; i < 45; i++)
        {
            indexes.Add(await Read(resident.Login));
        }

        var search = city.Service<AuditSearch>();
        var found = new List<long>();
        long? before = null;
        do
        {
            var (lines, next) = await search.Find(
                new AuditQuery { Subject = "person-" + resident.Login, Before = before, Limit = 20 }, Token);
            found.AddRange(lines.Select(line => line.Index));
            before = next;
        }
        while (before is not null);
        Assert.Equal(indexes.OrderDescending(), found);

        var tomorrow = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2);
        var later = await search.Find(new AuditQuery { Subject = "person-" + resident.Login, From = tomorrow }, Token);
        var now = await search.Find(
            new AuditQuery { Subject = "person-" + resident.Login, From = tomorrow.AddDays(-4), To = tomorrow, Kind = "record.reveal" }, Token);
        Assert.Empty(later.Lines);
        Assert.Equal(45, now.Lines.Count);
    }

    [Fact]
    public async Task The_audit_administrator_searches_and_that_is_recorded_too()
    {
        var resident = await IdentityPeople.Person(city);
        await Read(resident.Login);
        var auditor = await IdentityPeople.Person(city, ("city", Roles.AuditAdministrator));
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(auditor.Login, auditor.Password);
        var query = $"?subject=person-{resident.Login}&kind=record.reveal&who=&resource=&from=&to=";
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/admin/audit" + query)).StatusCode);
        Assert.Contains("核实身份", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/admin/audit/export" + query)).StatusCode);
        Assert.Contains("\"record.reveal\"", browser.Page, StringComparison.Ordinal);
        await browser.Get($"/admin/audit?who={auditor.Login}&kind=audit.search");
        Assert.Contains("检索审计日志", browser.Page.Split("<tbody>")[1], StringComparison.Ordinal);

        var (lines, _) = await city.Service<AuditSearch>().Find(new AuditQuery { Subject = "person-" + resident.Login }, Token);
        Assert.Equal(["audit.export", "audit.search", "record.reveal"], lines.Select(line => line.Kind));

        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var other = new IdentityBrowser(city.Address);
        await other.SignIn(clerk.Login, clerk.Password);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Get("/admin/audit")).StatusCode);
    }

    [Fact]
    public async Task Anyone_can_check_a_record_against_the_signed_checkpoint()
    {
        var index = await Read("nobody");
        string note;
        Checkpoint? checkpoint;
        do
        {
            note = await city.Http.GetStringAsync(new Uri("/audit/checkpoint", UriKind.Relative), Token);
            var pem = await city.Http.GetStringAsync(new Uri("/audit/key", UriKind.Relative), Token);
            using var key = CheckpointKey.ForChecking(pem.Split('\n')[0], pem);
            checkpoint = key.Check(SignedNote.Parse(note));
            Assert.NotNull(checkpoint);
        }
        while (checkpoint.Size <= index);

        var inclusion = await Json($"/audit/proof/inclusion?index={index}&size={checkpoint.Size}");
        Assert.True(MerkleProof.VerifyInclusion(
            inclusion.GetProperty("leaf").GetBytesFromBase64(), index, checkpoint.Size, Path(inclusion), checkpoint.Root));

        var from = Math.Max(1, checkpoint.Size / 2);
        var older = await city.Service<LogTree>().Root(from, Token);
        var consistency = await Json($"/audit/proof/consistency?from={from}&to={checkpoint.Size}");
        Assert.True(MerkleProof.VerifyConsistency(from, checkpoint.Size, older, checkpoint.Root, Path(consistency)));
    }

    [Theory]
    [InlineData("/audit/proof/inclusion", 400)]
    [InlineData("/audit/proof/inclusion?index=-1", 400)]
    [InlineData("/audit/proof/inclusion?index=x", 400)]
    [InlineData("/audit/proof/inclusion?index=0&colour=red", 400)]
    [InlineData("/audit/proof/inclusion?index=0&index=1", 400)]
    [InlineData("/audit/proof/inclusion?index=99999999999999", 404)]
    [InlineData("/audit/proof/inclusion?index=99999999999999999999999", 400)]
    [InlineData("/audit/proof/inclusion?index=0&size=99999999999999", 404)]
    [InlineData("/audit/proof/consistency?from=0&to=1", 404)]
    [InlineData("/audit/proof/consistency?from=2&to=1", 404)]
    public async Task A_proof_that_cannot_be_is_refused_with_a_code(string address, int status)
    {
        await Read("nobody");
        using var answer = await city.Http.GetAsync(new Uri(address, UriKind.Relative), Token);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("AUD-P0", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private async Task Answer(string reason, string answer)
    {
        var head = await IdentityPeople.Person(city, ("police", Roles.Head));
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(head.Login, head.Password);
        await browser.Get("/desk/objections");
        Assert.Contains(reason, browser.Page, StringComparison.Ordinal);
        var address = System.Text.RegularExpressions.Regex.Match(browser.Page[..browser.Page.IndexOf(reason, StringComparison.Ordinal)], "/desk/objections/[0-9a-z]{26}", System.Text.RegularExpressions.RegexOptions.RightToLeft).Value;

        var elsewhere = await IdentityPeople.Person(city, ("health", Roles.Head));
        using var other = new IdentityBrowser(city.Address);
        await other.SignIn(elsewhere.Login, elsewhere.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(address)).StatusCode);
        await other.Get("/desk/objections");
        Assert.DoesNotContain(reason, other.Page, StringComparison.Ordinal);

        await browser.Get(address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post(address, ("answer", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post(address, ("answer", answer))).StatusCode);
        await browser.Get("/desk/objections");
        Assert.DoesNotContain(address, browser.Page, StringComparison.Ordinal);
        await browser.Get("/desk/objections?state=answered");
        Assert.Contains(address, browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Get("/desk/objections?after=nonsense")).StatusCode);
    }

    /// <summary>A clerk of the police bureau reads about a person.</summary>
    private Task<long> Read(string login) => city.Service<AuditLog>().Append(
        new AuditEntry(
            "record.reveal",
            new Caller { Id = "test:clerk", Name = "王芳", Kind = CallerKind.Staff, Office = "police", OfficeName = "测试市公安局", Role = Roles.Clerk })
        {
            Resource = Objections.Resource.Id,
            Keys = ["01k"],
            Fields = ["office", "reason!"],
            Subjects = ["person-" + login],
            Purpose = "核实身份",
        },
        Token);

    /// <summary>Somebody of an office sees a person in one of his tables.</summary>
    private Task Seen(string login, string office, string who, string kind = "record.list") => city.Service<AuditLog>().Append(
        new AuditEntry(kind, new Caller { Id = "test:" + who, Name = who, Kind = CallerKind.Staff, Office = office, Role = Roles.Clerk })
        {
            Resource = Objections.Resource.Id,
            Fields = ["office", "reason"],
            Subjects = ["person-" + login],
        },
        Token);

    private async Task<JsonElement> Json(string address)
    {
        using var json = JsonDocument.Parse(await city.Http.GetStringAsync(new Uri(address, UriKind.Relative), Token));
        return json.RootElement.Clone();
    }

    private static List<byte[]> Path(JsonElement proof) =>
        [.. proof.GetProperty("path").EnumerateArray().Select(hash => hash.GetBytesFromBase64())];

    [System.Text.RegularExpressions.GeneratedRegex("（经办人员）")]
    private static partial System.Text.RegularExpressions.Regex Clerks();

    [System.Text.RegularExpressions.GeneratedRegex("href=\"([^\"]+)\" rel=\"next\"")]
    private static partial System.Text.RegularExpressions.Regex Older();
}
