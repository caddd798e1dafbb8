using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shali.Tests.Support;

/// <summary>A department's system of many years ago: basic authentication, JSON and SOAP, and every bad habit that one meets.</summary>
internal sealed class OldService : IAsyncDisposable
{
    public const string User = "gateway";
    public const string Password = "an old password!";

    private readonly WebApplication _app;
    private readonly SemaphoreSlim _asked = new(0);

    private OldService(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>Headers of each request, as it came.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Requests { get; } = new();

    /// <summary>What waits goes on.</summary>
    public TaskCompletionSource Goes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<OldService> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var old = new OldService(builder.Build());
        old._app.Run(old.Answer);
        await old._app.StartAsync();
        old.Address = old._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/app";
        return old;
    }

    /// <summary>Until it was asked once more.</summary>
    public async Task Asked() => Assert.True(await _asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

    /// <summary>A byte of the long answer, by its place.</summary>
    public static byte At(long place) => (byte)((place * 31 / 7) & 0xff);

    private async Task Answer(HttpContext context)
    {
        var (request, response, gone) = (context.Request, context.Response, context.RequestAborted);
        Requests.Enqueue(request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        _asked.Release();
        if (request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        response.Headers.Server = "OldServer/1.0";
        response.Headers.SetCookie = "inner=secret";
        response.Headers["X-Inner-Host"] = "db-17";
        switch (request.Path.Value!.Split('/')[2..])
        {
            case ["persons", var number]:
                response.ContentType = "application/json; charset=utf-8";
                await response.WriteAsync($$"""{"number":"{{number}}","name":"欧阳","query":"{{request.QueryString}}"}""", gone);
                return;
            case ["soap"]:
                response.ContentType = "text/xml; charset=utf-8";
                await request.Body.CopyToAsync(response.Body, gone);
                return;
            case ["long", var megabytes]:
                await Long(response, int.Parse(megabytes, System.Globalization.CultureInfo.InvariantCulture), gone);
                return;
            case ["half", ..]:
                // A part at once, the rest when somebody says so.
                await Long(response, 1, gone);
                await Goes.Task.WaitAsync(gone);
                await Long(response, 1, gone);
                return;
            case ["silent", ..]:
                await Goes.Task.WaitAsync(gone);
                return;
            case ["elsewhere"]:
                response.Redirect("http://169.254.169.254/latest/meta-data");
                return;
            case ["cut"]:
                response.ContentLength = 1_000;
                await response.Body.WriteAsync(new byte[10], gone);
                await response.Body.FlushAsync(gone);
                context.Abort();
                return;
            case ["status", var status]:
                response.StatusCode = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture);
                return;
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                await response.WriteAsync("no such page", gone);
                return;
        }
    }

    private static async Task Long(HttpResponse response, int megabytes, CancellationToken gone)
    {
        var block = new byte[64 * 1024];
        for (var i = 0; i < megabytes * 16; i++)
        {
            for (var place = 0; place < block.Length; place++)
            {
                block[place] = At(((long)i * block.Length) + place);
            }

            await response.Body.WriteAsync(block, gone);
        }

        await response.Body.FlushAsync(gone);
    }

    public async ValueTask DisposeAsync()
    {
        Goes.TrySetResult();
        await _app.DisposeAsync();
        _asked.Dispose();
    }
}
