using Shali.Platform.Documents;
using Shali.Platform.Identity;

namespace Shali.Tests.Support;

/// <summary>Documents for tests; each has a number of its own.</summary>
internal static class IssuedDocuments
{
    /// <summary>The office that issues them.</summary>
    public static readonly Office Issuer = new("market-regulation", "测试市市场监督管理局", "市监", "department", null, "4111", new DateOnly(2000, 1, 1), null);

    private static int _number;

    public static readonly Caller Clerk = new()
    {
        Id = "doc-clerk",
        Name = "钱科员",
        Kind = CallerKind.Staff,
        Office = "market-regulation",
        OfficeName = "测试市市场监督管理局",
    };

    public static DocumentContent Decision(string? number = null) => new()
    {
        Form = DocumentForm.Decision,
        Office = "测试市市场监督管理局",
        Title = "准予行政许可决定书",
        Number = number ?? $"测市监许准〔2026〕{Interlocked.Increment(ref _number)}号",
        Addressee = "漯河沙澧餐饮有限公司",
        Paragraphs =
        [
            "你单位于2026年11月2日提出的食品经营许可申请，本机关已于2026年11月3日受理。经审查，申请材料齐全，符合法定形式和条件。根据《中华人民共和国行政许可法》第三十八条第一款、《中华人民共和国食品安全法》第三十五条的规定，决定准予行政许可。",
            "请自收到本决定书之日起十日内领取食品经营许可证，并在许可的范围内依法经营。",
        ],
        Fields =
        [
            new("经营者名称", "漯河沙澧餐饮有限公司"), new("经营场所", "漯河市源汇区人民路与交通路交叉口向南一百米路东"),
            new("主体业态", "餐饮服务经营者"), new("经营项目", "热食类食品制售，冷食类食品制售，自制饮品制售"),
        ],
        Notes = ["如不服本决定，可以自收到本决定书之日起六十日内向测试市人民政府申请行政复议，也可以在六个月内依法向人民法院提起行政诉讼。"],
        Date = new DateOnly(2026, 11, 20),
    };

    public static DocumentContent Licence() => Decision() with
    {
        Form = DocumentForm.Licence,
        Title = "食品经营许可证",
        Addressee = null,
        Paragraphs = [],
        Notes = ["有效期届满三十个工作日前可以申请延续。"],
    };

    public static DocumentIssue Of(DocumentContent content) => new()
    {
        Office = "market-regulation",
        Kind = "test.decision",
        Case = "BJ20261120" + content.Number.Length,
        Content = content,
        Holder = "漯河沙澧餐饮有限公司",
        ValidFrom = new DateOnly(2026, 1, 1),
        ValidUntil = new DateOnly(2099, 12, 31),
    };

    public static async Task<IssuedDocument> Issue(City city, Func<DocumentIssue, DocumentIssue>? with = null, DocumentContent? content = null)
    {
        await IdentityPeople.Offices(city);
        var issue = Of(content ?? Decision());
        var issued = await city.Service<DocumentDesk>().Issue(Clerk, with is null ? issue : with(issue), TestContext.Current.CancellationToken);
        Assert.True(issued.Ok, issued.Refusals.ToString());
        return issued.Value;
    }
}
