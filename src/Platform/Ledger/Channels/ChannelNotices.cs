using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Ledger;

/// <summary>
/// Where channels notify us. Anyone can call it; only what carries the channel's signature is read. 204 says that it is on
/// disk, so that the channel need not send it again; anything else, and it must.
/// </summary>
internal static class ChannelNotices
{
    public const string TimeHeader = "X-Channel-Time";
    public const string SignatureHeader = "X-Channel-Signature";

    private const int BodyMax = 16 * 1024;

    public static async Task<IResult> Take(HttpContext context, PaymentChannels channels, Payments payments, string channel, CancellationToken cancel)
    {
        if (channels.Find(channel) is not { } known)
        {
            return Results.NotFound();
        }

        if (await Body(context.Request, cancel) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var answer = await known.Verify(
            body, context.Request.Headers[TimeHeader].ToString(), context.Request.Headers[SignatureHeader].ToString(), cancel);
        if (answer is null)
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var outcome = await payments.Answer(known.Code, answer, cancel);
        return outcome.Ok ? Results.NoContent() : Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<string?> Body(HttpRequest request, CancellationToken cancel)
    {
        var buffer = new byte[BodyMax + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return length > BodyMax ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
