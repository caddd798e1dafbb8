using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shali.Tests.Support;
using static Shali.Tests.Browser.DemoVisitor;

namespace Shali.Tests.Browser;

/// <summary>
/// An afternoon with Shali, as the README tells it: a department brings a spreadsheet, a family moves. Walked in a real
/// browser in a fresh demo city; <c>SHALI_README_PICTURES=docs/pictures</c> takes its pictures anew.
/// </summary>
public sealed partial class Afternoon(City city, Chromium chromium)
{
    private const string Resource = "d-police.service-point";

    private static readonly string Sheet = Path.Combine(AppContext.BaseDirectory, "service-points.csv");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_spreadsheet_becomes_a_resource_and_a_family_moves()
    {
        var clerk = await DemoVisitor.SignIn(city, chromium, "police.clerk", "经办人员");
        await Picture(clerk, "/", "home");
        await A_departments_spreadsheet_becomes_a_resource(clerk);
        await The_wrong_rows_come_back(clerk);
        await Others_find_it(clerk);
        var resident = await DemoVisitor.SignIn(city, chromium, "resident1", "个人");
        var person = await A_family_moves(clerk, resident);
        await It_is_everywhere_at_once(clerk, resident, person);
        await clerk.Context.CloseAsync();
        await resident.Context.CloseAsync();
    }

    private static async Task A_departments_spreadsheet_becomes_a_resource(IPage clerk)
    {
        await clerk.GotoAsync("/desk");
        await clerk.GetByRole(AriaRole.Link, new() { Name = "用表格登记新资源" }).First.ClickAsync();
        await clerk.Locator("#name").FillAsync("便民警务服务点");
        await clerk.Locator("#slug").FillAsync("service-point");
        await clerk.Locator("#file").SetInputFilesAsync(Sheet);
        await Press(clerk, "读取并给出建议");

        // What a program cannot know.
        await clerk.Locator("[id='f1.required']").CheckAsync();
        await clerk.Locator("#sharing").SelectOptionAsync(new SelectOptionValue { Label = "无条件共享" });
        await clerk.Locator("#rhythm").SelectOptionAsync(new SelectOptionValue { Label = "每月" });
        await clerk.GetByText("更多设置").First.ClickAsync();
        await clerk.Locator("#open").CheckAsync();
        await Picture(clerk, null, "definition");
        await Press(clerk, "发布");
        await clerk.Arrives($"**/records/{Resource}/loads/*");
    }

