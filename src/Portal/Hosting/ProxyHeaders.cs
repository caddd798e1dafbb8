using Microsoft.AspNetCore.HttpOverrides;

namespace Shali.Portal.Hosting;

/// <summary>
/// Behind a reverse proxy the connection comes from the proxy; who really called stands in its headers. They are
/// believed from the named proxies only, hop by hop from the last: what anybody else writes there is ignored, so that
/// nobody forges the address in the audit log or gets around the limit on failed sign-ons.
/// </summary>
internal static class ProxyHeaders
{
    public static void UseProxies(this WebApplication app, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        if (proxies.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        app.UseForwardedHeaders(options);
    }
}
