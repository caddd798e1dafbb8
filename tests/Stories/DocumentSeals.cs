using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Audit;
using Shali.Platform.Documents;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Documents.Checking;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Documents under seals, judged by the programs that everybody has: pdfsig and openssl.</summary>
public sealed class DocumentSeals(City city) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-seal-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Pdfsig_finds_the_signature_valid_and_trusts_the_published_certificates()
    {
        var file = await Save("d.pdf", (await IssuedDocuments.Issue(city)).File);
        var ca = await Ca();
        Assert.Equal(0, (await Tool.Run("certutil", "-N", "-d", _folder, "--empty-password")).Code);
        // As the page /ca says it.
        Assert.Equal(0, (await Tool.Run("certutil", "-A", "-d", _folder, "-n", "shali", "-t", "C,C,C", "-i", ca)).Code);
        var (_, said) = await Tool.Run("pdfsig", "-nssdir", _folder, file);
        Assert.Contains("Signature is Valid.", said, StringComparison.Ordinal);
        Assert.Contains("Certificate is Trusted.", said, StringComparison.Ordinal);
        Assert.Contains("Total document signed", said, StringComparison.Ordinal);
        Assert.Contains("ETSI.CAdES.detached", said, StringComparison.Ordinal);
        Assert.Contains("测试市市场监督管理局", said, StringComparison.Ordinal);

        var altered = await Save("altered.pdf", Altered((await File.ReadAllBytesAsync(file, Cancel))));
        Assert.DoesNotContain("Signature is Valid.", (await Tool.Run("pdfsig", "-nssdir", _folder, altered)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seal_whose_node_was_killed_before_the_registry_knew_of_it_is_registered_when_it_is_used()
    {
        await using var host = await city.AnotherHost(await city.OwnDatabase());
        var saved = await host.Services.GetRequiredService<Offices>().Save(
            new Act(Caller.Platform("test"), "identity.office.save"), [new("sealed", "用印局", "用印", "department", null, "4111", new(2000, 1, 1), null)], Cancel);
        Assert.True(saved.Ok, saved.Refusals.ToString());
        await host.Services.GetRequiredService<Offices>().Reload(Cancel);
        var authority = host.Services.GetRequiredService<CertificateAuthority>();
        var made = (await authority.SealOf("sealed", Cancel)).Value;
        var before = await authority.Find(made.Serial, Cancel);

        // As the kill leaves it: the key is there, its record is not.
        await host.Services.GetRequiredService<Db>().Run($"delete from documents.certificate where serial = {made.Serial}", Cancel);
        Assert.Null(await authority.Find(made.Serial, Cancel));
        Assert.Equal(made.Serial, (await authority.SealOf("sealed", Cancel)).Value.Serial);
        Assert.Equal(before, await authority.Find(made.Serial, Cancel));
    }

    [Fact]
    public async Task Openssl_verifies_signature_time_stamp_chain_and_list_of_revocations()
    {
        var issued = await IssuedDocuments.Issue(city);
        var signature = Assert.Single(PdfSignature.In(issued.File));
        var ca = await Ca();
        var cms = await Save("sig.der", signature.Cms);
        var content = await Save("content", signature.Covered);
        var verified = await Tool.Run(
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", cms, "-content", content, "-CAfile", ca, "-purpose", "any", "-out", "/dev/null");
        Assert.True(verified.Code == 0, verified.Output);
        await File.AppendAllTextAsync(content, " ", Cancel);
        Assert.NotEqual(0, (await Tool.Run(
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", cms, "-content", content, "-CAfile", ca, "-purpose", "any", "-out", "/dev/null")).Code);

        var printed = (await Tool.Run("openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", cms)).Output;
        Assert.Contains("id-smime-aa-signingCertificateV2", printed, StringComparison.Ordinal);
        Assert.Contains("id-smime-aa-timeStampToken", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("signingTime", printed, StringComparison.Ordinal);

        // The seal's own certificate, with the list of revocations that it names.
        var seal = await Save("seal.pem", Encoding.ASCII.GetBytes((await Seal(issued)).Pem));
        var lists = new List<string>();
        foreach (var authority in await city.Service<CertificateAuthority>().Authorities(Cancel))
        {
            using var http = city.NewClient();
            var der = await http.GetByteArrayAsync(new Uri($"/ca/crl/{authority.SerialNumber.ToLowerInvariant()}.crl", UriKind.Relative), Cancel);
            var path = await Save(authority.SerialNumber + ".crl", der);
            Assert.Equal(0, (await Tool.Run("openssl", "crl", "-inform", "DER", "-in", path, "-out", path + ".pem")).Code);
            lists.AddRange(["-CRLfile", path + ".pem"]);
        }

        var chain = await Tool.Run("openssl", ["verify", "-crl_check_all", "-CAfile", ca, .. lists, seal]);
        Assert.True(chain.Code == 0, chain.Output);
        var text = (await Tool.Run("openssl", "x509", "-in", seal, "-noout", "-text")).Output;
        foreach (var part in new[] { "CA:FALSE", "Digital Signature, Non Repudiation", "CRL Distribution Points", "CA Issuers", "Authority Key Identifier" })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_time_stamp_authority_answers_openssl()
    {
        var data = await Save("data", "漯河"u8.ToArray());
        var query = Path.Combine(_folder, "q.tsq");
        Assert.Equal(0, (await Tool.Run("openssl", "ts", "-query", "-data", data, "-sha256", "-cert", "-out", query)).Code);
        using var http = city.NewClient();
        using var body = new ByteArrayContent(await File.ReadAllBytesAsync(query, Cancel));
        body.Headers.ContentType = new("application/timestamp-query");
        using var answer = await http.PostAsync(new Uri("/tsa", UriKind.Relative), body, Cancel);
        Assert.Equal("application/timestamp-reply", answer.Content.Headers.ContentType?.MediaType);
        var reply = await Save("r.tsr", await answer.Content.ReadAsByteArrayAsync(Cancel));
        var verified = await Tool.Run("openssl", "ts", "-verify", "-in", reply, "-queryfile", query, "-CAfile", await Ca());
        Assert.True(verified.Code == 0, verified.Output);

        using var nonsense = await http.PostAsync(new Uri("/tsa", UriKind.Relative), new ByteArrayContent([1, 2, 3]), Cancel);
        var refused = await Save("bad.tsr", await nonsense.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Contains("Rejected", (await Tool.Run("openssl", "ts", "-reply", "-in", refused, "-text")).Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_seal_is_used_for_a_case_or_not_at_all_and_each_use_is_on_record()
    {
        await IdentityPeople.Offices(city);
        var desk = city.Service<DocumentDesk>();
        var issue = IssuedDocuments.Of(IssuedDocuments.Decision());
        Assert.Equal("DOC-S01", Assert.Single((await desk.Issue(IssuedDocuments.Clerk, issue with { Case = " " }, Cancel)).Refusals).Code);
        Assert.Equal("DOC-S02", Assert.Single((await desk.Issue(IssuedDocuments.Clerk, issue with { Office = "nobody" }, Cancel)).Refusals).Code);

        var caseNumber = "BJ" + Guid.NewGuid().ToString("N")[..12];
        var issued = (await desk.Issue(IssuedDocuments.Clerk, issue with { Case = caseNumber, HolderPerson = "person-seal-" + caseNumber }, Cancel)).Value;
        var lines = (await city.Service<AuditSearch>().Find(new AuditQuery { Kind = "seal.use", Subject = "person-seal-" + caseNumber }, Cancel)).Lines;
        var line = Assert.Single(lines);
        Assert.Equal((IssuedDocuments.Clerk.Id, caseNumber), (line.WhoId, line.Case));
        Assert.Contains((await Seal(issued)).Serial, line.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_request_gives_the_same_document()
    {
        var once = Guid.NewGuid().ToString("N");
        var content = IssuedDocuments.Decision();
        var both = await Task.WhenAll(
            IssuedDocuments.Issue(city, issue => issue with { IdempotencyKey = once }, content),
            IssuedDocuments.Issue(city, issue => issue with { IdempotencyKey = once }, content));
        var third = await IssuedDocuments.Issue(city, issue => issue with { IdempotencyKey = once }, content);
        Assert.All(both, each => Assert.Equal((third.Key, third.Code, third.Digest), (each.Key, each.Code, each.Digest)));
        Assert.Equal(third.File, both[0].File);
    }

    [Fact]
    public async Task A_revoked_seal_signs_no_more_and_is_on_the_public_list_until_somebody_makes_a_new_one()
    {
        await using var host = await city.AnotherHost(await city.OwnDatabase());
        await host.StartAsync(Cancel);
        var authority = host.Services.GetRequiredService<CertificateAuthority>();
        var desk = host.Services.GetRequiredService<DocumentDesk>();
        var offices = host.Services.GetRequiredService<Offices>();
        await offices.Save(
            new(Caller.Platform("test"), "identity.office.save"),
            [IssuedDocuments.Issuer],
            Cancel);
        var before = (await desk.Issue(IssuedDocuments.Clerk, IssuedDocuments.Of(IssuedDocuments.Decision()), Cancel)).Value;
        var serial = (await desk.Find(before.Key, Cancel))!.Seal;

        Assert.Equal("DOC-C03", (await authority.Revoke(IssuedDocuments.Clerk, serial, "因为", null, Cancel)).Refusals[0].Code);
        Assert.True((await authority.Revoke(IssuedDocuments.Clerk, serial, "key-compromise", null, Cancel)).Ok);
        Assert.Equal("DOC-C02", (await authority.Revoke(IssuedDocuments.Clerk, serial, "key-compromise", null, Cancel)).Refusals[0].Code);
        Assert.Equal("DOC-S03", (await desk.Issue(IssuedDocuments.Clerk, IssuedDocuments.Of(IssuedDocuments.Decision()), Cancel)).Refusals[0].Code);

        var issuer = (await authority.Find(serial, Cancel))!.Issuer;
        var list = await Save("list.crl", (await host.Services.GetRequiredService<RevocationList>().Of(issuer, Cancel))!);
        var printed = (await Tool.Run("openssl", "crl", "-inform", "DER", "-in", list, "-noout", "-text")).Output;
        Assert.Contains(serial.ToUpperInvariant(), printed, StringComparison.Ordinal);
        Assert.Contains("Key Compromise", printed, StringComparison.Ordinal);

        var ca = await Save("own.pem", Encoding.ASCII.GetBytes(string.Concat((await authority.Authorities(Cancel)).Select(each => each.ExportCertificatePem() + "\n"))));
        var file = await Save("before.pdf", before.File);
        Assert.Equal((0, true), await Offline("没有给出吊销列表", file, "--ca", ca));

        // What was stamped before the revocation stays good.
        foreach (var (hours, code) in new[] { (1, 0), (-1, 2) })
        {
            var db = host.Services.GetRequiredService<Db>();
            await db.Run($"update documents.certificate set revoked_at = {DateTimeOffset.UtcNow.AddHours(hours)} where serial = {serial}", Cancel);
            var dated = await Save($"{code}.crl", (await new RevocationList(db, authority, TimeProvider.System).Of(issuer, Cancel))!);
            Assert.Equal(code, (await Offline("已于", file, "--ca", ca, "--crl", dated)).Code);
        }

        Assert.True((await authority.Replace(IssuedDocuments.Clerk, "market-regulation", Cancel)).Ok);
        Assert.Equal("DOC-C04", (await authority.Replace(IssuedDocuments.Clerk, "market-regulation", Cancel)).Refusals[0].Code);
        Assert.True((await desk.Issue(IssuedDocuments.Clerk, IssuedDocuments.Of(IssuedDocuments.Decision()), Cancel)).Ok);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task The_first_document_of_an_authority_is_stamped_when_the_certificate_of_its_stamps_is_valid()
    {
        // Whoever looks at the clock again sees a later second: so slow is a city that makes its keys.
        var clock = new SlowCity();
        await using var host = await city.AnotherHost(await city.OwnDatabase(), settings => settings with { Time = clock });
        await host.Services.GetRequiredService<Offices>().Save(
            new(Caller.Platform("test"), "identity.office.save"),
            [IssuedDocuments.Issuer],
            Cancel);
        var issued = (await host.Services.GetRequiredService<DocumentDesk>().Issue(IssuedDocuments.Clerk, IssuedDocuments.Of(IssuedDocuments.Decision()), Cancel)).Value;
        var authorities = await host.Services.GetRequiredService<CertificateAuthority>().Authorities(Cancel);
        var verdict = SignatureCheck.Judge(Assert.Single(PdfSignature.In(issued.File)), [.. authorities], clock.GetUtcNow())!;
        Assert.NotNull(verdict.StampedAt);
        Assert.True(verdict is { Whole: true, Ours: true });
    }

    [Fact]
    public async Task The_command_line_verifies_without_a_network()
    {
        var issued = await IssuedDocuments.Issue(city);
        var (file, ca) = (await Save("offline.pdf", issued.File), await Ca());
        Assert.Equal((0, true), await Offline("签名有效", file, "--ca", ca));
        Assert.Equal((2, true), await Offline("不能采信", await Save("changed.pdf", Altered(issued.File)), "--ca", ca));
        Assert.Equal((2, true), await Offline("追加了", await Save("longer.pdf", [.. issued.File, .. "% more"u8]), "--ca", ca));
        Assert.Equal((2, true), await Offline("没有电子印章的签名", await Save("none.pdf", "%PDF-1.7"u8.ToArray()), "--ca", ca));
        Assert.Equal((1, true), await Offline("用法", file));
        Assert.Equal((1, true), await Offline("没有 PEM", file, "--ca", file));
        Assert.Equal((1, true), await Offline("无法读取", "/nowhere.pdf", "--ca", ca));
    }

    /// <summary>One letter of the first content stream's offset is another: a byte well inside the signed part.</summary>
    internal static byte[] Altered(byte[] file)
    {
        var copy = (byte[])file.Clone();
        copy[file.Length / 2] ^= 0x20;
        var place = PdfSignature.In(file)[0];
        if (copy.AsSpan().SequenceEqual(file) || place.Cms.Length == 0)
        {
            throw new InvalidOperationException("Nothing was altered.");
        }

        return copy;
    }

    private static async Task<(int Code, bool Said)> Offline(string word, params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await VerifyDocumentCommand.Run(arguments, output);
        return (code, output.ToString().Contains(word, StringComparison.Ordinal) ? true : throw new Xunit.Sdk.XunitException(output.ToString()));
    }

    private async Task<Certificate> Seal(IssuedDocument issued) =>
        (await city.Service<CertificateAuthority>().Find((await city.Service<DocumentDesk>().Find(issued.Key, Cancel))!.Seal, Cancel))!;

    private async Task<string> Ca()
    {
        _ = await city.Service<CertificateAuthority>().Authorities(Cancel);
        using var answer = await city.Http.GetAsync(new Uri("/ca/ca.pem", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await Save("ca.pem", await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    private async Task<string> Save(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(path, bytes, Cancel);
        return path;
    }

    private sealed class SlowCity : TimeProvider
    {
        private readonly DateTimeOffset _begun = System.GetUtcNow();
        private int _looks;

        public override DateTimeOffset GetUtcNow() => _begun.AddSeconds(Interlocked.Increment(ref _looks));
    }
}
