using Microsoft.AspNetCore.Http;
using Shali.Platform.Documents.Checking;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Documents.Pages;

/// <summary>Handlers of the public check.</summary>
internal static class CheckDoor
{
    private const int FieldMost = 120;

    public static IResult Ask(HttpContext context) => context.Show<CheckPage>();

    public static async Task<IResult> Number(HttpContext context, DocumentCheck check, CheckLimits limits, CancellationToken cancel)
    {
        var form = await Form(context, cancel);
        var (number, code) = (Cut(form?["number"]), Cut(form?["code"]));
        if (!limits.MayAskForCode(context.Caller()))
        {
            return TooOften(context, new { Refusals = Often, Number = number, Code = code });
        }

        var report = await check.ByNumber(context.Caller(), number, code, cancel);
        return report.Ok
            ? Report(context, report.Value)
            : context.Show<CheckPage>(new { report.Refusals, Number = number, Code = code }, StatusCodes.Status422UnprocessableEntity);
    }

    public static async Task<IResult> File(HttpContext context, DocumentCheck check, CheckLimits limits, CancellationToken cancel)
    {
        if (!limits.MaySendFile(context.Caller()))
        {
            return TooOften(context, new { Refusals = Often });
        }

        var form = await Form(context, cancel);
        Refusals refusals;
        if (form?.Files["file"] is not { Length: > 0 } sent)
        {
            refusals = Refusals.Of(new Refusal("DOC-V25", "file", Text.FileMissing));
        }
        else if (sent.Length > DocumentSettings.CheckBytesMax)
        {
            refusals = Refusals.Of(new Refusal("DOC-V26", "file", Text.FileTooLarge(DocumentSettings.CheckBytesMax)));
        }
        else
        {
            var bytes = new byte[sent.Length];
            await using var content = sent.OpenReadStream();
            await content.ReadExactlyAsync(bytes, cancel);
            var report = await check.ByFile(context.Caller(), bytes, cancel);
            if (report.Ok)
            {
                return Report(context, report.Value);
            }

            refusals = report.Refusals;
        }

        return context.Show<CheckPage>(new { Refusals = refusals }, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Where the code of squares leads.</summary>
    public static async Task<IResult> Mark(
        HttpContext context, DocumentCheck check, CheckLimits limits, string key, string code, CancellationToken cancel)
    {
        if (!limits.MayAskForCode(context.Caller()))
        {
            return TooOften(context, new { Refusals = Often });
        }

        return await check.ByAddress(context.Caller(), key, code, cancel) is { } report
            ? Report(context, report)
            : context.Show<CheckPage>(
                new { Refusals = Refusals.Of(new Refusal("DOC-V27", "number", Text.MarkUnknown)) }, StatusCodes.Status404NotFound);
    }

    private static Refusals Often => Refusals.Of(new Refusal("DOC-V28", "", Text.TooOften));

    private static IResult TooOften(HttpContext context, object parameters)
    {
        context.Response.Headers.RetryAfter = "60";
        return context.Show<CheckPage>(parameters, StatusCodes.Status429TooManyRequests);
    }

    /// <summary>What a check shows is for whoever holds the document, not for caches.</summary>
    private static IResult Report(HttpContext context, CheckReport report)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Show<ReportPage>(new { Model = report });
    }

    private static async Task<IFormCollection?> Form(HttpContext context, CancellationToken cancel)
    {
        try
        {
            return context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancel) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string Cut(string? text)
    {
        var clean = (text ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        return clean.Length > FieldMost ? clean[..FieldMost] : clean;
    }
}
