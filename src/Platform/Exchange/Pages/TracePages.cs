using Microsoft.AspNetCore.Http;
using Shali.Platform.Exchange.Tracing;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Exchange.Pages;

/// <summary>Following one message.</summary>
internal static class TracePages
{
    public static async Task<IResult> Show(HttpContext context, MessageTrace trace, CancellationToken cancel, string? q = null)
    {
        var found = string.IsNullOrWhiteSpace(q) ? null : await trace.Find(context.Caller(), q, cancel);
        var missing = !string.IsNullOrWhiteSpace(q) && found is null;
        return context.Show<TracePage>(
            new { Asked = q ?? "", Found = found, Refusals = missing ? Refusals.Of(new Refusal("NODE-V02", "q", TraceText.None)) : Refusals.None },
            missing ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }
}
