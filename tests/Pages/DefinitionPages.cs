using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>An office makes its own resources: by form, over the interface, and what it is refused.</summary>
public sealed class DefinitionPages(City city) : IAsyncLifetime
{
    private static int _offices;

    private readonly string _office = $"office{Interlocked.Increment(ref _offices)}";
    private RecordHost _host = null!;
    private RecordVisitor _officer = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RecordHost.Start(city);
        _officer = _host.Visit(Officer(_office));
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static Caller Officer(string office) => new()
    {
        Id = "officer-" + office,
        Name = "赵信息员",
        Kind = CallerKind.Staff,
        Office = office,
        Role = Roles.InformationOfficer,
        Permissions = new HashSet<string>(StringComparer.Ordinal)
        {
            "registry.define", $"d-{office}.noise-complaint.read", $"d-{office}.noise-complaint.write",
        },
    };

    private static (string, string?)[] Noise =>
    [
        ("_do", "publish"), ("name", "噪声投诉"), ("slug", "noise-complaint"), ("sharing", "unconditional"), ("rhythm", "daily"),
        ("f0.label", "投诉内容"), ("f0.name", "content"), ("f0.type", "text"), ("f0.required", "1"),
    ];

    private async Task<Page> Publish()
    {
        var form = await _officer.Get("/admin/definitions/new");
        var published = await _officer.Send(form, "/admin/definitions/new", Noise);
        Assert.Equal((HttpStatusCode.SeeOther, ""), (published.Status, string.Join(' ', published.Faults)));
        return await _officer.Get(published.Location!);
    }

    [Fact]
    public async Task Personal_data_are_published_with_the_assessment_of_their_impact()
    {
        (string, string?)[] personal = [.. Noise, ("f1.label", "当事人"), ("f1.name", "person"), ("f1.type", "text"), ("subject", "person")];
        var form = await _officer.Get("/admin/definitions/new");
        var refused = await _officer.Send(form, "/admin/definitions/new", personal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Faults, fault => fault.Contains("个人信息保护影响评估的结论", StringComparison.Ordinal));
        var published = await _officer.Send(form, "/admin/definitions/new", [.. personal, ("impact", "处理目的为办理噪声投诉，只收集姓名，风险低。")]);
        Assert.Equal((HttpStatusCode.SeeOther, ""), (published.Status, string.Join(' ', published.Faults)));
        Assert.Equal("处理目的为办理噪声投诉，只收集姓名，风险低。", city.Registry.Find($"d-{_office}/noise-complaint")!.Impact);
    }

    [Fact]
    public async Task A_published_definition_has_pages_at_once()
    {
        var page = await Publish();
        Assert.Equal("噪声投诉", page.Heading);
        var definition = city.Registry.Find($"d-{_office}/noise-complaint")!;
        Assert.True(definition.RunTime);
        Assert.Equal((_office, UpdateRhythm.Daily, SharingClass.Unconditional), (definition.Owner, definition.Rhythm, definition.Sharing.Class));

        var records = $"/records/{definition.Address}";
        var form = await _officer.Get($"{records}/new");
        var made = await _officer.Send(form, $"{records}/new", ("content", "工地夜间施工"));
        Assert.Equal(HttpStatusCode.SeeOther, made.Status);
        Assert.Equal(["工地夜间施工"], (await _officer.Get(records)).Rows);
    }

    [Fact]
    public async Task Fields_are_added_moved_and_removed_without_script_and_nothing_typed_is_lost()
    {
        var form = await _officer.Get("/admin/definitions/new");
        var two = await _officer.Send(form, "/admin/definitions/new", ("_do", "add"), ("name", "噪声投诉"), ("f0.label", "甲"), ("f0.name", "a"));
        Assert.Equal(HttpStatusCode.OK, two.Status);
        Assert.Equal("噪声投诉", two.Document.QuerySelector("#name")!.GetAttribute("value"));
        var moved = await _officer.Send(two, "/admin/definitions/new", ("_do", "up:1"), ("f1.label", "乙"), ("f1.name", "b"), ("f1.type", "date"));
        Assert.Equal("乙", moved.Document.GetElementById("f0.label")!.GetAttribute("value"));
        Assert.Equal("甲", moved.Document.GetElementById("f1.label")!.GetAttribute("value"));
        Assert.Equal("date", moved.Document.GetElementById("f0.type")!.QuerySelector("option[selected]")!.GetAttribute("value"));
        var one = await _officer.Send(moved, "/admin/definitions/new", ("_do", "remove:0"));
        Assert.Equal("甲", one.Document.GetElementById("f0.label")!.GetAttribute("value"));
        Assert.Null(one.Document.GetElementById("f1.label"));
    }

