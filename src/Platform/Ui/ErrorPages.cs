using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Shali.Platform.Ui;

/// <summary>
/// An error answer without a body becomes a page for people and a problem document (RFC 9457) for programs; an
/// exception becomes 500 with a number by which the operators find it in the log, and nothing else.
/// </summary>
internal sealed class ErrorPages(RequestDelegate next, ILogger<ErrorPages> log)
{
    private const string FormReader = "Microsoft.AspNetCore.Http";
    private const string MultipartReader = "Microsoft.AspNetCore.WebUtilities";

    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // A download that was broken off has its status already.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            return;
        }
        catch (Exchange.GrantEndedException ended) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Api.Problems.Refuse(context, ended.Refusal);
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusOf(context.Request, exception);
            if (context.Response.StatusCode >= 500)
            {
                log.LogError(exception, "Request {Correlation} failed: {Path}", Correlation(context), context.Request.Path);
            }
        }

        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentType is null && response.ContentLength is null or 0)
        {
            await Answer(context);
        }
    }

    private static int StatusOf(HttpRequest request, Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        // The framework tells of a body that is no form, or a broken one, by these.
        InvalidOperationException { Source: FormReader } when !request.HasFormContentType => StatusCodes.Status415UnsupportedMediaType,
        InvalidDataException { Source: FormReader or MultipartReader } => StatusCodes.Status400BadRequest,
        IOException { Source: MultipartReader } => StatusCodes.Status400BadRequest,
        // A character that no text can hold reached the database by way of a library.
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } => StatusCodes.Status400BadRequest,
        AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        NpgsqlException { InnerException: System.Net.Sockets.SocketException } => StatusCodes.Status503ServiceUnavailable,
        Audit.AuditUnavailableException => StatusCodes.Status503ServiceUnavailable,
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" or PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.IoError } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string Correlation(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static async Task Answer(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var fault = Fault.Of(status);
        var correlation = status >= 500 ? Correlation(context) : "";
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "10";
        }

        if (!WantsPage(context))
        {
            await Results.Problem(
                detail: fault.Advice, statusCode: status, title: fault.Title, type: Api.Problems.TypeOf(fault.Code),
                extensions: new Dictionary<string, object?> { ["code"] = fault.Code, ["correlation"] = correlation })
                .ExecuteAsync(context);
            return;
        }

        // No antiforgery token and no menu: what failed may be needed to make them.
        var site = context.RequestServices.GetService(typeof(Installation)) as Installation ?? new Installation();
        var page = new PageContext(Identity.RouteAccessExtensions.Caller(context), context.Request.Path, "", "", []) { Site = site };
        await new RazorComponentResult<ErrorPage>(new { Page = page, Fault = fault, Correlation = correlation })
        {
            StatusCode = status,
        }.ExecuteAsync(context);
    }

    private static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api")
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
