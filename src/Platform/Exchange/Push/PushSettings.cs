using System.Net;
using System.Net.Sockets;

namespace Shali.Platform.Exchange.Push;

/// <summary>How pushes and calls of offices' services leave the house.</summary>
/// <param name="Loopback">
/// Also to this machine and without TLS: for demo cities and tests, said on the page. Never in production, where whoever names an
/// address could make the platform call its own inner doors.
/// </param>
public sealed record PushSettings(bool Loopback)
{
    /// <summary>Networks of the government's extranet to which a hook may point although they are private; none: only public addresses.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>An address is waited for so long.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Events in one request.</summary>
    public int Batch { get; init; } = 50;

    /// <summary>Pauses between tries; after the last the events go to the dead letters.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } =
        [.. new[] { 1, 5, 30, 120, 600, 3_600, 3_600, 3_600 }.Select(seconds => TimeSpan.FromSeconds(seconds))];
}

/// <summary>Which addresses a hook may have. Judged when it is named, and again of the address that is really connected to.</summary>
public static class HookAddress
{
    private static readonly IPNetwork[] Private =
    [
        .. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "fc00::/7", "fec0::/10" }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] Never =
    [
        .. new[] { "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128", "fe80::/10", "ff00::/8", "64:ff9b::/96", "2002::/16" }.Select(IPNetwork.Parse),
    ];

    /// <summary>Why the address cannot be; null when it can as far as its text says.</summary>
    /// <param name="plainInside">Without TLS too, where it is an address of a network that the installation names.</param>
    public static string? Judge(string text, PushSettings settings, out Uri? address, bool plainInside = false)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || text.Length > 500 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            return Text.NoHookAddress;
        }

        var literal = IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var ip);
        var inside = plainInside && literal && settings.Networks.Any(network => network.BaseAddress.AddressFamily == ip!.AddressFamily && network.Contains(ip));
        if (uri.Scheme != Uri.UriSchemeHttps && !((settings.Loopback || inside) && uri.Scheme == Uri.UriSchemeHttp))
        {
            return Text.HookNotSecure;
        }

        if (literal && !May(ip!, settings))
        {
            return Text.InnerAddress;
        }

        if (!settings.Loopback && (uri.IdnHost == "localhost" || uri.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || !uri.IdnHost.Contains('.', StringComparison.Ordinal)) && ip is null)
        {
            return Text.InnerAddress;
        }

        address = uri;
        return null;
    }

    /// <summary>Whether a push may go to this address.</summary>
    public static bool May(IPAddress address, PushSettings settings)
    {
        // An IPv4 address in the clothes of IPv6 is that IPv4 address.
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (Never.Any(network => network.BaseAddress.AddressFamily == bare.AddressFamily && network.Contains(bare)))
        {
            return settings.Loopback && IPAddress.IsLoopback(bare);
        }

        return !Private.Any(network => network.BaseAddress.AddressFamily == bare.AddressFamily && network.Contains(bare))
            || settings.Networks.Any(network => network.BaseAddress.AddressFamily == bare.AddressFamily && network.Contains(bare));
    }

    /// <summary>A client that connects to no forbidden address, whatever the name resolves to at that moment, and follows no redirect.</summary>
    internal static HttpMessageInvoker Client(PushSettings settings) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,

        // Numbers of our traces are nobody's business outside.
        ActivityHeadersPropagator = null,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = settings.Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 16,
        ConnectCallback = async (context, cancel) =>
        {
            var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
            var allowed = found.Where(address => May(address, settings)).ToArray();
            if (allowed.Length == 0)
            {
                throw new AddressNotAllowedException();
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });
}

/// <summary>A name leads to an address to which nothing may go.</summary>
internal sealed class AddressNotAllowedException() : HttpRequestException(Text.InnerAddress);