    [Fact]
    public async Task A_choice_of_a_field_follows_it_when_it_gets_another_name()
    {
        var form = await _officer.Get("/admin/definitions/new");
        var named = await _officer.Send(form, "/admin/definitions/new", [.. Noise.Where(input => input.Item1 is not ("_do" or "f0.name")), ("_do", "check"), ("f0.name", "c1"), ("f0.unique", "1"), ("match", "c1"), ("title", "c1")]);
        var renamed = await _officer.Send(named, "/admin/definitions/new", ("_do", "publish"), ("f0.name", "content"));
        Assert.Equal((HttpStatusCode.SeeOther, ""), (renamed.Status, string.Join(' ', renamed.Faults)));
        var definition = city.Registry.Find($"d-{_office}/noise-complaint")!;
        Assert.Equal(("content", "content"), (definition.Match[0], definition.Title));
    }

    [Theory]
    [InlineData("slug", "", "REG-D40")]
    [InlineData("slug", "Noise", "标识")]
    [InlineData("slug", "upload", "保留字")]
    [InlineData("name", "", "资源名称")]
    [InlineData("sharing", "sometimes", "共享类型")]
    [InlineData("sharing", "conditional", "共享条件")]
    [InlineData("sharing", "not-shared", "依据")]
    [InlineData("retention_years", "abc", "保存年限")]
    [InlineData("key", "nowhere", "nowhere")]
    [InlineData("f0.name", "Content", "Content")]
    [InlineData("f0.name", "_version", "_version")]
    [InlineData("f0.name", "filter", "保留字")]
    [InlineData("f0.label", "", "第 1 个字段")]
    [InlineData("f0.type", "colour", "colour")]
    [InlineData("f0.type", "code", "代码表")]
    [InlineData("f0.type", "link", "资源")]
    [InlineData("f0.pattern", "(", "格式表达式")]
    [InlineData("f0.length", "many", "最大长度")]
    [InlineData("f0.length", "0", "最大长度")]
    [InlineData("f0.grade", "secret", "敏感级别")]
    public async Task A_draft_is_refused_with_a_sentence(string input, string value, string named)
    {
        var form = await _officer.Get("/admin/definitions/new");
        var inputs = Noise.Where(pair => pair.Item1 != input).Append((input, value)).ToArray();
        var refused = await _officer.Send(form, "/admin/definitions/new", inputs);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Faults, fault => fault.Contains(named == "REG-D40" ? "请填写资源标识" : named, StringComparison.Ordinal));
        Assert.All(
            refused.Document.QuerySelectorAll(".refusals a"),
            link => Assert.NotNull(refused.Document.GetElementById(link.GetAttribute("href")![1..])));
    }

    [Fact]
    public async Task Bounds_must_be_of_the_type_and_in_order()
    {
        var form = await _officer.Get("/admin/definitions/new");
        (string, string?)[] number = [.. Noise.Where(pair => pair.Item1 != "f0.type"), ("f0.type", "integer")];
        var crossed = await _officer.Send(form, "/admin/definitions/new", [.. number, ("f0.min", "9"), ("f0.max", "10")]);
        Assert.Equal(HttpStatusCode.SeeOther, crossed.Status);
        var refused = await _officer.Send(form, "/admin/definitions/new", [.. number.Where(pair => pair.Item1 != "slug"), ("slug", "other"), ("f0.min", "9"), ("f0.max", "ten")]);
        Assert.Contains(refused.Faults, fault => fault.Contains("最大值", StringComparison.Ordinal));
        refused = await _officer.Send(form, "/admin/definitions/new", [.. number.Where(pair => pair.Item1 != "slug"), ("slug", "other"), ("f0.min", "10"), ("f0.max", "9")]);
        Assert.Contains(refused.Faults, fault => fault.Contains("大于最大值", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Additive_change_makes_a_version_and_anything_else_says_the_way()
    {
        await Publish();
        var address = $"/admin/definitions/d-{_office}.noise-complaint";
        var edit = $"{address}/edit";
        var form = await _officer.Get(edit);
        var wider = await _officer.Send(form, edit, ("_do", "add"));
        var saved = await _officer.Send(wider, edit, ("_do", "publish"), ("f1.label", "分贝"), ("f1.name", "decibel"), ("f1.type", "integer"));
        Assert.Equal((HttpStatusCode.SeeOther, ""), (saved.Status, string.Join(' ', saved.Faults)));

        var page = await _officer.Get(address);
        Assert.Contains("新增字段“分贝”", page.Body, StringComparison.Ordinal);
        var old = await _officer.Get($"{address}/versions/1");
        Assert.Equal(["投诉内容"], old.Rows);
        Assert.Equal(HttpStatusCode.NotFound, (await _officer.Get($"{address}/versions/9")).Status);

        form = await _officer.Get(edit);
        var refused = await _officer.Send(form, edit, ("_do", "publish"), ("f0.type", "integer"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Faults, fault => fault.Contains("类型不能由", StringComparison.Ordinal));

        var stale = await _officer.Send(wider, edit, ("_do", "publish"), ("f1.label", "时间"), ("f1.name", "heard_at"), ("f1.type", "datetime"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
    }

    [Fact]
    public async Task Another_office_and_definitions_in_code_cannot_be_changed()
    {
        await Publish();
        var other = _host.Visit(Officer(_office + "x"));
        var edit = $"/admin/definitions/d-{_office}.noise-complaint/edit";
        var form = await other.Get(edit);
        Assert.Contains("只能修改本部门", form.Body, StringComparison.Ordinal);
        var refused = await other.Send(form, edit, ("_do", "publish"), ("name", "改名"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("噪声投诉", city.Registry.Find($"d-{_office}/noise-complaint")!.Name);
        if (city.Registry.All.FirstOrDefault(resource => !resource.RunTime) is { } inCode)
        {
            Assert.Contains("由程序定义", (await other.Get($"/admin/definitions/{inCode.Address}/edit")).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_interface_takes_and_gives_the_same_definition()
    {
        var definition = new ResourceDefinition
        {
            Id = $"d-{_office}/river-gauge",
            Name = "水尺",
            Clause = "C1",
            Owner = _office,
            Sharing = Sharing.Unconditional,
            Fields = [new() { Name = "level", Label = "水位", Type = FieldTypes.Decimal, Scale = 3 }],
        };
        var made = await _officer.Http.PostAsync("/api/definitions", Json(DefinitionJson.Write(definition)));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var address = made.Headers.Location!.ToString();
        var given = await _officer.Http.GetStringAsync(address);
        Assert.Equal(await made.Content.ReadAsStringAsync(), given);
        Assert.Equal(HttpStatusCode.Conflict, (await _officer.Http.PostAsync("/api/definitions", Json(given))).StatusCode);

        var changed = DefinitionJson.Read(given) with { Note = "每小时人工读数" };
        var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = Json(DefinitionJson.Write(changed)) };
        request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"1\""));
        Assert.Equal(HttpStatusCode.OK, (await _officer.Http.SendAsync(request)).StatusCode);
        var late = new HttpRequestMessage(HttpMethod.Put, address) { Content = Json(DefinitionJson.Write(changed with { Note = "" })) };
        late.Headers.IfMatch.Add(new EntityTagHeaderValue("\"1\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await _officer.Http.SendAsync(late)).StatusCode);
        Assert.DoesNotContain("每小时", await _officer.Http.GetStringAsync($"{address}/versions/1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_officers_who_publish_at_the_same_moment_one_is_told()
    {
        ResourceDefinition Definition(string note) => new()
        {
            Id = $"d-{_office}/contested",
            Name = "同时发布",
            Note = note,
            Clause = "C1",
            Owner = _office,
            Sharing = Sharing.Unconditional,
            Fields = [new() { Name = "level", Label = "水位", Type = FieldTypes.Decimal }],
        };
        async Task<HttpStatusCode[]> Together(Func<string, Task<HttpResponseMessage>> send) =>
            [.. (await Task.WhenAll(Enumerable.Range(0, 6).Select(i => send($"第 {i} 人")))).Select(answer => answer.StatusCode).Order()];
        var made = await Together(note => _officer.Http.PostAsync("/api/definitions", Json(DefinitionJson.Write(Definition(note)))));
        Assert.Equal([HttpStatusCode.Created, .. Enumerable.Repeat(HttpStatusCode.Conflict, 5)], made);
        var changed = await Together(note =>
        {
            var request = new HttpRequestMessage(HttpMethod.Put, $"/api/definitions/d-{_office}.contested") { Content = Json(DefinitionJson.Write(Definition(note + "改"))) };
            request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"1\""));
            return _officer.Http.SendAsync(request);
        });
        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.PreconditionFailed, 5)], changed);
        Assert.Equal(2, (await city.Registry.Versions($"d-{_office}/contested")).Count);
        var blind = await _officer.Http.PutAsync($"/api/definitions/d-{_office}.contested", Json(DefinitionJson.Write(Definition("不看就写"))));
        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
    }

    [Theory]
    [InlineData("""{"id":"population/nobody","name":"x","clause":"C1","owner":"$office","fields":[]}""", 422)]
    [InlineData("""{"id":"d-$office/x","name":"x","clause":"C1","owner":"police","fields":[{"name":"a","label":"甲","type":"text"}]}""", 422)]
    [InlineData("""{"id":"d-$office/x","colour":"red"}""", 400)]
    [InlineData("not json", 400)]
    public async Task The_interface_refuses_with_a_problem_document(string body, int status)
    {
        var answer = await _officer.Http.PostAsync("/api/definitions", Json(body.Replace("$office", _office, StringComparison.Ordinal)));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"errors\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_list_of_an_office_grows_and_its_codes_end_but_never_vanish()
    {
        var form = await _officer.Get("/admin/definitions/code-lists/new");
        var made = await _officer.Send(
            form, "/admin/definitions/code-lists/new", ("slug", "noise-kind"), ("label", "噪声类型"), ("codes", "1,工地\n2，广场\n"));
        Assert.Equal((HttpStatusCode.SeeOther, ""), (made.Status, string.Join(' ', made.Faults)));
        var address = made.Location!.Split('?')[0];
        form = await _officer.Get(address);
        var lost = await _officer.Send(form, address, ("codes", "1,工地"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lost.Status);
        var ended = await _officer.Send(form, address, ("codes", "1,工地\n2,广场,2026-12-31\n3,酒吧"));
        Assert.Equal(HttpStatusCode.SeeOther, ended.Status);
        Assert.Equal(new DateOnly(2026, 12, 31), city.Registry.Codes($"d-{_office}-noise-kind")!.Find("2")!.Until);
        var bad = await _officer.Send(form, address, ("codes", "1,工地\n2,广场\n2,又一个\n没有逗号\n5,x,明天"));
        Assert.Equal(3, bad.Faults.Count);
        Assert.DoesNotContain("<textarea", (await _host.Visit(Officer(_office + "y")).Get(address)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheet_becomes_a_resource_and_waits_to_be_loaded_into_it()
    {
        var rows = new StringBuilder("企业名称,统一社会信用代码,检查日期,结果\n");
        for (var i = 0; i < 40; i++)
        {
            rows.Append("企业").Append(i).Append(",91411100MA12345695,2026-01-0").Append((i % 9) + 1).Append(i % 2 == 0 ? ",放行\n" : ",拦下\n");
        }

        var form = await _officer.Get("/admin/definitions/upload");
        var draft = await _officer.SendFile(
            form, "/admin/definitions/upload", "file", "检查结果.csv", Encoding.UTF8.GetBytes(rows.ToString()), ("slug", "inspection"));
        Assert.Equal((HttpStatusCode.OK, ""), (draft.Status, string.Join(' ', draft.Faults)));
        string Chosen(string input) => draft.Document.GetElementById(input)!.QuerySelector("option[selected]")!.GetAttribute("value")!;
        Assert.Equal("检查结果", draft.Document.GetElementById("name")!.GetAttribute("value"));
        Assert.Equal(("credit-code", "date", "code"), (Chosen("f1.type"), Chosen("f2.type"), Chosen("f3.type")));

        var published = await _officer.Send(
            draft, "/admin/definitions/new", ("_do", "publish"), ("sharing", "unconditional"), ("f3.new_codes", "放行,检查合格\n拦下,检查不合格"));
        Assert.Equal((HttpStatusCode.SeeOther, ""), (published.Status, string.Join(' ', published.Faults)));
        Assert.StartsWith($"/records/d-{_office}.inspection/loads/", published.Location, StringComparison.Ordinal);
        var definition = city.Registry.Find($"d-{_office}/inspection")!;
        Assert.Equal("检查合格", city.Registry.Codes(definition.Fields[3].CodeList!)!.FindLabel("检查合格")!.Label);
        var job = await city.Service<LoadJobs>().Get(published.Location!.Split('/')[^1]);
        Assert.Equal((definition.Id, "检查结果.csv", LoadState.Draft), (job!.Resource, job.FileName, job.State));
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
