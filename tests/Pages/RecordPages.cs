using System.Net;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>What every resource's pages do, from its definition alone.</summary>
public sealed class RecordPages(City city) : IAsyncLifetime
{
    private static int _resources;

    private readonly string _system = $"pages-{Interlocked.Increment(ref _resources)}";
    private RecordHost _host = null!;
    private ResourceDefinition _pets = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RecordHost.Start(city);
        var published = await city.Registry.Publish(Pets(_system), Clerk());
        Assert.True(published.Ok, published.Refusals.ToString());
        _pets = published.Value;
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static ResourceDefinition Pets(string system) => new()
    {
        Id = $"{system}/pet",
        Name = "犬只登记",
        Clause = "S04",
        Owner = "police",
        Title = "name",
        ScopeField = "office",
        Subject = "keeper",
        Fields =
        [
            new() { Name = "name", Label = "犬名", Type = FieldTypes.Text, Required = true, Indexed = true },
            new() { Name = "breed", Label = "品种", Type = FieldTypes.Text },
            new() { Name = "keeper", Label = "饲养人", Type = FieldTypes.Text, Required = true },
            new() { Name = "phone", Label = "联系电话", Type = FieldTypes.Phone, Mask = MaskShape.Phone, Grade = Grade.Sensitive },
            new() { Name = "born_on", Label = "出生日期", Type = FieldTypes.Date },
            new() { Name = "weight", Label = "体重", Type = FieldTypes.Decimal, Scale = 1 },
            new() { Name = "office", Label = "登记机关", Type = FieldTypes.Text, Required = true },
            new() { Name = "certificate", Label = "免疫证明", Type = FieldTypes.File },
        ],
    };

    private Caller Clerk(string office = "police", params string[] rights)
    {
        var address = $"{_system}.pet";
        var held = rights.Length > 0 ? rights : ["read", "clear", "write", "export"];
        return new()
        {
            Id = $"clerk-{office}-{string.Join('-', held)}",
            Name = "王经办",
            Kind = CallerKind.Staff,
            Office = office,
            Scope = DataScope.OwnOffice,
            Permissions = held.Select(right => $"{address}.{right}").ToHashSet(StringComparer.Ordinal),
        };
    }

    private async Task<string> Add(string name, string phone = "13800000000", string office = "police", string breed = "中华田园犬", string weight = "10", string keeper = "person-1")
    {
        var written = await city.Store.Write(
            new Act(Clerk(), "record.create", "登记"),
            [new Change.Insert(_pets, "", new Dictionary<string, object?>
            {
                ["name"] = name, ["breed"] = breed, ["keeper"] = keeper, ["phone"] = phone, ["office"] = office, ["weight"] = weight,
                ["born_on"] = "2023-05-01",
            })]);
        Assert.True(written.Ok, written.Refusals.ToString());
        return written.Value.Records[0].Key;
    }

    private string List => $"/records/{_pets.Address}";

