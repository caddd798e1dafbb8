using Shali.Platform.Documents;
using Shali.Platform.Documents.Checking;
using Shali.Platform.Documents.Fonts;
using Shali.Platform.Documents.Layout;
using Shali.Platform.Documents.Pdf;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>How content becomes pages, judged by poppler and by the text that comes out again.</summary>
public sealed class DocumentLayout : IDisposable
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 20, 3, 4, 5, TimeSpan.Zero);
    private static readonly CheckMark Mark = new("01k0000000000000000000test", "ABCD2345", new Uri("https://city.example/verify/01k0000000000000000000test/ABCD2345"));

    private readonly DocumentFonts _fonts = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-doc-").FullName;

    public void Dispose()
    {
        _fonts.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_same_content_is_the_same_bytes_and_other_content_is_not()
    {
        var first = Render(IssuedDocuments.Decision("甲1号"));
        Assert.Equal(first.Bytes, Render(IssuedDocuments.Decision("甲1号")).Bytes);
        using var other = new DocumentFonts();
        Assert.Equal(first.Bytes, new DocumentRenderer(other).Render(IssuedDocuments.Decision("甲1号"), Mark, Moment).Bytes);
        Assert.NotEqual(first.Bytes, Render(IssuedDocuments.Decision("甲2号")).Bytes);
    }

    [Fact]
    public async Task Fonts_are_embedded_as_subsets_and_text_comes_out_as_it_was_written()
    {
        // 人, 民, 行, 十, 八 share glyphs with radicals: what is copied must be the characters.
        var file = await Written(Render(IssuedDocuments.Decision("测许〔2026〕人民行十八号")));
        var (code, fonts) = await Tool.Run("pdffonts", file);
        Assert.Equal(0, code);
        var lines = fonts.Split('\n').Where(line => line.Contains("NotoSerifCJK", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Matches(@"^[A-Z]{6}\+NotoSerifCJKsc-\w+\s+CID Type 0C\s+Identity-H\s+yes yes yes", line));
        var text = (await Tool.Run("pdftotext", "-layout", file, "-")).Output;
        Assert.Contains("测许〔2026〕人民行十八号", text, StringComparison.Ordinal);
        Assert.Contains("中华人民共和国行政许可法", text.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("第 1 页，共 2 页", text, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(file).Length, 20_000, 160_000);
    }

    [Fact]
    public async Task Many_fields_and_long_names_go_over_several_pages_and_none_is_lost()
    {
        var content = IssuedDocuments.Decision("长1号") with
        {
            Office = "测试市沙澧河风景名胜区和国家级经济技术开发区行政审批与营商环境综合服务管理委员会办公室",
            Title = "关于准予某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某项目建设工程规划许可的决定",
            Fields = [.. Enumerable.Range(1, 90).Select(i => new ContentField($"第{i}项内容", $"值{i}：" + string.Concat(Enumerable.Repeat("很长的内容", i % 9))))],
        };
        using var text = new PdfText();
        var look = await text.Read(Render(content).Bytes, TestContext.Current.CancellationToken);
        Assert.NotNull(look);
        Assert.InRange(look.Pages, 4, 9);
        var all = string.Concat(look.Lines).Replace(" ", "", StringComparison.Ordinal);
        Assert.All(content.Fields, field => Assert.Contains(field.Label, all, StringComparison.Ordinal));
        Assert.Contains($"第{look.Pages}页，共{look.Pages}页", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Characters_outside_the_basic_plane_are_drawn_and_those_without_a_glyph_are_shown_with_their_number()
    {
        // 𬭎 (U+2CB4E) is of the table of general standard characters; U+30000 is of extension G, which the face lacks.
        var rare = char.ConvertFromUtf32(0x30000);
        var prepared = Render(IssuedDocuments.Decision("生1号") with { Addressee = "张𬭎、李" + rare, Notes = [] });
        Assert.Equal([$"{rare}（U+30000）"], prepared.Missing);
        using var text = new PdfText();
        var look = await text.Read(prepared.Bytes, TestContext.Current.CancellationToken);
        Assert.Contains(look!.Lines, line => line.Contains("张𬭎、李", StringComparison.Ordinal));
        var copied = (await Tool.Run("pdftotext", await Written(prepared), "-")).Output;
        Assert.Contains(rare, copied, StringComparison.Ordinal);
    }

    /// <summary>It reads on a thread of its own, and what such a thread throws ends the program.</summary>
    [Fact]
    public async Task A_reading_that_is_under_way_when_the_city_ends_comes_to_its_end()
    {
        var file = Render(IssuedDocuments.Decision("终1号")).Bytes;
        var text = new PdfText();
        var reading = text.Read(file, TestContext.Current.CancellationToken);
        text.Dispose();
        Assert.NotNull(await reading);
    }

    [Theory]
    [InlineData("一二三四五，六七八", 5, new[] { "一二三四", "五，六七八" })]
    [InlineData("一二三四（五六七）", 5, new[] { "一二三四", "（五六七）" })]
    [InlineData("编号ABC123的文书", 5, new[] { "编号ABC123", "的文书" })]
    [InlineData("", 5, new[] { "" })]
    public void Lines_break_as_Chinese_is_set(string text, int width, string[] lines)
    {
        var font = new PdfFont(_fonts.Regular, "F1");
        var broken = LineBreaks.Break(text, font, 10, (width * 10) + 0.5);
        if (text.Contains("ABC", StringComparison.Ordinal))
        {
            // Widths of Latin letters are the face's own: only the places are certain.
            Assert.DoesNotContain(broken, line => line.EndsWith("AB", StringComparison.Ordinal) || line.StartsWith('，'));
            Assert.Equal(text, string.Concat(broken));
            return;
        }

        Assert.Equal(lines, broken);
    }

    private PreparedDocument Render(DocumentContent content) => new DocumentRenderer(_fonts).Render(content, Mark, Moment);

    private async Task<string> Written(PreparedDocument document)
    {
        var path = Path.Combine(_folder, "d.pdf");
        await File.WriteAllBytesAsync(path, document.Bytes);
        return path;
    }
}
