using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Shali.Platform.Kernel;
using Yarp.ReverseProxy.Forwarder;

namespace Shali.Platform.Exchange.Services;

/// <summary>
/// What passes between consumer and service beside the body: only headers that are named here. The consumer's token, cookies and address never
/// reach the service; its cookies, redirects and inner headers never reach the consumer.
/// </summary>
internal sealed class ServiceTransformer(HttpContext context, GatewayCall call, RecordedAnswer answer) : HttpTransformer
{
    public const string Consumer = "Shali-Consumer";

    private static readonly string[] Asked =
        [HeaderNames.Accept, HeaderNames.AcceptLanguage, "SOAPAction", HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince, HeaderNames.IfMatch, HeaderNames.IfUnmodifiedSince];

    private static readonly string[] AskedContent = [HeaderNames.ContentType, HeaderNames.ContentLength, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage];

    private static readonly string[] Answered = [HeaderNames.ETag, HeaderNames.RetryAfter];

    private static readonly string[] AnsweredContent =
        [HeaderNames.ContentType, HeaderNames.ContentLength, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage, HeaderNames.ContentDisposition, HeaderNames.LastModified];

    /// <summary>The service has said all that it had to say.</summary>
    public bool Whole { get; private set; }

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        proxyRequest.RequestUri = call.Target;
        Copy(Asked, proxyRequest.Headers);
        if (proxyRequest.Content is { } content)
        {
            Copy(AskedContent, content.Headers);
        }

        // For whom it answers the service may know: the office, never the program or the person.
        proxyRequest.Headers.TryAddWithoutValidation(Consumer, call.Request.Who.Office);
        if (call.Service.Credential is { } credential)
        {
            proxyRequest.Headers.TryAddWithoutValidation(credential.Name, credential.Value);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return new(false);
        }

        if ((int)proxyResponse.StatusCode is >= 300 and < 400 && proxyResponse.StatusCode != HttpStatusCode.NotModified)
        {
            return Stop(new("SVC-F03", "", ServiceText.Redirects));
        }

        if ((int)proxyResponse.StatusCode < 200)
        {
            return Stop(new("SVC-F04", "", ServiceText.BadAnswer));
        }

        if (proxyResponse.Content.Headers.ContentLength > call.Service.Service.Megabytes * 1024L * 1024)
        {
            return Stop(new("SVC-F05", "", ServiceText.AnswerTooLarge(call.Service.Service.Megabytes)));
        }

        foreach (var name in Answered)
        {
            Give(name, proxyResponse.Headers);
        }

        foreach (var name in AnsweredContent)
        {
            Give(name, proxyResponse.Content.Headers);
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Body = answer;
        return new(true);
    }

    public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        Whole = true;
        return ValueTask.CompletedTask;
    }

    private ValueTask<bool> Stop(Refusal why)
    {
        call.Stopped = why;
        return new(false);
    }

    private void Copy(string[] names, System.Net.Http.Headers.HttpHeaders to)
    {
        foreach (var name in names)
        {
            if (context.Request.Headers.TryGetValue(name, out var values) && values.Count > 0)
            {
                to.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
    }

    private void Give(string name, System.Net.Http.Headers.HttpHeaders from)
    {
        if (from.NonValidated.TryGetValues(name, out var values))
        {
            context.Response.Headers[name] = values.ToArray();
        }
    }
}