    [Fact]
    public async Task A_list_filters_sorts_and_pages_both_ways()
    {
        for (var i = 1; i <= 45; i++)
        {
            await Add($"犬{i:00}", breed: i % 2 == 0 ? "金毛" : "柴犬", weight: i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var clerk = _host.Visit(Clerk());
        var first = await clerk.Get($"{List}?sortBy=-weight");
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(20, first.Rows.Count);
        Assert.Equal("犬45", first.Rows[0]);
        Assert.Null(first.Link("prev"));
        var second = await clerk.Get(first.Link("next")!);
        Assert.Equal("犬25", second.Rows[0]);
        var third = await clerk.Get(second.Link("next")!);
        Assert.Equal(["犬05", "犬04", "犬03", "犬02", "犬01"], third.Rows);
        Assert.Null(third.Link("next"));
        var back = await clerk.Get(third.Link("prev")!);
        Assert.Equal(second.Rows, back.Rows);
        Assert.Equal(first.Rows, (await clerk.Get(back.Link("prev")!)).Rows);
        Assert.Null((await clerk.Get(back.Link("prev")!)).Link("prev"));

        var golden = await clerk.Get($"{List}?breed=金&breed.op=starts&weight.from=40");
        Assert.Equal(["犬40", "犬42", "犬44"], golden.Rows.Order());
        var export = golden.Document.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).First(href => href.Contains("f=csv", StringComparison.Ordinal));
        var lines = (await clerk.Http.GetStringAsync(export)).Trim().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines[1..], line => Assert.Contains("金毛", line, StringComparison.Ordinal));
        Assert.Equal(["犬07"], (await clerk.Get($"{List}?name=07&name.op=contains")).Rows);
        Assert.Equal(["犬45"], (await clerk.Get($"{List}?weight.from=45")).Rows);
        Assert.Empty((await clerk.Get($"{List}?name=没有&name.op=is")).Rows);
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("sortBy=colour", "colour")]
    [InlineData("sortBy=phone", "phone")]
    [InlineData("showColumns=colour", "colour")]
    [InlineData("asOf=yesterday", "2026-11-23")]
    [InlineData("asOf=2999-01-01", "不能晚于现在")]
    [InlineData("pageSize=7", "7")]
    [InlineData("weight.from=heavy", "体重")]
    [InlineData("name=a&name.op=like", "like")]
    [InlineData("pageAfter=abc", "翻页")]
    [InlineData("certificate=x", "免疫证明")]
    [InlineData("name=a&name=b", "name")]
    public async Task What_a_list_does_not_know_is_refused_by_name(string query, string named)
    {
        var page = await _host.Visit(Clerk()).Get($"{List}?{query}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(page.Faults, fault => fault.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_masked_value_is_seen_in_clear_once_for_a_purpose_that_is_recorded()
    {
        var person = $"person-{Guid.NewGuid():n}";
        var key = await Add("大黄", "13912345678", keeper: person);
        var clerk = _host.Visit(Clerk());
        var page = await clerk.Get($"{List}/{key}");
        Assert.DoesNotContain("13912345678", page.Body, StringComparison.Ordinal);
        Assert.StartsWith("139****5678", page.Value("联系电话"), StringComparison.Ordinal);

        var without = await clerk.Send(page, $"{List}/{key}/reveal");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.DoesNotContain("13912345678", without.Body, StringComparison.Ordinal);

        var revealed = await clerk.Send(page, $"{List}/{key}/reveal", ("_purpose", "执法办案"));
        Assert.Equal(HttpStatusCode.OK, revealed.Status);
        Assert.StartsWith("13912345678", revealed.Value("联系电话"), StringComparison.Ordinal);
        Assert.DoesNotContain("13912345678", (await clerk.Get($"{List}/{key}")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("13912345678", (await clerk.Get($"{List}?showColumns=phone")).Body, StringComparison.Ordinal);
        var recorded = await city.Db.List(
            $"select convert_from(body, 'UTF8') from audit.record where kind = 'record.reveal' and subjects = {new[] { person }}",
            row => row.GetString(0));
        var entry = Assert.Single(recorded);
        Assert.Contains("执法办案", entry, StringComparison.Ordinal);
        Assert.Contains("phone!", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_a_masked_value_can_neither_be_revealed_nor_searched_by_parts()
    {
        var key = await Add("二黑", "13712340000");
        var reader = _host.Visit(Clerk("police", "read"));
        var page = await reader.Get($"{List}/{key}");
        Assert.DoesNotContain("reveal", page.Body, StringComparison.Ordinal);
        Assert.Equal(["二黑"], (await reader.Get($"{List}?phone=13712340000")).Rows);
        Assert.Empty((await reader.Get($"{List}?phone=1371234")).Rows);
    }

    [Fact]
    public async Task An_edit_leaves_a_masked_value_that_was_not_typed_anew()
    {
        var key = await Add("三花", "13612345678");
        var clerk = _host.Visit(Clerk());
        var form = await clerk.Get($"{List}/{key}/edit");
        Assert.DoesNotContain("13612345678", form.Body, StringComparison.Ordinal);
        var saved = await clerk.Send(form, $"{List}/{key}/edit", ("name", "三花儿"), ("_reason", "更名"));
        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        var record = (await city.Reader.Get(_pets, key))!;
        Assert.Equal(("三花儿", "+8613612345678"), (record.Text("name"), record.Text("phone")));

        form = await clerk.Get($"{List}/{key}/edit");
        await clerk.Send(form, $"{List}/{key}/edit", ("phone", "13512345678"), ("_reason", "换号"));
        Assert.Equal("+8613512345678", (await city.Reader.Get(_pets, key))!.Text("phone"));
        form = await clerk.Get($"{List}/{key}/edit");
        await clerk.Send(form, $"{List}/{key}/edit", ("_clear.phone", "1"), ("_reason", "注销号码"));
        Assert.Null((await city.Reader.Get(_pets, key))!.Text("phone"));
    }

    [Fact]
    public async Task All_faults_of_a_form_are_told_at_once_and_what_was_typed_stays()
    {
        var clerk = _host.Visit(Clerk());
        var form = await clerk.Get($"{List}/new");
        var refused = await clerk.Send(
            form, $"{List}/new", ("name", ""), ("phone", "12"), ("born_on", "2023-02-30"), ("weight", "很重"), ("keeper", "person-9"), ("office", "police"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(4, refused.Faults.Count);
        Assert.Equal("很重", refused.Document.QuerySelector("#weight")!.GetAttribute("value"));
        Assert.All(
            refused.Document.QuerySelectorAll(".refusals a"),
            link => Assert.NotNull(refused.Document.GetElementById(link.GetAttribute("href")![1..])));
    }

    [Fact]
    public async Task A_form_sent_twice_writes_once()
    {
        var clerk = _host.Visit(Clerk());
        var form = await clerk.Get($"{List}/new");
        (string, string?)[] inputs = [("name", "四喜"), ("keeper", "person-4"), ("office", "police")];
        var once = await clerk.Send(form, $"{List}/new", inputs);
        var twice = await clerk.Send(form, $"{List}/new", inputs);
        Assert.Equal(HttpStatusCode.SeeOther, once.Status);
        Assert.Equal(once.Location, twice.Location);

        // Back, other words, and sent again: another record, but only when the person means it.
        (string, string?)[] other = [.. inputs.Select(input => input.Item1 == "name" ? ("name", "另一条") : input)];
        var asked = await clerk.Send(form, $"{List}/new", other);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("已提交过另一份内容", asked.Faults.Single(), StringComparison.Ordinal);
        var meant = await clerk.Send(asked, $"{List}/new");
        Assert.Equal(HttpStatusCode.SeeOther, meant.Status);
        Assert.NotEqual(once.Location, meant.Location);
        Assert.Equal(["四喜"], (await clerk.Get($"{List}?name=四喜")).Rows);

        var key = once.Location!.Split('/')[^1].Split('?')[0];
        form = await clerk.Get($"{List}/{key}/edit");
        (string, string?)[] change = [("name", "四喜儿"), ("_reason", "更名")];
        await clerk.Send(form, $"{List}/{key}/edit", change);
        var again = await clerk.Send(form, $"{List}/{key}/edit", change);
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        Assert.Equal(2, (await city.Reader.Get(_pets, key))!.Version);
    }

    [Fact]
    public async Task Two_who_edit_at_once_see_each_others_values_and_choose()
    {
        var key = await Add("五福", "13812345678");
        var edit = $"{List}/{key}/edit";
        var (mine, other) = (_host.Visit(Clerk()), _host.Visit(Clerk()));
        var myForm = await mine.Get(edit);
        var otherForm = await other.Get(edit);
        await other.Send(otherForm, edit, ("name", "五福（他）"), ("breed", "柯基"), ("_reason", "他的理由"));

        var conflict = await mine.Send(myForm, edit, ("name", "五福（我）"), ("weight", "12.5"), ("_reason", "我的理由"));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["犬名", "品种", "体重"], conflict.Rows);
        Assert.Contains("五福（他）", conflict.Body, StringComparison.Ordinal);
        Assert.Contains("五福（我）", conflict.Body, StringComparison.Ordinal);

        var undecided = await mine.Send(conflict, edit);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, undecided.Status);
        Assert.Contains("犬名", Assert.Single(undecided.Faults), StringComparison.Ordinal);

        var saved = await mine.Send(undecided, edit, ("_choice.name", "mine"));
        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        var record = (await city.Reader.Get(_pets, key))!;
        Assert.Equal(("五福（我）", "柯基", 12.5m), (record.Text("name"), record.Text("breed"), record["weight"]));
        Assert.Equal("+8613812345678", record.Text("phone"));
        Assert.Equal("我的理由", (await city.Reader.History(_pets, key))[0].Purpose);
    }

    [Fact]
    public async Task Another_offices_record_is_neither_shown_nor_changed_nor_made()
    {
        var key = await Add("六六", office: "health");
        var clerk = _host.Visit(Clerk());
        foreach (var tail in (string[])["", "/edit", "/delete", "/history", "/compare?a=1&b=1"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await clerk.Get($"{List}/{key}{tail}")).Status);
        }

        var form = await clerk.Get($"{List}/new");
        var refused = await clerk.Send(form, $"{List}/new", ("name", "七七"), ("keeper", "person-7"), ("office", "health"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Faults, fault => fault.Contains("数据范围", StringComparison.Ordinal));

        var own = await Add("八八");
        form = await clerk.Get($"{List}/{own}/edit");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await clerk.Send(form, $"{List}/{own}/edit", ("office", "health"), ("_reason", "移交"))).Status);
    }

    [Fact]
    public async Task History_comparison_and_another_time_tell_what_was()
    {
        var key = await Add("九九");
        var before = (await city.Reader.Get(_pets, key))!.ChangedAt;
        var clerk = _host.Visit(Clerk());
        var form = await clerk.Get($"{List}/{key}/edit");
        await clerk.Send(form, $"{List}/{key}/edit", ("name", "九九归一"), ("_reason", "主人申请"), ("_case", "办字1号"));

        var history = await clerk.Get($"{List}/{key}/history");
        Assert.Contains("主人申请", history.Body, StringComparison.Ordinal);
        Assert.Contains("办字1号", history.Body, StringComparison.Ordinal);
        Assert.Contains("王经办", history.Body, StringComparison.Ordinal);
        Assert.Equal(2, history.Document.QuerySelectorAll(".timeline > li").Length);

        var compared = await clerk.Get($"{List}/{key}/compare?a=1&b=2");
        Assert.Equal(["犬名"], compared.Rows);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Get($"{List}/{key}/compare?a=1&b=9")).Status);

        var asOf = Uri.EscapeDataString(before.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("九九", (await clerk.Get($"{List}/{key}?asOf={asOf}")).Heading);
        Assert.Equal("九九归一", (await clerk.Get($"{List}/{key}")).Heading);
        Assert.Equal(["九九"], (await clerk.Get($"{List}?asOf={asOf}&name=九九")).Rows);
    }

    [Fact]
    public async Task A_deleted_record_leaves_the_list_and_keeps_its_history()
    {
        var key = await Add("十全");
        var clerk = _host.Visit(Clerk());
        var form = await clerk.Get($"{List}/{key}/delete");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Send(form, $"{List}/{key}/delete")).Status);
        var gone = await clerk.Send(form, $"{List}/{key}/delete", ("_reason", "死亡注销"));
        Assert.Equal(HttpStatusCode.SeeOther, gone.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Get($"{List}/{key}")).Status);
        Assert.Empty((await clerk.Get($"{List}?name=十全")).Rows);
        Assert.Equal(2, (await city.Reader.History(_pets, key)).Count);
    }

