using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NpgsqlTypes;
using Shali.Platform.Catalogue;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Portal;

namespace Shali.Bench;

/// <summary>
/// <c>catalogue.search</c>: a catalogue of a hundred thousand entries is searched over HTTP, and made anew from the database. The entries are definitions as
/// offices publish them; their tables, which the catalogue does not read, are not there.
/// </summary>
internal static class CatalogueBench
{
    private static readonly string[] Subjects =
        ["企业", "人口", "房屋", "土地", "车辆", "学籍", "社保", "医保", "就业", "低保", "残疾人", "食品", "药品", "环境", "水质", "气象", "道路", "桥梁", "管网", "项目", "招标", "信用", "税务", "工商", "质检", "文物", "旅游", "林业", "农机", "粮食"];

    private static readonly string[] Kinds = ["登记信息", "许可信息", "处罚信息", "检查记录", "年度报告", "变更记录", "监测数据", "统计台账", "基本信息", "名录"];

    private static readonly string[] Places = ["源汇区", "郾城区", "召陵区", "舞阳县", "临颍县", "市本级"];

    private static readonly string[] Items =
        ["名称", "统一社会信用代码", "公民身份号码", "登记日期", "有效期至", "法定代表人", "注册资本", "经营范围", "住所", "联系电话", "行政区划", "主管部门", "状态", "备注", "经度", "纬度"];

    public static async Task<Row> Search(string connectionString, string folder, int entries, int searches)
    {
        await using (var db = new Db(ShaliHost.DataSource(connectionString)))
        {
            await Fill(db, entries);
        }

        await using var app = await ShaliHost.Build(new(connectionString, folder, 0, Demo: true) { Quiet = true });
        await app.StartAsync();
        try
        {
            var (registry, catalogue) = (app.Services.GetRequiredService<ResourceRegistry>(), app.Services.GetRequiredService<ResourceCatalogue>());
            var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

            // Another node has published something: everything is read and prepared again.
            await app.Services.GetRequiredService<Db>().Run($"update registry.edition set number = number + 1");
            var clock = Stopwatch.StartNew();
            await registry.Refresh();
            var found = catalogue.Search(new CatalogueQuery()).Total;
            var rebuild = clock.Elapsed.TotalSeconds;
            if (found < entries)
            {
                throw new InvalidOperationException($"{found} of {entries} entries are in the catalogue.");
            }

            var asked = Asked();
            await HttpLoad.Run(port, 2, TimeSpan.FromSeconds(5), i => asked[i % asked.Length]);
            var waits = new List<double>();
            while (waits.Count < searches)
            {
                waits.AddRange((await HttpLoad.Run(port, 2, TimeSpan.FromSeconds(3), i => asked[i % asked.Length])).Milliseconds);
            }

            waits.Sort();
            var p95 = waits[(int)(waits.Count * 0.95)];
            return new(
                "catalogue.search", $"p95 of {waits.Count:N0} searches among {found:N0} entries, 2 connections, whole pages with counts; made anew in {rebuild:N1} s (floor 120)", p95, "ms",
                null, null, "100 ms", "", p95 <= 100 && rebuild <= 120);
        }
        finally
        {
            await app.StopAsync();
        }
    }

    /// <summary>Names, parts of names, pinyin, first letters, items, nothing at all, and narrowed ones.</summary>
    private static string[] Asked() =>
    [
        .. new[] { "企业登记信息", "人口", "qydjxx", "renkou", "统一社会信用代码", "源汇区 处罚信息", "公民身份号码 医保", "没有这个词", "" }
            .SelectMany(words => new[] { $"/catalogue?q={Uri.EscapeDataString(words)}", $"/catalogue?q={Uri.EscapeDataString(words)}&sharing=conditional", $"/catalogue?q={Uri.EscapeDataString(words)}&page=2" })
            .Distinct(StringComparer.Ordinal),
    ];

    private static async Task Fill(Db db, int entries)
    {
        const int chunk = 5_000;
        var at = TimeProvider.System.GetUtcNow();
        for (var begin = 0; begin < entries; begin += chunk)
        {
            var made = Enumerable.Range(begin, Math.Min(chunk, entries - begin)).Select(Entry).ToList();
            await db.Unhurried.Run(
                $"""
                insert into registry.definition (id, version, body, who_id, who_name, at)
                select d.id, 1, d.body::jsonb, 'bench', 'bench', {at}
                from unnest({Sql.Value(made.Select(one => one.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)}, {Sql.Value(made.Select(DefinitionJson.Write).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)}) as d(id, body)
                on conflict do nothing
                """);
        }

        await db.Run($"update registry.edition set number = number + 1");
    }

    private static ResourceDefinition Entry(int i) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"bench-{i % 500}/r-{i}"),
        Name = $"{Places[i % Places.Length]}{Subjects[i / 6 % Subjects.Length]}{Kinds[i / 180 % Kinds.Length]}{i}",
        Note = $"{Places[i % Places.Length]}各单位在履行职责中形成的{Subjects[i / 6 % Subjects.Length]}{Kinds[i / 180 % Kinds.Length]}，按月归集。",
        Clause = "S06",
        Owner = $"office-{i % 500}",
        Base = (i % 7) switch { 0 => "population", 1 => "legal-entities", 2 => "geography", 3 => "economy", _ => "department" },
        Theme = Subjects[i / 6 % Subjects.Length],
        Sharing = i % 3 == 0 ? Sharing.Unconditional : Sharing.Conditional("限履行职责时使用"),
        RunTime = true,
        Fields = [.. Items.Select((label, at) => new FieldDefinition { Name = string.Create(CultureInfo.InvariantCulture, $"item_{at}"), Label = label, Type = FieldTypes.Text })],
    };
}
