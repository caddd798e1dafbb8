using System.Net;
using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>An old service is registered, approved, granted and called: its answers unchanged, on record, and nothing beside them.</summary>
public sealed class ServicesCalled(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    private ServiceTown Services => new(city);

    [Fact]
    public async Task From_the_form_of_the_officer_to_the_answer_on_record()
    {
        await using var old = await OldService.Start();
        var (office, consumer) = (await Town.Office(), await Town.Office());

        // The officer registers by the form: first with everything wrong, which is said at once.
        using var officer = await Browser((office, Roles.InformationOfficer));
        await officer.Get("/exchange/services/new");
        using (var refused = await officer.Post("/exchange/services/new", ("address", "ftp://x"), ("operations", "nonsense"), ("personal", "yes"), ("timeout", "0"), ("credential", "header")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            foreach (var said in new[] { "请填写名称", "https", "nonsense", "请选择共享类型", "影响评估的结论", "1 至 300", "测试路径", "请求头的名称" })
            {
                Assert.Contains(said, officer.Page, StringComparison.Ordinal);
            }
        }

        var input = ServiceTown.Input(old.Address) with { Name = "人员核验" + office };
        using var made = await officer.Post("/exchange/services/new", [.. Fields(input)]);
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        var page = made.Headers.Location!.OriginalString;
        var code = page[(page.LastIndexOf('/') + 1)..];
        Assert.Equal(office + "-s1", code);

        // He tests the connection; he does not approve his own, neither does anybody call it yet.
        await officer.Get(page);
        await officer.Post(page + "/test");
        await officer.Get(page);
        Assert.Contains("连接正常，服务应答 200", officer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(OldService.Password, officer.Page, StringComparison.Ordinal);
        using var early = await city.Http.GetAsync(new Uri($"/catalogue/services.{code}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);

        using var head = await Browser((office, Roles.Head));
        await head.Get(page);
        await head.Post(page + "/approve", ("_version", "1"));
        await head.Get(page);
        Assert.Contains("已开通", head.Page, StringComparison.Ordinal);

        // Another office finds it, asks, is granted one operation, and calls.
        using var clerk = await Browser((consumer, Roles.Clerk));
        await clerk.Get("/catalogue?q=" + Uri.EscapeDataString(input.Name));
        Assert.Contains($"/catalogue/services.{code}", clerk.Page, StringComparison.Ordinal);
        await clerk.Get($"/catalogue/services.{code}");
        Assert.Contains($"/sharing/new/services.{code}", clerk.Page, StringComparison.Ordinal);
        await clerk.Get($"/sharing/new/services.{code}");
        Assert.Contains("GET /persons/{subject}", clerk.Page, StringComparison.Ordinal);
        var number = await Town.Asked(Services.Terms(code, consumer, "person"));
        using var program = await Town.Program(consumer);
        Assert.Equal((HttpStatusCode.Forbidden, "SHR-A01"), await ServiceTown.Refused(program, $"/api/services/{code}/persons/1"));
        await Town.Take(Town.Staff(office), number, new("agree"));
        await city.Service<Revocations>().Read(Cancel);
        program.DefaultRequestHeaders.Add("Shali-Purpose", Uri.EscapeDataString("核验申请人"));
        using var answer = await program.GetAsync(new Uri($"/api/services/{code}/persons/411102199001010012?b=%E6%AC%A7&a=1", UriKind.Relative), Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal("""{"number":"411102199001010012","name":"欧阳","query":"?b=%E6%AC%A7&a=1"}""", body);
        Assert.Equal((HttpStatusCode.Forbidden, "SVC-A02"), await ServiceTown.Refused(program, $"/api/services/{code}/long/1"));

        // On record: who, for what, by which grant, what came back; not the number of the person.
        var (kind, record) = Assert.Single(await Services.Records(number));
        Assert.Equal("service.call", kind);
        var text = record.ToString();
        Assert.Contains("核验申请人", text, StringComparison.Ordinal);
        Assert.Contains($"200 {Encoding.UTF8.GetByteCount(body)} bytes sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}", text, StringComparison.Ordinal);
        Assert.Contains("GET /persons/{subject}?sha256:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("411102199001010012", text, StringComparison.Ordinal);
        await city.Service<GrantFlows>().Flush(Cancel);
        Assert.Equal(1, (await city.Service<GrantFlows>().Since(city.Service<TimeProvider>().Today(), Cancel)).Single(flow => flow.Grant == number).Requests);
        await head.Get(page);
        Assert.Contains(number, head.Page, StringComparison.Ordinal);
        await head.Get($"/sharing/grants/{number}");
        Assert.Contains($"/api/services/{code}/", head.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_a_call_is_about_sees_it_in_his_own_space()
    {
        await using var old = await OldService.Start();
        var (_, code) = await Services.Opened(old, input => input with { Operations = "path GET /persons/{subject} 按路径\nquery GET /status/200?id={subject} 按参数" });
        var (program, grant, consumer) = await Services.Consumer(code, "path", "query");
        using var keep = program;
        var (town, person) = (new WindowTown(city), await new WindowTown(city).Person("尉迟被查"));
        foreach (var path in new[] { $"/persons/{person.Number}", $"/status/200?id={person.Number}", "/persons/000000000000000000" })
        {
            using var answer = await program.GetAsync(new Uri($"/api/services/{code}{path}", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var records = await Services.Records(grant);
        Assert.Equal([person.Key, person.Key, ""], records.Select(one => one.Body.TryGetProperty("subjects", out var subjects) && subjects.GetArrayLength() > 0 ? subjects[0].GetString() : ""));
        Assert.All(records, one => Assert.DoesNotContain(person.Number, one.Body.ToString(), StringComparison.Ordinal));
        using var himself = await town.SignedIn(person);
        await himself.Get("/me/access");
        Assert.Contains("测试" + consumer, himself.Page, StringComparison.Ordinal);
        Assert.Contains("办理户口迁入时核验", himself.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_body_and_what_is_named_passes_between_the_two()
    {
        await using var old = await OldService.Start();
        var (_, code) = await Services.Opened(old);
        var (program, grant, consumer) = await Services.Consumer(code);
        using var keep = program;
        const string envelope = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>身份</soap:Body></soap:Envelope>";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/services/{code}/soap") { Content = new StringContent(envelope, Encoding.UTF8, "text/xml") };
        request.Headers.Add("SOAPAction", "\"urn:verify\"");
        request.Headers.Add("Cookie", "mine=1");
        request.Headers.Add("X-Forwarded-For", "10.0.0.1");
        request.Headers.Add("Forwarded", "for=10.0.0.1");
        request.Headers.Add("X-Evil", "1");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Connection.Add("X-Evil");
        using var answer = await program.SendAsync(request, Cancel);
        Assert.Equal(envelope, await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("text/xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(old.Requests.TryDequeue(out var came));
        Assert.Equal("\"urn:verify\"", came["SOAPAction"]);
        Assert.Equal(consumer, came["Shali-Consumer"]);
        Assert.StartsWith("Basic ", came["Authorization"], StringComparison.Ordinal);
        Assert.All(new[] { "Cookie", "X-Forwarded-For", "Forwarded", "X-Evil", "traceparent", "Shali-Purpose", "Shali-Grant" }, name => Assert.False(came.ContainsKey(name), name));
        Assert.DoesNotContain(came.Values, value => value.Contains(program.DefaultRequestHeaders.Authorization!.Parameter!, StringComparison.Ordinal));
        Assert.All(new[] { "Set-Cookie", "Server", "X-Inner-Host" }, name => Assert.False(answer.Headers.Contains(name), name));
        Assert.True(answer.Headers.CacheControl!.NoStore);

        // A question that is too large is told of.
        using var large = new HttpRequestMessage(HttpMethod.Post, $"/api/services/{code}/soap") { Content = new ByteArrayContent(new byte[(4 << 20) + 1]) };
        large.Headers.ExpectContinue = true;
        using var much = await program.SendAsync(large, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, much.StatusCode);
        Assert.Contains("API-B02", await much.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        // What the service says is the consumer's to know, also when it is no.
        foreach (var status in new[] { 204, 304, 404, 409, 500 })
        {
            using var said = await program.GetAsync(new Uri($"/api/services/{code}/status/{status}", UriKind.Relative), Cancel);
            Assert.Equal((status, ""), ((int)said.StatusCode, await said.Content.ReadAsStringAsync(Cancel)));
        }

        Assert.Equal(6, (await Services.Records(grant)).Count);
    }

    [Theory]
    [InlineData("/persons/..%2f..%2fadmin", HttpStatusCode.BadRequest, "SVC-P01")]
    [InlineData("/persons/a%5cb", HttpStatusCode.BadRequest, "SVC-P01")]
    [InlineData("/persons//", HttpStatusCode.BadRequest, "SVC-P01")]
    [InlineData("/half/a;b", HttpStatusCode.BadRequest, "SVC-P01")]
    [InlineData("/half/%2525", HttpStatusCode.BadRequest, "SVC-P01")]
    [InlineData("/persons/1/2", HttpStatusCode.NotFound, "SVC-P02")]
    [InlineData("/admin", HttpStatusCode.NotFound, "SVC-P02")]
    [InlineData("", HttpStatusCode.NotFound, "SVC-P02")]
    [InlineData("/elsewhere", HttpStatusCode.BadGateway, "SVC-F03")]
    [InlineData("/cut", HttpStatusCode.BadGateway, "SVC-F04")]
    [InlineData("/long/2", HttpStatusCode.BadGateway, "SVC-F05", "1")]
    [InlineData("/silent/1", HttpStatusCode.GatewayTimeout, "SVC-F02", "1", "1")]
    public async Task What_cannot_be_is_told_in_a_sentence(string path, HttpStatusCode status, string code, string megabytes = "64", string timeout = "30")
    {
        await using var old = await OldService.Start();
        var (_, service) = await Services.Opened(old, input => input with { Megabytes = megabytes, Timeout = timeout });
        var (program, grant, _) = await Services.Consumer(service);
        using var keep = program;
        if (path == "/long/2")
        {
            // A long answer has begun before it is too long: it ends broken, never as if it were whole.
            await Assert.ThrowsAnyAsync<Exception>(() => program.GetByteArrayAsync(new Uri($"/api/services/{service}{path}", UriKind.Relative), Cancel));
        }
        else
        {
            Assert.Equal((status, code), await ServiceTown.Refused(program, $"/api/services/{service}{path}"));
        }

        // What the service did is on record; what was not let in is not. (Of an answer that broke off the consumer knows first.)
        var calls = code.StartsWith("SVC-F", StringComparison.Ordinal);
        while (calls && !(await Services.Records(grant)).Any(one => one.Body.ToString().Contains(code, StringComparison.Ordinal)))
        {
            await Task.Delay(10, Cancel);
        }

        Assert.Equal(calls, (await Services.Records(grant)).Count > 0);
    }

    [Fact]
    public async Task A_service_that_is_away_or_does_not_know_the_gateway_is_told_of()
    {
        await using var old = await OldService.Start();
        var (office, code) = await Services.Opened(old, input => input with { Address = "http://127.0.0.1:9" });
        var (program, _, _) = await Services.Consumer(code);
        using var keep = program;
        Assert.Equal((HttpStatusCode.BadGateway, "SVC-F01"), await ServiceTown.Refused(program, $"/api/services/{code}/persons/1"));
        var health = await city.Service<ServiceCheck>().Run(code, Cancel);
        Assert.Equal((false, "业务服务拒绝连接：服务没有运行，或者端口不对。"), (health!.Ok, health.Words));

        var (_, unknown) = await Services.Opened(old, input => input with { Secret = "wrong" });
        Assert.Contains("不接受登记的凭据", (await city.Service<ServiceCheck>().Run(unknown, Cancel))!.Words, StringComparison.Ordinal);
        var (_, lost) = await Services.Opened(old, input => input with { CheckPath = "/nothing" });
        Assert.False((await city.Service<ServiceCheck>().Run(lost, Cancel))!.Ok);

        // No service points into the house, whatever its name says.
        foreach (var address in new[] { "http://169.254.169.254/x", "https://10.1.2.3", "http://user:pass@127.0.0.1", "https://a.example/?x=1", "https://a.example/", "gopher://a.example" })
        {
            var refused = await Services.Desk.Register(Services.Officer(office), ServiceTown.Input(address), Cancel);
            Assert.Equal("SVC-D03", Assert.Single(refused.Refusals).Code);
        }
    }

    [Fact]
    public async Task A_long_answer_flows_and_its_end_waits_for_the_record()
    {
        await using var old = await OldService.Start();
        var (_, code) = await Services.Opened(old);
        var (program, grant, _) = await Services.Consumer(code);
        using var keep = program;
        using (var whole = await program.GetAsync(new Uri($"/api/services/{code}/long/40", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel))
        {
            // With the first byte the call is on record.
            Assert.Equal("service.call", Assert.Single(await Services.Records(grant), one => one.Kind == "service.call").Kind);
            await using var stream = await whole.Content.ReadAsStreamAsync(Cancel);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (buffer, length) = (new byte[81_920], 0L);
            for (int read; (read = await stream.ReadAsync(buffer, Cancel)) > 0; length += read)
            {
                Assert.Equal(OldService.At(length % (1 << 30)), buffer[0]);
                hash.AppendData(buffer, 0, read);
            }

            Assert.Equal(40L << 20, length);

            // Whoever has the last byte finds size and digest on record.
            var end = (await Services.Records(grant)).Single(one => one.Kind == "service.end").Body.ToString();
            Assert.Contains($"{40L << 20} bytes sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}", end, StringComparison.Ordinal);
        }

        // Half an answer is held back at its end as long as the service has not said all.
        using var half = await program.GetAsync(new Uri($"/api/services/{code}/half/1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var rest = await half.Content.ReadAsStreamAsync(Cancel);
        await rest.ReadExactlyAsync(new byte[(1 << 20) - (64 * 1024)], Cancel);
        Assert.Equal(1, (await Services.Records(grant)).Count(one => one.Kind == "service.end"));
        old.Goes.SetResult();
        await rest.ReadExactlyAsync(new byte[(1 << 20) + (64 * 1024)], Cancel);
        Assert.Equal(2, (await Services.Records(grant)).Count(one => one.Kind == "service.end"));
    }

    [Theory]
    [InlineData("revoke", "SHR-A04")]
    [InlineData("suspend", "SVC-S02")]
    [InlineData("change", "SVC-S01")]
    public async Task What_ends_ends_the_answers_that_are_on_their_way(string how, string code)
    {
        await using var old = await OldService.Start();
        var (office, service) = await Services.Opened(old);
        var (program, grant, _) = await Services.Consumer(service);
        using var keep = program;
        using var running = await program.GetAsync(new Uri($"/api/services/{service}/half/1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await old.Asked();
        var waiting = ServiceTown.Refused(program, $"/api/services/{service}/silent/1");
        await old.Asked();
        switch (how)
        {
            case "revoke":
                Assert.True((await Town.Grants.Change(Town.Staff(office), grant, GrantAct.Find("revoke")!, "结束", null, null, Cancel)).Ok);
                break;
            case "suspend":
                await Services.Take(Services.Officer(office), service, "suspend", "检修");
                break;
            default:
                Assert.True((await Services.Desk.Change(Services.Officer(office), service, ServiceTown.Input(old.Address) with { Timeout = "20", Secret = "" }, 2, Cancel)).Ok);
                break;
        }

        // The one that waited is told why, the one that had begun breaks off, the next does not begin; the service was never released.
        Assert.Equal(code, (await waiting).Code);
        await using var stream = await running.Content.ReadAsStreamAsync(Cancel);
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(Stream.Null, Cancel));
        Assert.Equal(code, (await ServiceTown.Refused(program, $"/api/services/{service}/persons/1")).Code);
        while ((await Services.Records(grant)).Count(one => one.Body.ToString().Contains(code, StringComparison.Ordinal)) < 2)
        {
            await Task.Delay(10, Cancel);
        }
    }

    [Fact]
    public async Task Limits_hold_for_the_grant_and_for_the_machine()
    {
        await using var old = await OldService.Start();
        var (_, code) = await Services.Opened(old, input => input with { Concurrent = "1" });
        var (program, _, _) = await Services.Consumer(code);
        using var keep = program;
        var first = program.GetAsync(new Uri($"/api/services/{code}/half/1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await old.Asked();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SVC-L01"), await ServiceTown.Refused(program, $"/api/services/{code}/persons/1"));
        old.Goes.SetResult();
        using (var done = await first)
        {
            Assert.Equal(2 << 20, (await done.Content.ReadAsByteArrayAsync(Cancel)).Length);
        }

        var slow = await Town.Office();
        await Town.Grant(Services.Terms(code, slow, "person") with { Rate = 1 });
        using var other = await Town.Program(slow);
        var codes = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await other.GetAsync(new Uri($"/api/services/{code}/persons/1", UriKind.Relative), Cancel);
            codes.Add(answer.IsSuccessStatusCode ? "ok" : "SHR-A09");
        }

        // Two at the turn of the minute.
        Assert.Contains("ok", codes);
        Assert.Contains("SHR-A09", codes);
    }

    [Fact]
    public async Task Nobody_opens_alone_and_the_secret_goes_nowhere_else()
    {
        await using var old = await OldService.Start();
        var office = await Town.Office();
        var officer = Services.Officer(office);
        var code = (await Services.Desk.Register(officer, ServiceTown.Input(old.Address), Cancel)).Value;
        var both = officer with { Permissions = Town.Staff(office).Permissions };
        async Task<string> Tried(Caller who, string act) =>
            (await Services.Desk.Take(who, code, ServiceAct.Find(act)!, "理由", (await Services.Desk.Get(officer, code, Cancel))!.Value.Version, Cancel)) is { Ok: false } refused ? refused.Refusals[0].Code : "";
        Assert.Equal("SVC-D20", await Tried(officer, "approve"));
        Assert.Equal("SVC-D23", await Tried(both, "approve"));
        Assert.Equal("SVC-D21", await Tried(Town.Staff(await Town.Office()), "approve"));
        Assert.Equal("", await Tried(Town.Staff("data"), "return"));
        Assert.Equal("SVC-D22", await Tried(Town.Staff(office), "approve"));

        // The kept secret is for the address for which it was given.
        Assert.Equal("SVC-D14", Assert.Single((await Services.Desk.Change(officer, code, ServiceTown.Input("http://127.0.0.1:9/app") with { Secret = "" }, 2, Cancel)).Refusals).Code);
        Assert.True((await Services.Desk.Change(officer, code, ServiceTown.Input(old.Address) with { Secret = "", Name = "改名" }, 2, Cancel)).Ok);
        Assert.Equal("REG-W03", Assert.Single((await Services.Desk.Change(officer, code, ServiceTown.Input(old.Address), 2, Cancel)).Refusals).Code);
        await Services.Take(Town.Staff(office), code, "approve");
        Assert.True((await city.Service<ServiceCheck>().Run(code, Cancel))!.Ok);

        // Sealed in the database, absent from the record, for the office and the authority to see.
        Assert.DoesNotContain(OldService.Password, Encoding.Latin1.GetString((await city.Db.Scalar<byte[]>($"select secret from exchange.service_credential where service = {code}", Cancel))!), StringComparison.Ordinal);
        Assert.Null(await Services.Desk.Get(Services.Officer("health"), code, Cancel));
        Assert.NotNull(await Services.Desk.Get(Town.Staff("data"), code, Cancel));

        // People at desks do not call, nor do strangers, nor the office itself.
        using var browser = await Browser((office, Roles.Head));
        using var person = await browser.Get($"/api/services/{code}/persons/1");
        Assert.Equal(HttpStatusCode.Forbidden, person.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, "API-A01"), await ServiceTown.Refused(city.Http, $"/api/services/{code}/persons/1"));
        using var own = await Town.Program(office);
        Assert.Equal((HttpStatusCode.Forbidden, "SVC-A03"), await ServiceTown.Refused(own, $"/api/services/{code}/persons/1"));
        await Services.Take(officer, code, "close", "停用旧系统");
        using var stranger = await Town.Program("health");
        Assert.Equal((HttpStatusCode.NotFound, "SVC-C01"), await ServiceTown.Refused(stranger, $"/api/services/{code}/persons/1"));
    }

    private static IEnumerable<(string, string)> Fields(ServiceInput input) =>
    [
        ("name", input.Name), ("note", input.Note), ("address", input.Address), ("operations", input.Operations), ("sharing", input.Sharing), ("conditions", input.Conditions),
        ("personal", "yes"), ("impact", input.Impact), ("timeout", input.Timeout), ("megabytes", input.Megabytes), ("concurrent", input.Concurrent),
        ("credential", input.Credential), ("credential_name", input.CredentialName), ("secret", input.Secret), ("check_path", input.CheckPath),
    ];

    private async Task<IdentityBrowser> Browser((string Office, string Role) post)
    {
        var login = await IdentityPeople.Person(city, post);
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }
}