    [Fact]
    public async Task A_file_is_kept_with_the_record_and_given_back_only_through_it()
    {
        var clerk = _host.Visit(Clerk());
        var form = await clerk.Get($"{List}/new");
        (string, string?)[] inputs = [("name", "小文"), ("keeper", "person-8"), ("office", "police")];
        var wrong = await clerk.SendFile(form, $"{List}/new", "_upload.certificate", "假.pdf", "not a pdf"u8.ToArray(), inputs);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        var pdf = "%PDF-1.7 免疫"u8.ToArray();
        var made = await clerk.SendFile(form, $"{List}/new", "_upload.certificate", "免疫证明.pdf", pdf, inputs);
        Assert.Equal(HttpStatusCode.SeeOther, made.Status);
        var record = made.Location!.Split('?')[0];
        var page = await clerk.Get(record);
        Assert.Contains("免疫证明.pdf", page.Body, StringComparison.Ordinal);
        Assert.Equal(pdf, await clerk.Http.GetByteArrayAsync($"{record}/files/certificate"));
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Visit(Clerk("health")).Get($"{record}/files/certificate")).Status);
    }

    [Fact]
    public async Task A_form_that_does_not_come_from_our_page_writes_nothing()
    {
        var page = await _host.Visit(Clerk()).Post($"{List}/new", ("name", "外来"), ("keeper", "x"), ("office", "police"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }
}
