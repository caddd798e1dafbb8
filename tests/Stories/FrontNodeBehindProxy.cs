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
        foreach (var asked in (string[])["/exchange/report", "/Exchange/REPORT/", "/exchange//report", "/exchange/%72eport?x=1", "/exchange/give/./"])
        {
            using var refused = await anybody.PostAsync(new Uri(asked, UriKind.Relative), new ByteArrayContent([1]), Cancel);
            Assert.Equal((asked, HttpStatusCode.Forbidden), (asked, refused.StatusCode));
            Assert.Contains("NODE-P01", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

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
