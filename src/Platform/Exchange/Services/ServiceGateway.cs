using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Shali.Platform.Api;
using Shali.Platform.Api.OpenApi;
using Shali.Platform.Audit;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Yarp.ReverseProxy.Forwarder;

namespace Shali.Platform.Exchange.Services;

/// <summary>
/// The way to an office's own service: <c>/api/services/{code}/{path}</c> with the token of a program and a grant of its office. What may be
/// called is registered, what is granted is an operation, what comes back is recorded before it leaves. Bodies are not touched.
/// </summary>
public sealed class ServiceGateway(
    IHttpForwarder forwarder, ServiceBook book, GrantBook grants, GovernedReader reader, AuditLog log, PersonDirectory persons, PushSettings settings) : IDisposable
{
    public static readonly IReadOnlyList<string> Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>As the OpenAPI document tells of it: what a service means by its paths its own description says.</summary>
    public static IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. Methods.Select(method => method.ToLowerInvariant()).Select(method => new ApiOperation(method, "/api/services/{code}/{path}", "service." + method, ServiceText.CallSummary)
        {
            Parts = [("code", ServiceText.CodeNote), ("path", ServiceText.PathNote)],
            Parameters = ["purpose", "case", "grant"],
            Untouched = true,
        }),
    ];

    private const int QueryMax = 4_096;
    private const string Busy = "SVC-L01";

    /// <summary>A call lasts at most so many times what the service may be silent.</summary>
    private const int Lasts = 10;

    private readonly HttpMessageInvoker _http = HookAddress.Client(settings);
    private readonly ConcurrentDictionary<string, StrongBox<int>> _running = new(StringComparer.Ordinal);

    /// <summary>Answers a call.</summary>
    /// <param name="code">Of the service.</param>
    /// <param name="path">Decoded, beginning with a slash.</param>
    public async Task Answer(HttpContext context, string code, string path)
    {
        var admitted = await Admit(context, code, path);
        if (!admitted.Ok)
        {
            ServiceMeasures.Refused(admitted.Refusals[0].Code);
            await context.Refuse(admitted.Refusals);
            return;
        }

        var call = admitted.Value;
        var running = _running.GetOrAdd(code, static _ => new(0));
        try
        {
            if (Interlocked.Increment(ref running.Value) > call.Service.Service.Concurrent)
            {
                await End(context, call, null, new Refusal(Busy, "", ServiceText.Busy(call.Service.Service.Concurrent)));
                return;
            }

            await Forward(context, call);
        }
        finally
        {
            Interlocked.Decrement(ref running.Value);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The call, if it may be made: who, what, by which grant.</summary>
    private async Task<Outcome<GatewayCall>> Admit(HttpContext context, string code, string path)
    {
        var who = context.Caller();
        if (who.Kind != CallerKind.Client || who.Office.Length == 0)
        {
            return new Refusal("SVC-A01", "", ServiceText.OnlyPrograms);
        }

        var service = book.Find(code);
        if (service is null || GatewayCall.Closed(service) is { Code: "SVC-C01" })
        {
            return new Refusal("SVC-C01", "", ServiceText.NoSuchService);
        }

        if (OfficeCode.Matches(service.Service.Office, who.Office))
        {
            return new Refusal("SVC-A03", "", ServiceText.OwnService);
        }

        var (request, wrong) = ReadHeaders.Of(context, service.Definition);
        request = request with { Way = GrantWay.Service };
        if (wrong.Any)
        {
            return wrong;
        }

        if (path.Contains("//", StringComparison.Ordinal) || path.AsSpan().IndexOfAny(['%', '\\', ';', '#']) >= 0 || path.Any(char.IsControl)
            || path.Split('/').Any(segment => segment is "." or "..") || (context.Request.QueryString.Value ?? "").Length > QueryMax)
        {
            return new Refusal("SVC-P01", "", ServiceText.BadPath);
        }

        if (context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
        {
            return new Refusal("API-B02", "", ServiceText.QuestionTooLarge);
        }

        // Nobody learns what a service can do before he may use something of it; and every try counts.
        if (reader.Check(request) is { Any: true } refused)
        {
            return refused;
        }

        if (GatewayCall.Closed(service) is { } closed)
        {
            return closed;
        }

        if (service.Find(context.Request.Method, path, out var subject) is not { } operation)
        {
            return new Refusal("SVC-P02", "", ServiceText.NoOperation(context.Request.Method, path));
        }

        if (reader.AccessOf(request) is not { Grant: { } held } || !held.Shows(operation.Code))
        {
            return new Refusal("SVC-A02", "", ServiceText.NotGranted(operation.Name));
        }

        var query = context.Request.QueryString.ToUriComponent();
        var number = subject ?? (operation.SubjectParameter is { } parameter ? context.Request.Query[parameter].ToString() : null);
        return new GatewayCall(book, reader, log, service, operation, request, service.Service.Address + new PathString(path).ToUriComponent() + query)
        {
            Grant = held.Grant.Number,
            Subject = string.IsNullOrEmpty(number) || number.Length > 40 ? null : await persons.KeyOf(number, context.RequestAborted),
            Shown = GatewayCall.ShownOf(operation, path, subject, context.Request.Query),
        };
    }

    private async Task Forward(HttpContext context, GatewayCall call)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var answer = new RecordedAnswer(context, call, body.Stream, call.Service.Service.Megabytes * 1024L * 1024);
        var transformer = new ServiceTransformer(context, call, answer);
        var silent = TimeSpan.FromSeconds(call.Service.Service.Timeout);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        stop.CancelAfter(silent * Lasts);
        using var done = new CancellationTokenSource();
        var watching = Watch(call, stop, done.Token);
        ForwarderError error;
        try
        {
            error = await forwarder.SendAsync(
                context, call.Service.Service.Address, _http,
                new ForwarderRequestConfig { ActivityTimeout = silent, Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower }, transformer, stop.Token);
            if (transformer.Whole && call.Stopped is null)
            {
                // The service has answered in full; that it did not want the whole question does not matter any more.
                // Counted before the last of it leaves: whoever has the answer finds it in the figures.
                grants.Flows.Note(call.Grant, GrantWay.Service, 1);
                await answer.Finish(context.RequestAborted);
                context.Features.Set(body);
                await context.Response.StartAsync(context.RequestAborted);
                ServiceMeasures.Answered(call.Service.Service.Code, context.Response.StatusCode, call.Started);
                return;
            }
        }
        catch (AnswerStoppedException)
        {
            error = ForwarderError.ResponseBodyCanceled;
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }

        context.Features.Set(body);
        var why = call.Stopped ?? Fault(context, error, stop.IsCancellationRequested);
        await End(context, call, answer, why);
    }

    /// <summary>A grant or service that ends while the answer is on its way ends the way too.</summary>
    private async Task Watch(GatewayCall call, CancellationTokenSource stop, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var changed = grants.Changed;
            if (call.Ended() is { } why)
            {
                call.Stopped = why;
                await stop.CancelAsync();
                return;
            }

            await changed.WaitAsync(done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>It did not succeed: on record, and told in a sentence as long as nothing has left.</summary>
    private static async Task End(HttpContext context, GatewayCall call, RecordedAnswer? answer, Refusal why)
    {
        ServiceMeasures.Refused(why.Code);
        var begun = context.Response.HasStarted;
        if (!begun)
        {
            context.Response.Clear();
            if (why.Code == Busy)
            {
                context.Response.Headers.RetryAfter = "1";
            }
        }

        await (answer?.Fail(why.Code) ?? call.End(StatusCodes.Status503ServiceUnavailable, 0, [], why.Code));
        if (begun)
        {
            // Whoever has a part must see that it is not the whole.
            context.Abort();
            return;
        }

        if (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Refuse(why);
        }
    }

    private Refusal Fault(HttpContext context, ForwarderError error, bool over)
    {
        var failed = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        return error switch
        {
            ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled when !over && Inner<BadHttpRequestException>(failed) is { } bad =>
                bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? new("API-B02", "", ServiceText.QuestionTooLarge) : new("SVC-P03", "", ServiceText.BadQuestion),
            ForwarderError.RequestTimedOut => new("SVC-F02", "", ServiceText.NoAnswer),
            ForwarderError.ResponseBodyCanceled or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled => new("SVC-F02", "", ServiceText.NoAnswer),
            ForwarderError.Request or ForwarderError.RequestBodyDestination when Inner<HttpRequestException>(failed) is { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } or null =>
                new("SVC-F01", "", ServiceCheck.Sentence(failed)),
            _ => new("SVC-F04", "", ServiceText.BadAnswer),
        };
    }

    private static T? Inner<T>(Exception? exception)
        where T : Exception => exception switch
        {
            null => null,
            T found => found,
            AggregateException many => many.InnerExceptions.Select(Inner<T>).FirstOrDefault(one => one is not null),
            _ => Inner<T>(exception.InnerException),
        };
}
