using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MiniExcelLibs;
using Shali.Platform.Identity;

using Shali.Platform.Registry.Load;
using Shali.Platform.Systems;
using Shali.Platform.Ui;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>The load through its pages, its interface and its command line, over HTTP with a worker that runs.</summary>
public sealed class LoadDoors(City city)
{
    private static readonly Caller Clerk = LoadNode.Clerk with { Permissions = Rights("front", "form", "api", "whole", "cli", "foreign", "closed") };

    private static readonly Caller Stranger = Clerk with { Id = "test:stranger", Office = "health" };

    [Fact]
    public async Task A_clerk_brings_a_file_confirms_its_columns_and_corrects_what_was_rejected()
    {
        await using var node = await LoadNode.On(city);
        await node.Publish(LoadNode.Shop("front"));
        await using var host = await Host.Start(node);
        var clerk = host.Visit(Clerk);
        var page = await clerk.Get("/records/load-test.front/load");
        Assert.Equal("导入店铺", page.Heading);
        var sent = await clerk.SendFile(
            page, "/records/load-test.front/load", "file", "店铺.csv",
            Encoding.UTF8.GetBytes("编号,店名,金额,成立日期\n1,甲,1.5,2024-01-01\n2,,一百,2024-01-02\n"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);

        var confirm = await clerk.Get(sent.Location!);
        Assert.Equal("核对各列", confirm.Heading);
        Assert.Contains("有误", confirm.Body, StringComparison.Ordinal);
        var refused = await clerk.Send(confirm, sent.Location!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(2, refused.Faults.Count);
        Assert.NotNull(refused.Document.QuerySelector("#column_1"));

        var started = await clerk.Send(confirm, sent.Location!, ("column_1", "name"), ("purpose", "年度普查"));
        Assert.Equal(HttpStatusCode.SeeOther, started.Status);
        var done = await host.Ended(clerk, sent.Location!);
        Assert.Contains("已完成", done.Body, StringComparison.Ordinal);

        var csv = await clerk.Http.GetStringAsync(new Uri(sent.Location + "/rejects.csv", UriKind.Relative));
        Assert.Contains("2,,一百,2024-01-02", csv, StringComparison.Ordinal);
        var book = await clerk.Http.GetByteArrayAsync(new Uri(sent.Location + "/rejects.xlsx", UriKind.Relative));
        using var stream = new MemoryStream(book);
        var rows = stream.Query().Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(["行号", "原因", "编号", "店名", "金额", "成立日期"], rows[0].Values.Cast<string>());
        Assert.Equal("一百", rows[1]["E"]);
        var list = await clerk.Get("/records/load-test.front/loads");
        Assert.Contains("店铺.csv", list.Body, StringComparison.Ordinal);
        Assert.Single(await node.Records(node.Registry.Find("load-test/front")!));
        Assert.Equal("年度普查", (await node.Reader.History(node.Registry.Find("load-test/front")!, (await node.Records(node.Registry.Find("load-test/front")!))[0].Key))[0].Purpose);
    }

    [Fact]
    public async Task A_form_without_its_token_or_without_a_file_keeps_nothing()
    {
        await using var node = await LoadNode.On(city);
        await node.Publish(LoadNode.Shop("form"));
        await using var host = await Host.Start(node);
        var clerk = host.Visit(Clerk);
        using var forged = new MultipartFormDataContent { { new ByteArrayContent("编号\n1\n"u8.ToArray()), "file", "a.csv" } };
        using var answer = await clerk.Http.PostAsync(new Uri("/records/load-test.form/load", UriKind.Relative), forged);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await clerk.Get("/records/load-test.form/load");
        var empty = await clerk.Send(page, "/records/load-test.form/load");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Single(empty.Faults);
        Assert.Empty(Directory.GetFiles(node.Settings.Folder));
    }

    [Fact]
    public async Task What_only_its_system_writes_comes_in_by_no_file()
    {
        await using var node = await LoadNode.On(city);
        var closed = await node.Publish(LoadNode.Shop("closed") with { Editable = false });
        await using var host = await Host.Start(node);
        var clerk = host.Visit(Clerk);
        var page = await clerk.Get("/records/load-test.closed/load");
        Assert.Contains("只能通过业务办理", page.Body, StringComparison.Ordinal);
        var sent = await clerk.SendFile(page, "/records/load-test.closed/load", "file", "店铺.csv", "编号,店名\n1,甲\n"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        using var content = new ByteArrayContent("编号,名称\n1,甲\n"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var refused = await clerk.Http.PostAsync(new Uri("/api/collections/load-test.closed/loads", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(["LOAD-J03"], Codes(await Json(refused)));
        Assert.Empty(Directory.GetFiles(node.Settings.Folder));
        Assert.Empty(await node.Records(closed));
    }

    [Fact]
    public async Task A_program_posts_a_file_and_follows_the_job()
    {
        await using var node = await LoadNode.On(city);
        await node.Publish(LoadNode.Shop("api"));
        await using var host = await Host.Start(node);
        var http = host.Visit(Clerk).Http;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("编号,名称,别的\n1,甲,x\n2,,y\n"));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var unknown = await http.PostAsync(new Uri("/api/collections/load-test.api/loads?mode=half&colour=red", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(["API-P01", "LOAD-P01"], Codes(await Json(unknown)).Order());
        using var unmapped = await http.PostAsync(new Uri("/api/collections/load-test.api/loads", UriKind.Relative), Again(content));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unmapped.StatusCode);
        Assert.Equal(["LOAD-M02"], Codes(await Json(unmapped)));
        using var accepted = await http.PostAsync(new Uri($"/api/collections/load-test.api/loads?ignore={Uri.EscapeDataString("别的")}", UriKind.Relative), Again(content));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var address = accepted.Headers.Location!.ToString();
        var job = await host.Finished(http, address);
        Assert.Equal("done", job.GetProperty("state").GetString());
        Assert.Equal(1, job.GetProperty("rows").GetProperty("bad").GetInt64());
        Assert.Equal(3, job.GetProperty("rejects")[0].GetProperty("row").GetInt64());
        Assert.Contains("2,,y", await http.GetStringAsync(new Uri(address + "/rejects", UriKind.Relative)), StringComparison.Ordinal);
        using var stranger = await host.Visit(Stranger).Http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task The_command_line_says_by_its_exit_code_what_came_of_it()
    {
        await using var node = await LoadNode.On(city);
        await node.Publish(LoadNode.Shop("cli"));
        await using var host = await Host.Start(node, everybodyIs: Clerk);
        using var good = LoadFile.Csv("编号,名称\n1,甲\n");
        using var bad = LoadFile.Csv("编号,名称\n1,甲\n2,\n");
        Assert.Equal(0, await LoadCommand.Run(["load-test.cli", good.Path, "--url", host.Address]));
        Assert.Equal(2, await LoadCommand.Run(["load-test.cli", bad.Path, "--url", host.Address]));
        Assert.Equal(2, (await File.ReadAllLinesAsync(bad.Path + ".rejects.csv")).Length);
        Assert.Equal(1, await LoadCommand.Run(["load-test.cli", bad.Path, "--url", host.Address, "--mode", "all-or-nothing"]));
        Assert.Equal(1, await LoadCommand.Run(["load-test.nowhere", good.Path, "--url", host.Address]));
        Assert.Equal(1, await LoadCommand.Run(["--colour", "red"]));
    }

    private static HashSet<string> Rights(params string[] names) => [.. names.Select(name => $"load-test.{name}.load")];

    private static ByteArrayContent Again(ByteArrayContent content)
    {
        var again = new ByteArrayContent(content.ReadAsByteArrayAsync().GetAwaiter().GetResult());
        again.Headers.ContentType = content.Headers.ContentType;
        return again;
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static IEnumerable<string> Codes(JsonElement problem) =>
        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()!);

    /// <summary>The doors on a node of the test's own; who asks is a header.</summary>
    private sealed class Host : IAsyncDisposable
    {
        private const string As = "X-Test-Caller";

        private readonly WebApplication _app;
        private readonly Dictionary<string, Caller> _callers = new(StringComparer.Ordinal);

        private Host(WebApplication app) => _app = app;

        public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        public static async Task<Host> Start(LoadNode node, Caller? everybodyIs = null)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton(TimeProvider.System).AddSingleton(node.Db).AddSingleton(node.Registry).AddSingleton(node.Log)
                .AddSingleton<IReadOnlyList<CitySystem>>([]).AddUi().AddLoad(node.Settings);
            var app = builder.Build();
            var host = new Host(app);
            app.UseErrorPages();
            app.Use((context, next) =>
            {
                if ((context.Request.Headers[As].ToString() is { Length: > 0 } id ? host._callers[id] : everybodyIs) is { } caller)
                {
                    context.Items[typeof(Caller)] = caller;
                }

                return next(context);
            });
            app.UseRouting();
            app.MapLoad();
            app.MapUi();
            await app.StartAsync();
            return host;
        }

        public RecordVisitor Visit(Caller caller)
        {
            _callers[caller.Id] = caller;
            var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
            {
                BaseAddress = new Uri(Address),
            };
            http.DefaultRequestHeaders.Add(As, caller.Id);
            return new(http);
        }

        /// <summary>The page of a job once it says that the job has ended.</summary>
        public async Task<Page> Ended(RecordVisitor visitor, string address)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (true)
            {
                var page = await visitor.Get(address);
                if (page.Document.QuerySelector("[data-poll]") is null)
                {
                    return page;
                }

                await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }

        public async Task<JsonElement> Finished(HttpClient http, string address)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (true)
            {
                var job = JsonDocument.Parse(await http.GetStringAsync(new Uri(address, UriKind.Relative))).RootElement;
                if (job.GetProperty("state").GetString() is "done" or "failed" or "cancelled")
                {
                    return job;
                }

                await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
