using System.Globalization;
using System.Net;
using System.Text;
using ParquetSharp;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>A file that goes out whole has a signed manifest, by which anybody checks it without a network, in each format.</summary>
public sealed class FilesWithManifests(City city)
{
    /// <summary>More than one group of a Parquet file.</summary>
    private const int Rows = 12_345;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    [Fact]
    public async Task The_same_rows_as_csv_workbook_and_parquet_have_one_digest_and_each_file_its_manifest()
    {
        var (resource, consumer) = (await Filled(), await Town.Office());
        var number = await Town.Grant(Town.Terms(resource, consumer) with
        {
            Fields = [.. resource.Fields.Select(field => field.Name)],
            Clear = [],
            Condition = "",
            Ways = [GrantWay.File],
        });
        using var program = await Town.Program(consumer);
        using var folder = new Folder();
        var (csv, first) = await Taken(program, resource, "csv", folder);
        var (xlsx, second) = await Taken(program, resource, "xlsx", folder);
        var (parquet, third) = await Taken(program, resource, "parquet", folder);
        foreach (var (path, manifest) in new[] { (csv, first), (xlsx, second), (parquet, third) })
        {
            var said = manifest.Read()!;
            Assert.Equal((number, consumer, resource.Id, resource.Owner, (long)Rows), (said.Grant, said.Consumer, said.Resource, said.Provider, said.Rows));
            Assert.Equal(Town.Terms(resource).Scene, said.Purpose);
            Assert.Equal((new FileInfo(path).Length, first.Read()!.RowsDigest), (said.Bytes, said.RowsDigest));
            Assert.Equal(["ecdsa-p256-sha256", "sm2-sm3"], manifest.Seals.Select(seal => seal.Suite));
            var (holds, findings) = await Verified(folder, path, manifest);
            Assert.True(holds == 0, findings);
        }

        // Apache's own library reads what was written, value by value what CSV says.
        Assert.Equal(
            File.ReadLines(csv).Skip(1).Select(line => line.Split(',')[0..7]).Select(row => (string[])[.. row[..3], Plain(row[3]), .. row[4..]]),
            Read(parquet).Select(row => (string[])[.. row[..3], Plain(row[3]), .. row[4..7]]));
        var (code, words) = await Verified(folder, csv, first);
        Assert.Equal(0, code);
        Assert.Contains("结论：文件与清单相符", words, StringComparison.Ordinal);

        // Another order is another file, and the same rows; another value is neither.
        var lines = await File.ReadAllLinesAsync(csv, Cancel);
        var turned = Path.Combine(folder.Name, "turned.csv");
        await File.WriteAllLinesAsync(turned, [lines[0], .. lines.Skip(1).Reverse()], new UTF8Encoding(true), Cancel);
        (code, words) = await Verified(folder, turned, first);
        Assert.Equal(2, code);
        Assert.Contains($"✓ 各行的内容与清单相符，共 {Rows:N0} 行", words, StringComparison.Ordinal);
        await File.WriteAllLinesAsync(turned, lines.Select(line => line.Replace("某街7号", "某街8号", StringComparison.Ordinal)), new UTF8Encoding(true), Cancel);
        (code, words) = await Verified(folder, turned, first);
        Assert.Equal(2, code);
        Assert.Contains("✗ 各行的内容与清单相符", words, StringComparison.Ordinal);

        // A manifest that says something else is no manifest.
        var forged = first with { Manifest = EvidenceJson.Write(first.Read()! with { Consumer = "police" }) };
        Assert.Equal(2, (await Verified(folder, csv, forged)).Code);
        Assert.Equal(2, (await Verified(folder, xlsx, first)).Code);
        Assert.Equal(1, await VerifyFileCommand.Run(["a"], TextWriter.Null));
        using var none = await city.Http.GetAsync(new Uri("/exchange/manifests/nothing", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task No_way_no_file_and_a_page_has_no_manifest()
    {
        var (resource, consumer) = (await Town.Register(Sharing.Conditional("限履行职责时使用")), await Town.Office());
        await Town.Grant(Town.Terms(resource, consumer));
        using var program = await Town.Program(consumer);
        using var refused = await program.GetAsync(new Uri($"/api/collections/{resource.Address}/items?f=parquet", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Shali-Manifest"));
        using var page = await program.GetAsync(new Uri($"/api/collections/{resource.Address}/items?f=parquet&limit=1", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.OK, false), (page.StatusCode, page.Headers.Contains("Shali-Manifest")));
        using var memory = new MemoryStream(await page.Content.ReadAsByteArrayAsync(Cancel));
        using var reader = new ParquetFileReader(memory);
        Assert.Equal(1, reader.FileMetaData.NumRows);
    }

    private async Task<ResourceDefinition> Filled()
    {
        await IdentityPeople.Offices(city);
        var published = await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = $"shr-{Guid.NewGuid().ToString("N")[..12]}/file",
                Name = "房屋清册",
                Clause = "S06",
                Owner = "police",
                Sharing = Sharing.Conditional("限履行职责时使用"),
                Fields =
                [
                    new() { Name = "address", Label = "坐落", Type = FieldTypes.Text },
                    new() { Name = "rooms", Label = "间数", Type = FieldTypes.Integer },
                    new() { Name = "area", Label = "面积", Type = FieldTypes.Decimal },
                    new() { Name = "built_on", Label = "建成日期", Type = FieldTypes.Date },
                    new() { Name = "owner_name", Label = "权利人", Type = FieldTypes.Text, Mask = MaskShape.Name, Grade = Grade.Sensitive },
                    new() { Name = "note", Label = "备注", Type = FieldTypes.Text },
                ],
            },
            Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());
        var table = Sql.Name(published.Value.Schema, published.Value.Table);
        await city.Db.Run(
            Sql.Of(
                $"""
                insert into {table} (_key, _version, _act, _at, address, rooms, area, built_on, owner_name, note)
                select lpad(i::text, 8, '0'), 1, 0, timestamptz '2026-01-01 00:00:00+08' + i * interval '1 second', '某街' || i || '号', case when i % 5 = 0 then null else i end, i / 4.0,
                    date '1990-01-01' + i, '欧阳测试', '' from generate_series(1, {Rows}) as i
                """),
            Cancel);
        return published.Value;
    }

    private static async Task<(string Path, ManifestFile Manifest)> Taken(HttpClient program, ResourceDefinition resource, string format, Folder folder)
    {
        using var answer = await program.GetAsync(new Uri($"/api/collections/{resource.Address}/items?f={format}", UriKind.Relative), Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
        var path = Path.Combine(folder.Name, "file." + format);
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync(Cancel), Cancel);

        // With the last byte the manifest is there.
        var number = answer.Headers.GetValues("Shali-Manifest").Single();
        var manifest = EvidenceJson.Read<ManifestFile>(await program.GetByteArrayAsync(new Uri("/exchange/manifests/" + number, UriKind.Relative), Cancel))!;

        // A browser keeps no header: the name of the file leads to its manifest.
        var named = answer.Content.Headers.ContentDisposition!.FileName!.Trim('"');
        Assert.Contains(number, named, StringComparison.Ordinal);
        Assert.Equal(named, manifest.Read()!.FileName);
        return (path, manifest);
    }

    /// <summary>The first file of a city, and the first after a key was renewed.</summary>
    [Fact]
    public async Task A_key_that_is_made_for_a_manifest_is_not_younger_than_the_manifest()
    {
        await using var office = await LedgerOffice.Open(city);
        var written = office.Time.GetUtcNow();
        office.Time.Move(TimeSpan.FromSeconds(5));
        var key = await office.Get<CentreKeys>().Of(SignatureSuite.P256, Cancel);
        var authorities = await office.Get<CertificateAuthority>().Authorities(Cancel);
        using var certificate = ReceiptCheck.Certificate(key.Pem)!;
        Assert.True(ReceiptCheck.Chain(certificate, authorities, written, "").Holds);
        Assert.False(ReceiptCheck.Chain(certificate, authorities, written.AddHours(-1), "").Holds);
    }

    private async Task<(int Code, string Words)> Verified(Folder folder, string path, ManifestFile manifest)
    {
        var (kept, ca) = (Path.Combine(folder.Name, "manifest.json"), Path.Combine(folder.Name, "ca.pem"));
        await File.WriteAllBytesAsync(kept, EvidenceJson.Write(manifest), Cancel);
        await File.WriteAllBytesAsync(ca, await city.Http.GetByteArrayAsync(new Uri("/ca/ca.pem", UriKind.Relative), Cancel), Cancel);
        await using var words = new StringWriter();
        return (await VerifyFileCommand.Run([path, kept, "--ca", ca], words), words.ToString());
    }

    /// <summary>The rows of a Parquet file, each value as CSV writes it.</summary>
    private static IEnumerable<string[]> Read(string path)
    {
        using var reader = new ParquetFileReader(path);
        Assert.Equal(2, reader.FileMetaData.NumRowGroups);
        for (var group = 0; group < reader.FileMetaData.NumRowGroups; group++)
        {
            using var rows = reader.RowGroup(group);
            var count = (int)rows.MetaData.NumRows;
            var columns = new List<string[]>();
            for (var i = 0; i < reader.FileMetaData.NumColumns; i++)
            {
                using var column = rows.Column(i).LogicalReader();
                columns.Add(column switch
                {
                    LogicalColumnReader<string> text => [.. text.ReadAll(count).Select(value => value ?? "")],
                    LogicalColumnReader<long?> whole => [.. whole.ReadAll(count).Select(value => value?.ToString(CultureInfo.InvariantCulture) ?? "")],
                    LogicalColumnReader<decimal?> number => [.. number.ReadAll(count).Select(value => value?.ToString(CultureInfo.InvariantCulture) ?? "")],
                    LogicalColumnReader<Date?> day => [.. day.ReadAll(count).Select(value => value?.DateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "")],
                    LogicalColumnReader<DateTime?> moment => [.. moment.ReadAll(count).Select(value => value?.ToString("O", CultureInfo.InvariantCulture) ?? "")],
                    _ => throw new InvalidOperationException($"Column {i} is read as {column.GetType()}."),
                });
            }

            for (var row = 0; row < count; row++)
            {
                yield return [.. columns.Select(column => column[row])];
            }
        }
    }

    /// <summary>A number without the zeros at its end, which are the column's business.</summary>
    private static string Plain(string number) => decimal.Parse(number, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A folder that goes with the test.</summary>
    private sealed class Folder : IDisposable
    {
        public string Name { get; } = Directory.CreateTempSubdirectory("shali-file-").FullName;

        public void Dispose() => Directory.Delete(Name, recursive: true);
    }
}
