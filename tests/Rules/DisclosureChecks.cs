using System.IO.Compression;
using System.Text;
using Shali.Government.Governance.Disclosure;
using Shali.Platform.Documents.Checking;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Tests.Rules;

/// <summary>What the check before publication finds, however it is written, and what it leaves alone.</summary>
public sealed class DisclosureChecks
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    // Made up: a county that has no people, a sequence that is nobody's.
    private static readonly string Citizen = CitizenNumber.Compose("411199", new DateOnly(1990, 1, 1), 123);
    private const string Card = "6217000000000000000";

    private static string Valid(string card) =>
        Enumerable.Range(0, 10).Select(digit => card[..^1] + digit).Single(number => BankCard.IsValid(number));

    public static TheoryData<string, string, FindingKind[]> Cases()
    {
        var id = Citizen;
        var wide = string.Concat(id.Select(digit => (char)(digit - '!' + '！')));
        var card = Valid(Card);
        return new()
        {
            { "plain", $"身份证号{id}。", [FindingKind.CitizenNumber] },
            { "full-width", $"身份证号{wide}", [FindingKind.CitizenNumber] },
            { "spaces", $"号码 {id[..6]} {id[6..14]} {id[14..]}", [FindingKind.CitizenNumber] },
            { "ideographic spaces", $"号码{id[..6]}\u3000{id[6..]}", [FindingKind.CitizenNumber] },
            { "zero-width", $"号码{id[..3]}\u200b{id[3..]}", [FindingKind.CitizenNumber] },
            { "line break", $"号码{id[..10]}\n{id[10..]}", [FindingKind.CitizenNumber] },
            { "windows line break", $"号码{id[..10]}\r\n{id[10..]}", [FindingKind.CitizenNumber] },
            { "hyphens", $"号码{id[..6]}-{id[6..14]}-{id[14..]}", [FindingKind.CitizenNumber] },
            { "after a serial number", $"12 {id} 张某", [FindingKind.CitizenNumber] },
            { "twice", $"{id}、{id}", [FindingKind.CitizenNumber, FindingKind.CitizenNumber] },
            { "old form", "证号411199900101123", [FindingKind.OldCitizenNumber] },
            { "mobile", "电话13800138000", [FindingKind.MobilePhone] },
            { "mobile in groups", "电话 138 0013 8000", [FindingKind.MobilePhone] },
            { "mobile with hyphens", "电话138-0013-8000", [FindingKind.MobilePhone] },
            { "mobile full-width", "电话１３８００１３８０００", [FindingKind.MobilePhone] },
            { "mobile over two lines", "电话1380013\n8000", [FindingKind.MobilePhone] },
            { "mobile with the country", "+8613800138000", [FindingKind.MobilePhone] },
            { "bank card", $"卡号{card}", [FindingKind.BankCard] },
            { "bank card in groups", $"卡号{card[..4]} {card[4..8]} {card[8..12]} {card[12..16]} {card[16..]}", [FindingKind.BankCard] },
            { "home", "家住漯河市源汇区泰山路12号院3号楼2单元501室", [FindingKind.Address] },
            { "home in an estate", "现住锦绣小区5号楼1单元302室", [FindingKind.Address] },
            { "star", "机密★10年", [FindingKind.SecrecyMark] },
            { "star with spaces", "秘 密 ★ 长期", [FindingKind.SecrecyMark] },
            { "line of its own", "绝密\n关于某事的报告", [FindingKind.SecrecyMark] },
            { "line with a period", "关于某事\n秘密 5年\n正文", [FindingKind.SecrecyMark] },
            { "bracket", "【机密】关于某事的通知", [FindingKind.SecrecyMark] },
            { "grade line", "密级：秘密", [FindingKind.SecrecyMark] },
            { "not to be public", "（此件不公开）", [FindingKind.SecrecyMark] },
            { "period with star", "★20年", [FindingKind.SecrecyMark] },
            { "other grade", "密级：工作秘密级别二", [FindingKind.SecrecyWord] },
            { "internal line", "内部资料\n正文", [FindingKind.InternalMark] },
            { "internal spaced", "内 部", [FindingKind.InternalMark] },
            { "internal order", "本材料注意保存，不得外传。", [FindingKind.InternalMark] },

            { "wrong check", $"身份证号{id[..17]}{(id[17] == '1' ? '2' : '1')}", [] },
            { "impossible day", "411199199013011234", [] },
            { "inside a longer number", $"流水号00{id}", [] },
            { "credit code", "统一社会信用代码91411100MA3X00000A，代码" + CreditCode.Compose("91", "411100", "MA00000" + "10"), [] },
            { "masked number", "身份证号411199********1234", [] },
            { "masked phone", "电话138****8000", [] },
            { "landline", "电话0395-3131234、12345，传真（0395）3131235", [] },
            { "amount", "安排资金13800138000元", [] },
            { "amount with fen", "合计13800138000.00", [] },
            { "document number", "漯政办〔2026〕12号", [] },
            { "project code", "项目代码2026-411102-48-01-123456", [] },
            { "figures in a table", "4000 3000 2000 1000 500", [] },
            { "dates", "2026年1月1日至2026年12月31日（20260101-20261231）", [] },
            { "five stars", "五星★★★★★酒店", [] },
            { "law", "依照保守国家秘密法，国家秘密分为绝密级、机密级、秘密级", [] },
            { "trade secret", "涉及商业秘密、个人隐私的，不予公开", [] },
            { "internal organs", "内部审计和内部控制制度，内设机构", [] },
            { "open grade", "密级：公开", [] },
            { "office address", "办公地址：漯河市源汇区黄河路108号", [] },
            { "hall address", "受理地点：市民之家（嵩山路66号）二楼", [] },
            { "nothing", "", [] },
        };
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_what_must_not_be_published_and_nothing_else(string what, string text, FindingKind[] kinds)
    {
        Assert.NotEmpty(what);
        Assert.Equal(kinds, TextCheck.Of("正文", text, Today).Select(finding => finding.Kind));
    }

    [Fact]
    public void Every_finding_says_where_it_stands_and_shows_no_number()
    {
        var finding = Assert.Single(TextCheck.Of("正文", $"第一行\n第二行\n身份证号{Citizen}", Today));
        Assert.Equal(("正文", 3, true), (finding.Place, finding.Line, finding.Blocks));
        Assert.DoesNotContain(Citizen, finding.Excerpt, StringComparison.Ordinal);
        Assert.Contains("身份证号", finding.Excerpt, StringComparison.Ordinal);
        var pair = TextCheck.Of("正文", $"{Citizen} 13800138000", Today);
        Assert.All(pair, one => Assert.DoesNotContain("13800138000", one.Excerpt, StringComparison.Ordinal));
        Assert.All(pair, one => Assert.DoesNotContain(Citizen, one.Excerpt, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hidden_parts_of_office_files_are_read()
    {
        using var pdf = new PdfText();
        var reading = new FileReading(pdf);
        var word = Zip(
            ("word/document.xml", $"<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>{Citizen[..9]}</w:t></w:r><w:r><w:t>{Citizen[9..]}</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>13800138000</w:delText></w:r></w:del></w:p></w:body></w:document>"),
            ("word/comments.xml", "<w:comments xmlns:w='w'><w:comment><w:p><w:r><w:t>不得外传</w:t></w:r></w:p></w:comment></w:comments>"),
            ("docProps/core.xml", "<p xmlns:dc='dc'><dc:title>机密★1年</dc:title><dc:creator>某人</dc:creator></p>"),
            ("word/media/image1.png", "picture"));
        var text = await reading.Read("名单.docx", word, TestContext.Current.CancellationToken);
        Assert.Equal(
            [FindingKind.CitizenNumber, FindingKind.InternalMark, FindingKind.MobilePhone, FindingKind.SecrecyMark],
            text.Parts.SelectMany(part => TextCheck.Of(part.Part, part.Text, Today)).Select(finding => finding.Kind).OrderBy(kind => kind.ToString(), StringComparer.Ordinal));
        Assert.Single(text.Unread);

        var book = Zip(
            ("xl/workbook.xml", "<workbook><sheets><sheet name='a'/><sheet name='b' state='hidden'/></sheets></workbook>"),
            ("xl/sharedStrings.xml", $"<sst><si><t>{Citizen}</t></si></sst>"),
            ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t='n'><v>1.3800138E10</v></c></row></sheetData></worksheet>"),
            ("xl/worksheets/sheet2.xml", "<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>"));
        text = await reading.Read("名单.xlsx", book, TestContext.Current.CancellationToken);
        var found = text.Parts.SelectMany(part => TextCheck.Of(part.Part, part.Text, Today)).ToList();
        Assert.Equal(["工作表 1 MobilePhone", "隐藏的工作表 2 CitizenNumber"], found.Select(finding => $"{finding.Place} {finding.Kind}"));
        Assert.Empty(text.Unread);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.zip")]
    [InlineData("a.doc")]
    [InlineData("a.pdf")]
    [InlineData("a.docx")]
    public async Task What_cannot_be_read_is_said(string name)
    {
        using var pdf = new PdfText();
        Assert.NotEmpty((await new FileReading(pdf).Read(name, "no such file"u8.ToArray(), TestContext.Current.CancellationToken)).Unread);
    }

    [Fact]
    public async Task A_file_that_unpacks_without_end_is_left_to_a_person()
    {
        using var pdf = new PdfText();
        var bomb = Zip(("word/document.xml", "<w>" + new string(' ', 70 << 20) + "</w>"));
        Assert.NotEmpty((await new FileReading(pdf).Read("a.docx", bomb, TestContext.Current.CancellationToken)).Unread);
    }

    [Fact]
    public async Task Plain_text_and_tables_are_read_line_by_line()
    {
        using var pdf = new PdfText();
        var text = await new FileReading(pdf).Read("a.csv", Encoding.UTF8.GetBytes($"姓名,号码\n张某,{Citizen}\n"), TestContext.Current.CancellationToken);
        Assert.Equal(2, Assert.Single(TextCheck.Of("a.csv", text.Parts[0].Text, Today)).Line);
    }

    private static byte[] Zip(params (string Name, string Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
