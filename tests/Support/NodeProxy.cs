using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shali.Tests.Support;

/// <summary>nginx with <c>docs/examples/nginx-nodes.conf</c>, of which only ports and folders are changed.</summary>
internal sealed class NodeProxy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-proxy-").FullName;
    private readonly City _city;
    private Process _nginx = null!;

    private NodeProxy(City city) => (_city, Address) = (city, new($"https://localhost:{PortalProcess.FreePort()}/"));

    public Uri Address { get; }

    /// <summary>The authority of the server's own certificate: it is another than the platform's.</summary>
    public string ServerAuthority => Path.Combine(_folder, "server-ca.pem");

    public static async Task<NodeProxy> Begin(City city)
    {
        var proxy = new NodeProxy(city);
        proxy.MakeServerCertificate();
        await proxy.Fetch();
        var example = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "nginx-nodes.conf"));
        Assert.Contains("listen 443 ssl;", example, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(proxy._folder, "nginx.conf"),
            $$"""
            daemon off;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            pid {{proxy._folder}}/pid;
            error_log {{proxy._folder}}/error.log warn;
            events { }
            http {
                access_log off;
                client_body_temp_path {{proxy._folder}}/body;
                proxy_temp_path {{proxy._folder}}/proxy;
                fastcgi_temp_path {{proxy._folder}}/fastcgi;
                uwsgi_temp_path {{proxy._folder}}/uwsgi;
                scgi_temp_path {{proxy._folder}}/scgi;
                {{example
                    .Replace("listen 443 ssl;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{proxy.Address.Port} ssl;"), StringComparison.Ordinal)
                    .Replace("/etc/nginx/shali", proxy._folder, StringComparison.Ordinal)
                    .Replace("http://127.0.0.1:8080", city.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)}}
            }
            """);
        var start = new ProcessStartInfo("/usr/sbin/nginx", ["-e", "stderr", "-p", proxy._folder, "-c", Path.Combine(proxy._folder, "nginx.conf")]) { RedirectStandardError = true };
        proxy._nginx = Process.Start(start)!;
        _ = proxy._nginx.StandardError.ReadToEndAsync(CancellationToken.None);
        await proxy.Serves(_ => true);
        return proxy;
    }

    /// <summary>A client without a certificate.</summary>
    public HttpClient Anybody()
    {
        var handler = new SocketsHttpHandler();
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(ServerAuthority);
        handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        return new(handler) { BaseAddress = Address };
    }

    /// <summary>As the hourly job does; returns when only workers with the new list serve.</summary>
    public async Task Renew()
    {
        await Fetch();
        var before = Workers();
        using (var reload = Process.Start("kill", ["-HUP", _nginx.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await reload.WaitForExitAsync();
        }

        await Serves(now => now.Count > 0 && !now.Overlaps(before));
    }

    public void Dispose()
    {
        if (!_nginx.HasExited)
        {
            PortalProcess.Terminate(_nginx);
            _nginx.WaitForExit();
        }

        _nginx.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Fetch()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _city.Address };
        foreach (var name in (string[])["ca.pem", "crl.pem"])
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, name), await http.GetStringAsync(new Uri("/ca/" + name, UriKind.Relative)));
        }
    }

    private async Task Serves(Func<HashSet<string>, bool> workers)
    {
        while (true)
        {
            Assert.False(_nginx.HasExited, File.Exists(Path.Combine(_folder, "error.log")) ? await File.ReadAllTextAsync(Path.Combine(_folder, "error.log")) : "nginx ended");
            try
            {
                using var http = Anybody();
                using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
                if (answer.IsSuccessStatusCode && workers(Workers()))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It has just been started.
            }

            await Task.Delay(20);
        }
    }

    private HashSet<string> Workers() => [.. File.ReadAllText($"/proc/{_nginx.Id}/task/{_nginx.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private void MakeServerCertificate()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Test authority of the server", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, false));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var issuer = authority.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = server.Create(issuer, from, to.AddDays(-1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(ServerAuthority, issuer.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(_folder, "server.crt"), certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(_folder, "server.key"), key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
