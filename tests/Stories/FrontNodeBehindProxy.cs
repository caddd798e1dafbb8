using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shali.FrontNode;
using Shali.Platform.Exchange.Nodes;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Mutual TLS as an installation has it: nginx with the example's configuration in front of the platform, certificates of its own authority.</summary>
public sealed class FrontNodeBehindProxy(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ecdsa-p256-sha256")]
    [InlineData("sm2-sm3")]
    public async Task Only_a_node_with_a_good_certificate_comes_in_and_the_others_are_told_why(string suite)
    {
        using var proxy = await NodeProxy.Begin(city);
        await using var town = await NodeTown.Start(city, suite, at: proxy.Address, ca: proxy.ServerAuthority);
        var source = town.Sqlite();
        source.Fill(1, 300);
        var settings = town.Settings(town.Give(source.Place));
        using (var node = Node.Open(settings))
        {
            await NodeTown.Round(node);
            Assert.Equal(300, (await town.Records()).Count);
            Assert.True(await node.Reporting.Tell(Cancel), node.Reporting.Fault);
        }

        // Its private keys never left its folder, and the one for TLS is another where the suite's own is not for that.
        var identity = NodeIdentity.Read(settings.Data)!;
        Assert.Equal(suite == "sm2-sm3", identity.TlsPrivate is not null);

        // Pages and enrolment are for everybody; what nodes ask is not.
        using var anybody = proxy.Anybody();
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(new Uri("/ca/ca.pem", UriKind.Relative), Cancel)).StatusCode);
        using var refused = await anybody.PostAsync(new Uri("/exchange/report", UriKind.Relative), new ByteArrayContent([1]), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("NODE-P01", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        // A node that shows none, and one with a certificate of the right name from another authority.
        using var sm2 = Platform.Exchange.Evidence.SignatureSuite.Sm2.NewKey();
        await Told(settings, identity with { Suite = "sm2-sm3", Private = sm2.Private(), TlsCertificate = null, TlsPrivate = null }, "NODE-P01", "没有证书可以出示");
        var (pem, secret) = Foreign(identity);
        await Told(settings, identity with { Suite = "sm2-sm3", Private = sm2.Private(), TlsCertificate = pem, TlsPrivate = secret }, "NODE-P03", "不是中心签发的");

        // Revoked: at once by the platform behind the proxy, and by the proxy when it has read the list anew. Both certificates.
        identity.Write(settings.Data);
        Assert.True((await city.Service<NodeDesk>().Revoke(NodeTown.Officer(town.Office), town.Code, "机器报废", Cancel)).Ok);
        await Told(settings, identity, "NODE-M08", "已停用");
        await proxy.Renew();
        await Told(settings, identity, "NODE-P02", "已被吊销");
        using var last = Node.Open(settings);
        source.Run("update 企业 set 名称 = '改了' where 编号 = 'F000001'");
        await NodeTown.Round(last);
        Assert.Contains("已被吊销", last.Gives[0].Status.Now.Note, StringComparison.Ordinal);
        Assert.Equal("F000001|企业1|2000-01-02|1.50|v1", (await town.Records())[0]);
    }

    private static async Task Told(Configuration settings, NodeIdentity identity, string code, string sentence)
    {
        identity.Write(settings.Data);
        using var node = Node.Open(settings);
        Assert.False(await node.Reporting.Tell(Cancel));
        Assert.Contains(code, node.Reporting.Fault, StringComparison.Ordinal);
        Assert.Contains(sentence, node.Reporting.Fault, StringComparison.Ordinal);
    }

    /// <summary>Says the same of itself as the node's own certificate; only the authority is another.</summary>
    private static (string Pem, byte[] Private) Foreign(NodeIdentity identity)
    {
        using var own = X509Certificate2.CreateFromPem(identity.Certificate);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(own.SubjectName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using var foreign = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (foreign.ExportCertificatePem(), key.ExportPkcs8PrivateKey());
    }
}

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
