using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Shali.Platform.Api;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>A message of a node that was found good.</summary>
/// <param name="Who">The node as a program of its office.</param>
/// <param name="Body">The whole content.</param>
public sealed record NodeCall(KnownNode Known, Caller Who, ReadOnlyMemory<byte> Body)
{
    public ExchangeNode Node => Known.Node;

    public SignatureSuite Suite => Known.Key!.Suite;
}

/// <summary>
/// The door of every message between a node and the centre: checks signature, certificate, time and number before anything is done,
/// and seals what is answered. What is wrong is said by name.
/// </summary>
public sealed class NodeCalls(
    NodeBook book, CentreKeys keys, MessageNumbers numbers, Revocations revocations, Permissions permissions, Offices offices, TimeProvider time)
{
    /// <summary>How far the clocks of node and centre may be apart.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of the largest message.</summary>
    public const int ContentMax = 32 * 1024 * 1024;

    /// <summary>Numbers are remembered for longer than a message is good.</summary>
    internal static readonly TimeSpan NumbersKept = 3 * Window;

    /// <param name="work">Gives the answer, or why not.</param>
    public async Task Answer<T>(HttpContext context, Func<NodeCall, CancellationToken, Task<Outcome<T>>> work)
        where T : class
    {
        var cancel = context.RequestAborted;
        var checkedCall = await Check(context, cancel);
        if (!checkedCall.Call.Ok)
        {
            ExchangeMeasures.Message(checkedCall.Call.Refusals);
            await context.Refuse(checkedCall.Call.Refusals, checkedCall.Status);
            return;
        }

        var call = checkedCall.Call.Value;
        var outcome = await work(call, cancel);
        ExchangeMeasures.Message(outcome.Refusals);
        var status = outcome.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        var content = outcome.Ok ? EvidenceJson.Write(outcome.Value) : EvidenceJson.Write(Problem(outcome.Refusals));
        await Send(context, call.Suite, checkedCall.Signature!, status, outcome.Ok ? "application/json" : "application/problem+json", content, cancel);
    }

    /// <summary>Seals the answer and sends it.</summary>
    private async Task Send(
        HttpContext context, SignatureSuite suite, MessageSignature request, int status, string type, byte[] content, CancellationToken cancel)
    {
        var digest = MessageSignature.DigestOf(suite, content);
        var key = await keys.Of(suite, cancel);
        var seal = await key.Signer.Seal(MessageSignature.Answer(request.Signature, status, digest));
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = content.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers[MessageSignature.DigestHeader] = digest;
        response.Headers[MessageSignature.SealHeader] = Convert.ToBase64String(EvidenceJson.Write(seal));
        await response.Body.WriteAsync(content, cancel);
    }

    private async Task<(Outcome<NodeCall> Call, int Status, MessageSignature? Signature)> Check(HttpContext context, CancellationToken cancel)
    {
        var request = context.Request;
        if (MessageSignature.Read(request.Headers[MessageSignature.InputHeader].ToString(), request.Headers[MessageSignature.SignatureHeader].ToString()) is not { } signature)
        {
            return (new Refusal("NODE-M01", "", NodeText.NotSigned), 401, null);
        }

        // A node that was ended a second ago is ended.
        await revocations.Fresh(cancel);
        var refusal = Known(signature, out var known);
        if (refusal is not null)
        {
            return (refusal, 401, null);
        }

        // The signature is over the digest: who cannot sign has nothing read.
        var digest = request.Headers[MessageSignature.DigestHeader].ToString();
        if (!signature.Holds(known!.Key!, request.Method, Target(request), digest))
        {
            return (new Refusal("NODE-M05", "", NodeText.WrongSignature), 401, null);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = ContentMax;
        }

        if (request.ContentLength > ContentMax || await Content(request, cancel) is not { } content)
        {
            return (new Refusal("NODE-M07", "", NodeText.TooLarge(ContentMax)), 413, null);
        }

        if (digest != MessageSignature.DigestOf(known.Key!.Suite, content.Span))
        {
            return (new Refusal("NODE-M04", "", NodeText.OtherContent), 401, null);
        }

        if (!await numbers.First(known.Node.Code, signature.Number))
        {
            return (new Refusal("NODE-M06", "", NodeText.SentBefore(signature.Number)), 409, null);
        }

        var office = known.Node.Office;
        var who = new Caller
        {
            Id = "node:" + known.Node.Code,
            Name = known.Node.Name,
            Kind = CallerKind.Client,
            Office = office,
            OfficeName = offices.NameOf(office),
            Role = Roles.Client,
            Scope = DataScope.All,
            Area = offices.Find(office)?.Region ?? "",
            Permissions = permissions.Current.Of(Roles.Client, office),
            Address = CallerOrigin.Of(context),
        };
        return (new NodeCall(known, who, content), 200, signature);
    }

    private Refusal? Known(MessageSignature signature, out KnownNode? known)
    {
        known = book.Find(signature.Serial);
        var now = time.GetUtcNow();
        return known?.Key is null ? new("NODE-M02", "", NodeText.UnknownCertificate)
            : known.Node.State == NodeState.Revoked ? new("NODE-M08", "", NodeText.Ended(known.Node.Code, known.Node.Reason))
            : known.To < now ? new("NODE-M09", "", NodeText.CertificateOver(known.To))
            : offices.Find(known.Node.Office) is not { } office || office.To <= time.Today() ? new("NODE-M10", "", NodeText.OfficeClosed(known.Node.Office))
            : Math.Abs(signature.Created - now.ToUnixTimeSeconds()) > Window.TotalSeconds
                ? new("NODE-M03", "", NodeText.ClockOff(TimeSpan.FromSeconds(signature.Created - now.ToUnixTimeSeconds())))
            : null;
    }

    private static async Task<ReadOnlyMemory<byte>?> Content(HttpRequest request, CancellationToken cancel)
    {
        var content = new byte[request.ContentLength ?? (64 * 1024)];
        var read = 0;
        try
        {
            for (int more; (more = await request.Body.ReadAsync(content.AsMemory(read), cancel)) > 0;)
            {
                read += more;
                if (read == content.Length && request.ContentLength is null)
                {
                    Array.Resize(ref content, Math.Min(ContentMax + 1, content.Length * 2));
                }

                if (read > ContentMax || (read == content.Length && request.ContentLength is not null))
                {
                    break;
                }
            }
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return read > ContentMax ? null : content.AsMemory(0, read);
    }

    /// <summary>As the node signed it: the path before it was decoded.</summary>
    private static string Target(HttpRequest request) => request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;

    private static object Problem(Refusals refusals) => new
    {
        type = Problems.TypeOf(refusals[0].Code),
        title = refusals[0].Sentence,
        status = StatusCodes.Status422UnprocessableEntity,
        code = refusals[0].Code,
        detail = refusals.ToString(),
        errors = refusals.Select(refusal => new { code = refusal.Code, field = refusal.Field, detail = refusal.Sentence }),
    };
}
