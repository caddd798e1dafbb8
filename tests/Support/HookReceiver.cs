using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shali.Platform.Exchange.Push;

namespace Shali.Tests.Support;

/// <summary>A department's program that takes pushes.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<JsonElement> _events = [];
    private readonly SemaphoreSlim _came = new(0);

    private HookReceiver(WebApplication app) => _app = app;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Address { get; private set; } = "";

    /// <summary>A batch that holds this text is not acceptable to it.</summary>
    public string? Refuses { get; set; }

    /// <summary>Keeps whoever asks waiting, and then is out of order.</summary>
    public TaskCompletionSource? Breaks { get; set; }

    /// <summary>Somebody waits for an answer that is long in coming.</summary>
    public TaskCompletionSource Asked { get; } = new();

    /// <summary>How long it takes with each request.</summary>
    public TimeSpan Slow { get; set; }

    public ConcurrentQueue<(string Time, string Signature, byte[] Body)> Requests { get; } = new();

    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public static async Task<HookReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var receiver = new HookReceiver(builder.Build());
        receiver._app.MapPost("/hook", receiver.Take);
        await receiver._app.StartAsync();
        receiver.Address = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";
        return receiver;
    }

    /// <summary>Events with different ids.</summary>
    public int Distinct => Events.Select(one => one.GetProperty("id").GetString()).Distinct().Count();

    public async Task Until(int events)
    {
        while (Distinct < events)
        {
            Assert.True(await _came.WaitAsync(TimeSpan.FromSeconds(60), Cancel), $"{Events.Count} of {events} events came.");
        }
    }

    private async Task Take(HttpContext context)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        if (Refuses is { } poison && Encoding.UTF8.GetString(body).Contains(poison, StringComparison.Ordinal))
        {
            context.Response.StatusCode = 422;
            return;
        }

        if (Breaks is { } breaks)
        {
            Asked.TrySetResult();
            await breaks.Task;
            context.Response.StatusCode = 500;
            return;
        }

        Requests.Enqueue((context.Request.Headers[PushSignature.TimeHeader].ToString(), context.Request.Headers[PushSignature.Header].ToString(), body));
        using var json = JsonDocument.Parse(body);
        lock (_events)
        {
            _events.AddRange(json.RootElement.EnumerateArray().Select(one => one.Clone()));
        }

        _came.Release();
        await Task.Delay(Slow);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _came.Dispose();
    }
}
