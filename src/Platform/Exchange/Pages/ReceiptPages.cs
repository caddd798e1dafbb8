using Microsoft.AspNetCore.Http;
using Shali.Platform.Audit;
using Shali.Platform.Documents;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Exchange.Pages;

/// <summary>Anybody who has a number looks at the receipt and takes it home.</summary>
internal static class ReceiptPages
{
    private const int NumberMax = 200;

    public static IResult Ask(HttpContext context, string? number = null) =>
        number?.Trim() is { Length: > 0 and <= NumberMax } asked && asked.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            ? Ui.Pages.SeeOther($"{ExchangeSystem.ReceiptList}/{asked}")
            : context.Show<ReceiptAskPage>(new { Refusals = number is null ? Refusals.None : Missing });

    public static async Task<IResult> Show(
        HttpContext context, Receipts receipts, CertificateAuthority authority, Db db, DocumentSettings settings, string number, CancellationToken cancel)
    {
        if (await receipts.Find(number, cancel) is not { } file)
        {
            return context.Show<ReceiptAskPage>(new { Refusals = Missing, Number = number }, StatusCodes.Status404NotFound);
        }

        var authorities = await authority.Authorities(cancel);
        using var key = await LogKey(db, cancel);
        return context.Show<ReceiptPage>(new
        {
            Receipt = file.Read()!,
            Statement = file.Read()!.Statement.Read()!,
            Findings = ReceiptCheck.Check(file, [.. authorities], key),
            Address = new Uri(settings.PublicAddress, $"{ExchangeSystem.ReceiptList}/{number}"),
        });
    }

    public static async Task<IResult> File(Receipts receipts, string number, CancellationToken cancel) =>
        await receipts.Find(number, cancel) is { } file
            ? Results.Bytes(EvidenceJson.Write(file), "application/json", $"receipt-{number}.json")
            : Results.NotFound();

    private static Refusals Missing => Refusals.Of(new Refusal("NODE-V01", "number", NodeText.NoSuchReceipt));

    private static async Task<CheckpointKey?> LogKey(Db db, CancellationToken cancel)
    {
        var (name, spki) = await db.One($"select name, public from audit.key", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), cancel);
        return spki is null ? null : CheckpointKey.ForChecking(name!, CheckpointKey.Pem(spki));
    }
}
