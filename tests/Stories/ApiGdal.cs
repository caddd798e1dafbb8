using System.Diagnostics;
using System.Globalization;
using NetTopologySuite.Geometries;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>The tools that people use: GDAL reads the interface with a token, spatial or not.</summary>
public sealed class ApiGdal(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Token = "api-gdal.tree:read|api-gdal.note:read";
    private const int Trees = 230;

    private static readonly ResourceDefinition Tree = new()
    {
        Id = "api-gdal/tree",
        Name = "行道树",
        Clause = "P1",
        Owner = "data",
        Fields =
        [
            new() { Name = "species", Label = "树种", Type = FieldTypes.Text, Indexed = true },
            new() { Name = "height", Label = "高度", Type = FieldTypes.Decimal, Scale = 1 },
            new() { Name = "count", Label = "株数", Type = FieldTypes.Integer },
            new() { Name = "planted", Label = "栽植日期", Type = FieldTypes.Date },
            new() { Name = "place", Label = "位置", Type = FieldTypes.Geometry },
        ],
    };

    private static readonly ResourceDefinition Note = new()
    {
        Id = "api-gdal/note",
        Name = "巡查记录",
        Clause = "P1",
        Owner = "data",
        Fields = [new() { Name = "words", Label = "内容", Type = FieldTypes.Text }],
    };

    private async Task Fill()
    {
        var act = new Act(Caller.Platform("test"), "load");
        var tree = await host.Publish(Tree);
        var trees = Enumerable.Range(1, Trees).Select(i => new Change.Insert(tree, "", new Dictionary<string, object?>
        {
            ["species"] = i % 2 == 0 ? "国槐" : "悬铃木",
            ["height"] = 3m + (i / 10m),
            ["count"] = (long)i,
            ["planted"] = new DateOnly(2000, 1, 1).AddDays(i),
            ["place"] = new Point(114 + (i / 1000.0), 33.5 + (i / 2000.0)) { SRID = 4490 },
        })).ToList<Change>();
        Assert.True((await host.City.Store.Write(act with { IdempotencyKey = "gdal-tree" }, trees)).Ok);
        var note = await host.Publish(Note);
        Change[] notes = [new Change.Insert(note, "", new Dictionary<string, object?> { ["words"] = "无异常" })];
        Assert.True((await host.City.Store.Write(act with { IdempotencyKey = "gdal-note" }, notes)).Ok);
    }

    private async Task<string> Run(string program, params string[] arguments)
    {
        await Fill();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. arguments, "--config", "GDAL_HTTP_HEADERS", $"Authorization: Bearer {Token}", "--config", "CPL_CURL_VERBOSE", "NO"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{await errors}");
        Assert.Equal("", await errors);
        return output;
    }

    private string Source => $"OAPIF:{host.Address}api";

    [Fact]
    public async Task It_lists_the_collections()
    {
        var output = await Run("ogrinfo", "-ro", Source);
        Assert.Contains("api-gdal.tree", output, StringComparison.Ordinal);
        Assert.Contains("api-gdal.note", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_features_with_their_types_and_place()
    {
        var output = await Run("ogrinfo", "-ro", Source, "api-gdal.tree", "-where", "count = 7");
        Assert.Contains("count (Integer) = 7", output, StringComparison.Ordinal);
        Assert.Contains("species (String) = 悬铃木", output, StringComparison.Ordinal);
        Assert.Contains("planted (Date) = 2000/01/08", output, StringComparison.Ordinal);
        Assert.Contains("POINT (114.007 33.5035)", output, StringComparison.Ordinal);
        Assert.Contains("Feature Count: 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_selects_by_place() => Assert.Contains(
        "Feature Count: 2", await Run("ogrinfo", "-ro", "-so", Source, "api-gdal.tree", "-spat", "114.0005", "33", "114.0025", "34"), StringComparison.Ordinal);

    [Fact]
    public async Task It_copies_everything_into_a_geopackage_page_by_page()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("shali-gdal").FullName, "city.gpkg");
        await Run("ogr2ogr", "-f", "GPKG", file, Source, "-oo", "PAGE_SIZE=100");
        var output = await Run("ogrinfo", "-ro", "-so", "-al", file);
        Assert.Contains($"Feature Count: {Trees.ToString(CultureInfo.InvariantCulture)}", output, StringComparison.Ordinal);
        Assert.Contains("Geometry: Point", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_copies_a_resource_without_places_to_csv()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("shali-gdal").FullName, "note.csv");
        await Run("ogr2ogr", "-f", "CSV", file, Source, "api-gdal.note");
        Assert.Contains("无异常", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }
}
