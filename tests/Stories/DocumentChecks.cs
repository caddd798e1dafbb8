using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Documents;
using Shali.Platform.Documents.Checking;
using Shali.Platform.Documents.Fonts;
using Shali.Platform.Documents.Layout;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Anybody has a document checked: genuine, in force, and if not, what was altered.</summary>
public sealed class DocumentChecks(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DocumentCheck Check => city.Service<DocumentCheck>();

    [Fact]
    public async Task A_visitor_checks_by_number_by_code_of_squares_and_by_file()
    {
        var issued = await IssuedDocuments.Issue(city);
        var document = (await city.Service<DocumentDesk>().Find(issued.Key, Cancel))!;
        using var visitor = new IdentityBrowser(city.Address);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/verify")).StatusCode);
        var typed = document.Number.Replace('〔', '[').Replace('〕', ']');
        Assert.Equal(HttpStatusCode.OK, (await visitor.Post("/verify/number", ("number", typed), ("code", issued.Code.ToLowerInvariant().Insert(4, " ")))).StatusCode);
        Assert.Contains("真实有效", Shown(visitor), StringComparison.Ordinal);
        Assert.Contains("漯河沙澧餐饮有限公司", Shown(visitor), StringComparison.Ordinal);

        await visitor.Get(issued.CheckAddress.PathAndQuery);
        Assert.Contains("真实有效", Shown(visitor), StringComparison.Ordinal);
        Assert.Contains("逐字节一致", await Upload(issued.File, HttpStatusCode.OK), StringComparison.Ordinal);

        await visitor.Get("/verify");
        var wrong = await visitor.Post("/verify/number", ("number", document.Number), ("code", "00000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.DoesNotContain("漯河沙澧", Shown(visitor), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/verify/{issued.Key}/00000000")).StatusCode);
        await visitor.Get("/verify");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Post("/verify/number", ("number", ""), ("code", ""))).StatusCode);
        Assert.Contains("href=\"#code\"", visitor.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoked_replaced_and_expired_documents_are_genuine_and_not_in_force()
    {
        var desk = city.Service<DocumentDesk>();
        var revoked = await IssuedDocuments.Issue(city);
        Assert.Equal(["DOC-S01", "DOC-S06"], (await desk.Revoke(IssuedDocuments.Clerk, revoked.Key, " ", "", Cancel)).Refusals.Select(each => each.Code));
        Assert.True((await desk.Revoke(IssuedDocuments.Clerk, revoked.Key, "以欺骗手段取得", "BJ1", Cancel)).Ok);
        Assert.Equal("DOC-S08", (await desk.Revoke(IssuedDocuments.Clerk, revoked.Key, "再次", "BJ1", Cancel)).Refusals[0].Code);
        await Says(revoked, CheckVerdict.NotInForce, "DOC-V15", "以欺骗手段取得");

        var old = await IssuedDocuments.Issue(city);
        var next = await IssuedDocuments.Issue(city, issue => issue with { Replaces = old.Key });
        await Says(old, CheckVerdict.NotInForce, "DOC-V16", "换发");
        await Says(next, CheckVerdict.Genuine, "DOC-V02", "一致");
        Assert.Equal("DOC-S05", (await desk.Issue(
            IssuedDocuments.Clerk, IssuedDocuments.Of(IssuedDocuments.Decision()) with { Replaces = old.Key }, Cancel)).Refusals[0].Code);

        var expired = await IssuedDocuments.Issue(city, issue => issue with { ValidFrom = new(2020, 1, 1), ValidUntil = new(2020, 12, 31) });
        await Says(expired, CheckVerdict.NotInForce, "DOC-V17", "2020年12月31日");
    }

    [Fact]
    public async Task A_changed_text_is_shown_line_by_line()
    {
        // The forger has the genuine file, sets the page anew with another name, and keeps mark and signature.
        var content = IssuedDocuments.Decision();
        var issued = await IssuedDocuments.Issue(city, content: content);
        var forged = content with { Fields = [.. content.Fields.Select(field => field.Label == "主体业态" ? field with { Value = "食品销售经营者" } : field)] };
        using var fonts = new DocumentFonts();
        var unsigned = new DocumentRenderer(fonts).Render(forged, new(issued.Key, issued.Code, issued.CheckAddress), DateTimeOffset.UnixEpoch);
        var report = await Of(unsigned.Bytes);
        Assert.Equal(CheckVerdict.Altered, report.Verdict);
        var change = Assert.Single(report.Changes);
        Assert.Contains("餐饮服务经营者", change.Issued, StringComparison.Ordinal);
        Assert.Contains("食品销售经营者", change.Shown, StringComparison.Ordinal);

        var copied = Transplanted(unsigned, issued.File);
        report = await Of(copied);
        Assert.Equal(CheckVerdict.Altered, report.Verdict);
        Assert.Contains(report.Findings, finding => finding.Code == "DOC-V07");
        Assert.Single(report.Changes);
        var page = await Upload(copied, HttpStatusCode.OK);
        Assert.Contains("内容被改动，不能采信", page, StringComparison.Ordinal);
        Assert.Contains("<mark>食品销售</mark>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Additions_after_the_signature_broken_bytes_and_foreign_certificates_are_told_apart()
    {
        var issued = await IssuedDocuments.Issue(city);
        var longer = await Of([.. issued.File, .. "\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"u8]);
        Assert.Equal((CheckVerdict.Altered, issued.Key), (longer.Verdict, longer.Document?.Key));
        Assert.Contains(longer.Findings, finding => finding.Code == "DOC-V08");

        var newline = await Of([.. issued.File, (byte)'\n']);
        Assert.Equal((CheckVerdict.Genuine, "DOC-V10"), (newline.Verdict, newline.Findings[0].Code));

        var altered = await Of(DocumentSeals.Altered(issued.File));
        Assert.Equal(CheckVerdict.Altered, altered.Verdict);

        // A city of its own with the same names: its certificates are not ours.
        await using var other = await city.AnotherHost(await city.OwnDatabase());
        await other.StartAsync(Cancel);
        await other.Services.GetRequiredService<Offices>().Save(
            new(Caller.Platform("test"), "identity.office.save"),
            [new("market-regulation", "测试市市场监督管理局", "市监", "department", null, "4111", new DateOnly(2000, 1, 1), null)],
            Cancel);
        var foreign = (await other.Services.GetRequiredService<DocumentDesk>().Issue(
            IssuedDocuments.Clerk, IssuedDocuments.Of(IssuedDocuments.Decision()), Cancel)).Value;
        await other.StopAsync(Cancel);
        var report = await Of(foreign.File);
        Assert.Equal((CheckVerdict.NotOurs, null), (report.Verdict, report.Document));
        Assert.Equal("DOC-V06", Assert.Single(report.Findings).Code);
    }

    [Fact]
    public async Task A_number_that_somebody_has_heard_of_shows_nobody_the_document()
    {
        var content = IssuedDocuments.Decision();
        var issued = await IssuedDocuments.Issue(city, content: content);
        using var fonts = new DocumentFonts();
        var bait = new DocumentRenderer(fonts).Render(
            content with { Fields = [], Addressee = null, Paragraphs = [] }, new(issued.Key, "00000000", issued.CheckAddress), DateTimeOffset.UnixEpoch);
        var report = await Of(bait.Bytes);
        Assert.Equal((CheckVerdict.NotOurs, null), (report.Verdict, report.Document));
        Assert.Empty(report.Changes);
    }

    [Fact]
    public async Task What_is_no_document_is_refused_with_a_sentence()
    {
        Assert.Contains("不是 PDF 文件", await Upload("GIF89a"u8.ToArray(), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Contains("请选择要核验的 PDF 文件", await Upload([], HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Contains("超过 10 MB", await Upload(new byte[DocumentSettings.CheckBytesMax + 1], HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Contains("没有电子印章的签名", await Upload("%PDF-1.7\n%%EOF"u8.ToArray(), HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_hundred_broken_files_are_answered_and_none_is_called_genuine()
    {
        // A short document: what is tried are the structures, and they are the same in a long one.
        var issued = await IssuedDocuments.Issue(city, content: IssuedDocuments.Decision() with { Paragraphs = [], Notes = [] });
        var original = Assert.Single(PdfSignature.In(issued.File)).Covered;
        var verdicts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = Cancel }, async (i, cancel) =>
        {
            var file = Broken(issued.File, new Random(20261123 + i), i);
            var outcome = await Check.ByFile(Caller.Anonymous, file, cancel);
            verdicts.AddOrUpdate(outcome.Ok ? outcome.Value.Verdict.ToString() : outcome.Refusals[0].Code, 1, (_, count) => count + 1);
            if (outcome is { Ok: true, Value.Verdict: CheckVerdict.Genuine })
            {
                // Only bytes that no signature can cover may differ: its own padding.
                Assert.Equal(original, Assert.Single(PdfSignature.In(file)).Covered);
            }

            if (i % 50 == 0)
            {
                using var answer = await Send(city.Address, file);
                Assert.True((int)answer.StatusCode < 500, $"{i}: {answer.StatusCode}");
            }
        });

        Assert.True(verdicts.GetValueOrDefault("Altered") > 100, string.Join(' ', verdicts));
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_to_wait()
    {
        var folder = Directory.CreateTempSubdirectory("shali-often-").FullName;
        await using var host = await Shali.Portal.ShaliHost.Build(new(await city.OwnDatabase(), folder, 0, Demo: true)
        {
            Quiet = true,
            MasterKey = City.MasterKey,
            Documents = usual => usual with { CodesPerMinute = 3, FilesPerMinute = 1 },
        });
        await host.StartAsync(Cancel);
        var address = new Uri(host.Urls.First());
        using var visitor = new IdentityBrowser(address);
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            await visitor.Get("/verify");
            codes.Add((await visitor.Post("/verify/number", ("number", "无"), ("code", "ABCD1234"))).StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.UnprocessableEntity, 3), HttpStatusCode.TooManyRequests], codes);
        Assert.Contains("一分钟后再试", Shown(visitor), StringComparison.Ordinal);
        using var first = await Send(address, "%PDF-1.7"u8.ToArray());
        using var second = await Send(address, "%PDF-1.7"u8.ToArray());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        await host.StopAsync(Cancel);
        Directory.Delete(folder, recursive: true);
    }

    private static string Shown(IdentityBrowser browser) => WebUtility.HtmlDecode(browser.Page);

    private async Task Says(IssuedDocument issued, CheckVerdict verdict, string code, string words)
    {
        var report = await Of(issued.File);
        Assert.Equal(verdict, report.Verdict);
        Assert.Contains(report.Findings, finding => finding.Code == code && finding.Sentence.Contains(words, StringComparison.Ordinal));
    }

    private async Task<CheckReport> Of(byte[] file) => (await Check.ByFile(Caller.Anonymous, file, Cancel)).Value;

    /// <summary>The signature of the genuine file in the place of the forged one.</summary>
    private static byte[] Transplanted(PreparedDocument forged, byte[] genuine)
    {
        var bytes = (byte[])forged.Bytes.Clone();
        var hex = Encoding.ASCII.GetBytes(Convert.ToHexString(PdfSignature.In(genuine)[0].Cms));
        hex.CopyTo(bytes, forged.Place.Start + 1);
        return bytes;
    }

    private static byte[] Broken(byte[] file, Random random, int i)
    {
        var copy = (byte[])file.Clone();
        switch (i % 5)
        {
            case 0:
                copy[random.Next(copy.Length)] ^= (byte)random.Next(1, 256);
                return copy;
            case 1:
                return copy[..random.Next(copy.Length)];
            case 2:
                var at = random.Next(copy.Length - 200);
                random.NextBytes(copy.AsSpan(at, random.Next(1, 200)));
                return copy;
            case 3:
                var cut = random.Next(copy.Length);
                var again = random.Next(cut + 1);
                return [.. copy[..cut], .. copy[again..cut], .. copy[cut..]];
            default:
                // Numbers in the structure are where parsers stumble.
                for (var k = 0; k < 40; k++)
                {
                    var place = random.Next(copy.Length);
                    copy[place] = copy[place] is >= (byte)'0' and <= (byte)'9' ? (byte)('0' + random.Next(10)) : copy[place];
                }

                return copy;
        }
    }

    private async Task<string> Upload(byte[] file, HttpStatusCode expected)
    {
        using var answer = await Send(city.Address, file);
        Assert.Equal(expected, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<HttpResponseMessage> Send(Uri address, byte[] file)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = address };
        var page = await http.GetStringAsync(new Uri("/verify", UriKind.Relative), Cancel);
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__token\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new MultipartFormDataContent { { new StringContent(WebUtility.HtmlDecode(token)), "__token" } };
        using var content = new ByteArrayContent(file);
        form.Add(content, "file", "文书.pdf");
        return await http.PostAsync(new Uri("/verify/file", UriKind.Relative), form, Cancel);
    }
}
