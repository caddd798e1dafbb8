using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>A kind of document that a step makes: what it is called and the word of its series.</summary>
/// <param name="Kind">One of <see cref="ItemDocuments"/>.</param>
/// <param name="Licence">Its title where a licence is decided on.</param>
/// <param name="Other">Its title for every other item.</param>
/// <param name="Word">Stands in the number: 漯市场监管许准〔2026〕18号.</param>
/// <param name="Adverse">It goes against the applicant and names his remedies (行政许可法 art. 38).</param>
internal sealed record PaperKind(string Kind, string Licence, string Other, string Word, bool Adverse = false)
{
    public static readonly IReadOnlyList<PaperKind> All =
    [
        new(ItemDocuments.Acceptance, "行政许可申请受理通知书", "申请受理通知书", "受"),
        new(ItemDocuments.NotAccepted, "行政许可申请不予受理决定书", "申请不予受理决定书", "不受", true),
        new(ItemDocuments.Correction, "行政许可申请材料一次性补正告知书", "申请材料一次性补正告知书", "补"),
        new(ItemDocuments.Special, "特别程序告知书", "特别程序告知书", "特"),
        new(ItemDocuments.Hearing, "听证权利告知书", "听证权利告知书", "听"),
        new(ItemDocuments.Extension, "行政许可决定延期通知书", "办理延期通知书", "延"),
        new(ItemDocuments.Decision, "准予行政许可决定书", "准予办理决定书", "准"),
        new(ItemDocuments.Refusal, "不予行政许可决定书", "不予办理决定书", "不准", true),
        new(ItemDocuments.Termination, "终止行政许可办理决定书", "终止办理决定书", "终", true),
        new(ItemDocuments.Delivery, "送达回证", "送达回证", "送"),
        new(ItemDocuments.Revocation, "撤销行政许可决定书", "撤销决定书", "撤", true),
    ];

    public static PaperKind? Find(string? kind) => All.FirstOrDefault(one => one.Kind == kind);

    public string Title(bool licence) => licence ? Licence : Other;

    /// <summary>Licences and other matters have series of their own.</summary>
    public string Series(bool licence) => (licence ? "许" : "办") + Word;
}

/// <summary>机关代字: how an office stands in the numbers of its documents.</summary>
internal static class OfficeWord
{
    /// <summary>First character of the city, of the district where it is a district's, and the short name of the office: 漯市场监管.</summary>
    public static string Of(Offices offices, string code)
    {
        if (offices.Find(code) is not { } office)
        {
            return code;
        }

        var city = offices.Find(OfficeCode.City)?.Name is { Length: > 0 } name ? name[..1] : "";
        var district = office.Region.Length > 4 && offices.Find(office.Region[..6])?.Name is { Length: > 0 } county ? county[..1] : "";
        var own = office.ShortName.Length > 0 ? office.ShortName : office.Name;
        own = own.StartsWith('市') ? own[1..] : own;
        own = own.Length > 2 && own[^1] is '局' or '委' or '办' ? own[..^1] : own;
        return own.StartsWith(city + district, StringComparison.Ordinal) ? own : city + district + own;
    }

    public static string Number(Offices offices, string office, string series, int year, long serial) => $"{Of(offices, office)}{series}〔{year}〕{serial}号";
}

/// <summary>Numbers the documents of items in the act of their step: per office, kind and year, without gaps.</summary>
internal sealed class PaperNumbers(Offices offices, CaseItems items) : StepNumbers
{
    public override bool Concerns(CaseType type) => CaseItems.HasPapers(type);

    public override async Task<string> Next(WriteSession session, CaseFacts facts, CaseStep step, CancellationToken cancel)
    {
        var kind = PaperKind.Find(step.Produces) ?? throw new InvalidOperationException($"Nobody knows the document {step.Produces} of step {step.Code}.");
        var office = facts.Case.Office;
        var series = kind.Series((await items.Of(facts.Case, cancel))?.IsLicence ?? false);
        return OfficeWord.Number(offices, office, series, session.At.Local().Year, await DocumentSeries.Next(session, office, series, cancel));
    }
}
