using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Portal;

namespace Shali.Bench;

/// <summary><c>document.sign</c>: documents from content to registered file, each with seal, time stamp and records, some at once.</summary>
internal static class DocumentBench
{
    private const int Callers = 8;

    public static async Task<Row> Sign(string connectionString, string folder, int count)
    {
        await using var host = await ShaliHost.Build(new(connectionString, folder, 0, Demo: true) { Quiet = true });
        await host.StartAsync();
        var offices = host.Services.GetRequiredService<Offices>();
        if (offices.Find("market-regulation") is null)
        {
            await offices.Save(
                new(Caller.Platform("bench"), "identity.office.save"),
                [new("market-regulation", "测量用市场监督管理局", "市监", "department", null, "4111", new DateOnly(2000, 1, 1), null)]);
        }

        var desk = host.Services.GetRequiredService<DocumentDesk>();
        var size = (await desk.Issue(Caller.Platform("bench"), Issue(0))).Value.File.Length;
        var clock = Stopwatch.StartNew();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) <= count;)
            {
                _ = (await desk.Issue(Caller.Platform($"bench-{caller}"), Issue(i))).Value;
            }
        }));
        var perSecond = count / clock.Elapsed.TotalSeconds;
        await host.StopAsync();
        return new("document.sign", $"documents rendered, sealed, stamped, registered; {size / 1024} KB a page", perSecond, "documents/s", null, null, "50/s", "200/s", perSecond >= 50);
    }

    private static DocumentIssue Issue(int i) => new()
    {
        Office = "market-regulation",
        Kind = "bench.licence",
        Case = $"BENCH{i}",
        Holder = $"测量用企业{i}",
        Content = new()
        {
            Form = DocumentForm.Licence,
            Office = "测量用市场监督管理局",
            Title = "食品经营许可证",
            Number = $"JY2411100{i:D7}",
            Date = new DateOnly(2026, 11, 20),
            Fields =
            [
                new("经营者名称", $"测量用企业{i}"), new("经营场所", "漯河市源汇区人民路与交通路交叉口向南一百米路东"),
                new("主体业态", "餐饮服务经营者"), new("经营项目", "热食类食品制售，冷食类食品制售，自制饮品制售"),
            ],
        },
    };
}