    private static async Task The_wrong_rows_come_back(IPage clerk)
    {
        await Load(clerk);
        Assert.Equal(["12", "0", "0", "3"], await Counts(clerk));
        var reasons = await clerk.Locator("main table tbody").InnerTextAsync();
        Assert.Contains("真实存在的日期", reasons, StringComparison.Ordinal);
        Assert.Contains("请填写名称", reasons, StringComparison.Ordinal);
        await Picture(clerk, null, "load-rejects");

        var downloading = clerk.WaitForDownloadAsync();
        await clerk.GetByRole(AriaRole.Link, new() { Name = "下载 CSV" }).ClickAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("shali-rejects-").FullName, "rejects.csv");
        await (await downloading).SaveAsAsync(file);
        var text = await File.ReadAllTextAsync(file, Cancel);
        await File.WriteAllTextAsync(
            file,
            text.Replace("2024-02-30", "2024-02-29", StringComparison.Ordinal).Replace("待补", "0395-3120010", StringComparison.Ordinal)
                .Replace("FW-012,,", "FW-012,商桥便民服务点,", StringComparison.Ordinal),
            Cancel);
        await clerk.GetByRole(AriaRole.Link, new() { Name = "导入更正后的文件" }).ClickAsync();
        await Upload(clerk, file);
        Assert.Equal(["3", "0", "0", "0"], await Counts(clerk));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        // The file of before: the right rows are there already, the wrong ones are as wrong as they were.
        await clerk.GotoAsync($"/records/{Resource}/load");
        await Upload(clerk, Sheet);
        Assert.Equal(["0", "0", "12", "3"], await Counts(clerk));
    }

    private async Task Others_find_it(IPage clerk)
    {
        foreach (var words in new[] { "服务点", "bmjw" })
        {
            await clerk.GotoAsync("/catalogue?q=" + Uri.EscapeDataString(words));
            await clerk.GetByRole(AriaRole.Link, new() { Name = "便民警务服务点" }).First.ClickAsync();
            await clerk.Arrives($"**/catalogue/{Resource}");
        }

        await Picture(clerk, null, "catalogue");
        var address = (await city.Demo()).Address;
        var folder = Directory.CreateTempSubdirectory("shali-gis-");
        var file = Path.Combine(folder.FullName, "service-points.gpkg");
        var (code, output) = await Tool.Run(
            "ogr2ogr", "--config", "GDAL_HTTP_HEADERS", "Authorization: Bearer " + await Token(), file, $"OAPIF:{address}api", Resource);
        Assert.True(code == 0, output);
        Assert.Contains("Feature Count: 15", (await Tool.Run("ogrinfo", "-so", file, Resource)).Output, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    /// <summary>The key of the person at the head of the family.</summary>
    private static async Task<string> A_family_moves(IPage clerk, IPage resident)
    {
        await resident.GotoAsync("/me/record");
        var number = CitizenNumber().Match(await resident.Locator("main").InnerTextAsync()).Value;
        await clerk.GotoAsync("/desk");
        await clerk.GetByRole(AriaRole.Link, new() { Name = "查找人员" }).First.ClickAsync();
        await clerk.Locator("#number").FillAsync(number);
        await Press(clerk, "查找");
        await clerk.Locator("main a[href*='/population/persons/']").First.ClickAsync();
        await clerk.Arrives("**/population/persons/*");
        var person = new Uri(clerk.Url).Segments[^1];
        await clerk.GetByRole(AriaRole.Link, new() { Name = "办理市内移居" }).First.ClickAsync();
        await clerk.Locator("#date").FillAsync(DateTimeOffset.UtcNow.AddHours(8).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        foreach (var member in await clerk.Locator("input[name=members]").AllAsync())
        {
            await member.CheckAsync();
        }

        await clerk.Locator("#village").FillAsync("411103001001");
        await clerk.Locator("#address").FillAsync("嵩山路66号2号楼301室");
        await Press(clerk, "下一步：核对");
        Assert.Contains("沙北街道", await clerk.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Picture(clerk, null, "move-check");
        await Press(clerk, "登记");
        await clerk.Arrives("**/population/events/*");
        return person;
    }

    private async Task It_is_everywhere_at_once(IPage clerk, IPage resident, string person)
    {
        await clerk.GotoAsync($"/records/population.person/{person}/history");
        Assert.Contains("市内移居", await clerk.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Picture(clerk, null, "history");
        await clerk.GotoAsync("/population/statistics");
        await Picture(clerk, null, "statistics");

        using var http = new HttpClient { BaseAddress = (await city.Demo()).Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token());
        var found = false;
        for (string? next = "/api/collections/population.membership/changes?limit=1000"; next is not null && !found;)
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(next, UriKind.Relative), Cancel));
            found = answer.RootElement.GetRawText().Contains(person, StringComparison.Ordinal);
            next = answer.RootElement.TryGetProperty("next", out var more) && more.GetString() is { } after && answer.RootElement.GetProperty("changes").GetArrayLength() > 0
                ? $"/api/collections/population.membership/changes?limit=1000&after={Uri.EscapeDataString(after)}"
                : null;
        }

        Assert.True(found, "The move is not in the feed.");
        await resident.GotoAsync("/me/access");
        Assert.Contains("市内移居", await resident.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Picture(resident, null, "access");
    }

    private static async Task Upload(IPage clerk, string file)
    {
        await clerk.Locator("input[type=file]").SetInputFilesAsync(file);
        await clerk.Locator("main form:has(input[type=file]) button[type=submit]").First.ClickAsync();
        await clerk.Arrives($"**/records/{Resource}/loads/*");
        await Load(clerk);
    }

    /// <summary>Presses 开始导入 and waits for the page that tells the end: the page shows it by itself, or when it is opened again.</summary>
    private static async Task Load(IPage clerk)
    {
        await Press(clerk, "开始导入");
        await clerk.WaitForFunctionAsync("() => document.querySelector('main').innerText.includes('已完成') || (setTimeout(() => location.reload(), 300), false)", null, new() { PollingInterval = 500 });
    }

    /// <summary>Inserted, updated, unchanged and wrong rows.</summary>
    private static async Task<string[]> Counts(IPage clerk)
    {
        var text = await clerk.Locator("main").InnerTextAsync();
        return [.. new[] { "新增", "更新", "无变化", "有误" }.Select(word => Regex.Match(text, word + @"\s+(\d+)行").Groups[1].Value)];
    }

    private async Task<string> Token()
    {
        using var http = new HttpClient { BaseAddress = (await city.Demo()).Address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "police-client",
            ["client_secret"] = (await city.Demo()).Secret("police-client"),
        });
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Cancel);
        using var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return token.RootElement.GetProperty("access_token").GetString()!;
    }

    [GeneratedRegex(@"\d{17}[\dX]")]
    private static partial Regex CitizenNumber();
}
