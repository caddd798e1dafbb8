using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Ui;

/// <summary>
/// What every answer tells the browser to forbid: foreign and inline script and style, framing, guessing of types,
/// referrers, devices. A handler that must allow more (the interface reader, a map) sets its own policy before.
/// </summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none'; ";

    /// <summary>Sign-on ends in a redirect to the client that asked; browsers count that as the form's target.</summary>
    private static readonly PathString[] SignOn = ["/sign-in", "/connect"];

    public static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            var anyForm = SignOn.Any(path => context.Request.Path.StartsWithSegments(path));
            headers.ContentSecurityPolicy = Policy + (anyForm ? "form-action *" : "form-action 'self'");
        }

        // There is no such script here that could use it.
        headers.Remove("blazor-enhanced-nav");
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }
    }
}
