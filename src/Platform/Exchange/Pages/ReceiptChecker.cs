using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Exchange.Pages;

/// <summary>
/// A page that checks a receipt by itself: whoever saved it needs neither a network nor this city. It says the same sentences as
/// <c>shali verify-receipt</c> and comes to the same judgement by code of its own.
/// </summary>
internal static class ReceiptChecker
{
    public const string Address = ExchangeSystem.ReceiptList + "/check";

    private static readonly Lazy<(byte[] Page, string Policy)> Made = new(Make);

    public static async Task Show(HttpContext context)
    {
        var (page, policy) = Made.Value;
        context.Response.Headers.ContentSecurityPolicy = policy;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        await context.Response.Body.WriteAsync(page, context.RequestAborted);
    }

    private static (byte[] Page, string Policy) Make()
    {
        using var read = new StreamReader(typeof(ReceiptChecker).Assembly.GetManifestResourceStream("Exchange/Pages/receipt-check.html")!);
        var page = read.ReadToEnd();
        foreach (var (name, words) in new[]
        {
            ("title", NodeText.CheckerTitle), ("lead", NodeText.CheckerLead), ("receipt", NodeText.CheckerReceipt), ("authority", NodeText.CheckerAuthority),
            ("log", NodeText.CheckerLog), ("check", NodeText.CheckerCheck), ("sentences", Sentences()),
        })
        {
            page = page.Replace("{{" + name + "}}", words, StringComparison.Ordinal);
        }

        return (Encoding.UTF8.GetBytes(page), $"default-src 'none'; script-src '{HashOf(page, "script")}'; style-src '{HashOf(page, "style")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    private static string Sentences() => JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["centre_chain"] = NodeText.CentreChain,
        ["node_chain"] = NodeText.NodeChain("{0}"),
        ["centre_signed"] = NodeText.CentreSigned,
        ["node_signed"] = NodeText.NodeSigned("{0}"),
        ["counts_fit"] = NodeText.CountsFit("{0}", "{1}"),
        ["in_log"] = NodeText.InLog("{0}"),
        ["no_log_proof"] = NodeText.NoLogProof,
        ["no_log_key"] = NodeText.NoLogKey,
        ["not_a_receipt"] = NodeText.NotAReceipt,
        ["no_authority"] = NodeText.CheckerNoAuthority,
        ["give_files"] = NodeText.CheckerGive,
        ["sound"] = NodeText.ReceiptSound,
        ["unsound"] = NodeText.ReceiptUnsound,
        ["holds"] = NodeText.Holds,
        ["fails"] = NodeText.Fails,
        ["unchecked"] = NodeText.Unchecked,
        ["number"] = NodeText.ReceiptNumber,
        ["office"] = NodeText.Office,
        ["resource"] = NodeText.ResourceLabel,
        ["rows"] = NodeText.Counts,
        ["digest"] = NodeText.Digest,
        ["made"] = NodeText.Seen,
    });

    /// <summary>Nothing but this script and this style runs, also where the page is served.</summary>
    private static string HashOf(string page, string element)
    {
        var begin = page.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page[begin..page.IndexOf($"</{element}>", begin, StringComparison.Ordinal)])));
    }
}
