using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api;

/// <summary>
/// Why somebody reads or writes travels in headers, never in the address, which ends in logs: <c>Shali-Purpose</c>
/// (percent-encoded UTF-8), <c>Shali-Case</c>, <c>Shali-Clear: true</c> for values in clear, and <c>Shali-Grant</c> where an
/// office has several grants for a resource.
/// </summary>
internal static class ReadHeaders
{
    public const string Purpose = "Shali-Purpose";
    public const string Case = "Shali-Case";
    public const string Clear = "Shali-Clear";
    public const string Grant = "Shali-Grant";
    public const int TextMax = 500;

    /// <summary>The request as the governed reader takes it; what is wrong with its headers.</summary>
    public static (ReadRequest Request, Refusals Refusals) Of(HttpContext context, ResourceDefinition resource)
    {
        var headers = context.Request.Headers;
        var (purpose, wrongPurpose) = Text(headers[Purpose].ToString(), Purpose);
        var (caseNumber, wrongCase) = Text(headers[Case].ToString(), Case);
        var (grant, wrongGrant) = Text(headers[Grant].ToString(), Grant);
        var clear = headers[Clear].ToString();
        var wrongClear = clear is "" or "true" or "false" ? null : new Refusal("API-P03", Clear, Api.Text.NotFlag(Clear));
        return (
            new(context.Caller(), resource, purpose, caseNumber, clear == "true") { Grant = grant },
            wrongPurpose is null && wrongCase is null && wrongClear is null && wrongGrant is null
                ? Refusals.None
                : Refusals.Of(wrongPurpose, wrongCase, wrongClear, wrongGrant));
    }

    private static (string? Value, Refusal? Wrong) Text(string header, string name)
    {
        if (header.Length == 0)
        {
            return (null, null);
        }

        var text = header.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(header) : header;
        return text.Length <= TextMax && Words.Clean(text) && !text.Any(char.IsControl)
            ? (string.IsNullOrWhiteSpace(text) ? null : text.Trim(), null)
            : (null, new("API-P03", name, Api.Text.BadValue(name)));
    }
}
