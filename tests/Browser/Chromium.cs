using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Shali.Tests.Browser.Chromium))]

namespace Shali.Tests.Browser;

/// <summary>One real Chromium for all browser tests; each test opens a context of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>
    /// What the driver switches off, for its list gives way to ours, and one thing more: a new frame of the renderer for each page
    /// costs a fifth of all work with pages that are looked at once.
    /// </summary>
    private static readonly string[] Off =
    [
        "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "BlockOriginHeaderModificationOnRedirect",
        "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter",
        "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "ThirdPartyStoragePartitioning", "Translate",
        "RenderDocument",
    ];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--in-process-gpu",

        "--disable-features=" + string.Join(',', Off),

        // Pages that live for a moment: compiling better, or beside them on other threads, costs more than it saves.
        "--js-flags=--single-threaded --no-opt --no-maglev",
    ];

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A fresh window of the given width, as a phone (390) or a screen (1440).</summary>
    public async Task<IPage> Open(Uri site, int width = 1440, bool script = true)
    {
        var browser = await Browser();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
            JavaScriptEnabled = script,
            Locale = "zh-CN",
        });

        // Beside other tests a page can take its time; one that never comes still fails.
        context.SetDefaultTimeout(120_000);
        return await context.NewPageAsync();
    }

    /// <summary>A window in which <see cref="Looks"/> can ask axe.</summary>
    public async Task<IPage> OpenForLooks(Uri site)
    {
        var page = await Open(site);
        await page.Context.AddInitScriptAsync(Looks.Axe);
        return page;
    }

    /// <summary>
    /// The same, for pages that are asked and never touched: what is asked is laid out, but nothing is painted, for a frame is drawn only
    /// on demand and nobody demands one. (A click waits for frames.) Painting is a seventh of all work with pages that are looked at once.
    /// </summary>
    public async Task<IPage> OpenUnpainted(Uri site)
    {
        var painted = await OpenForLooks(site);
        var context = painted.Context;
        var itself = await (await context.NewCDPSessionAsync(painted)).SendAsync("Target.getTargetInfo");
        var opened = context.WaitForPageAsync();
        var session = await context.Browser!.NewBrowserCDPSessionAsync();
        await session.SendAsync("Target.createTarget", new()
        {
            ["url"] = "about:blank",
            ["browserContextId"] = itself!.Value.GetProperty("targetInfo").GetProperty("browserContextId").GetString()!,
            ["enableBeginFrameControl"] = true,
        });
        await session.DetachAsync();
        await painted.CloseAsync();
        return await opened;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }

    /// <summary>Started by the first test that needs it: a run of the rules alone starts no browser.</summary>
    private async Task<IBrowser> Browser()
    {
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
                Args = Flags,
            });
        }
        finally
        {
            _starting.Release();
        }
    }
}
