using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Documents.Signing;
using Shali.Platform.Ui;

namespace Shali.Platform.Documents.Pages;

/// <summary>One authority as the public page lists it.</summary>
public sealed record AuthorityLine(string Name, string Serial, string Fingerprint, DateTimeOffset To);

/// <summary>Certificates, lists of revocations and time stamps, as programs fetch them.</summary>
internal static class AuthorityDoor
{
    private const int QueryMost = 16 * 1024;

    public static async Task<IResult> Show(HttpContext context, CertificateAuthority authority, DocumentSettings settings, CancellationToken cancel) =>
        context.Show<AuthorityPage>(new
        {
            Site = settings.PublicAddress,
            Authorities = (IReadOnlyList<AuthorityLine>)[.. (await authority.Authorities(cancel)).Select(each => new AuthorityLine(
                each.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false),
                each.SerialNumber.ToLowerInvariant(),
                string.Join(':', SHA256.HashData(each.RawData).Select(b => b.ToString("X2", CultureInfo.InvariantCulture))),
                new DateTimeOffset(each.NotAfter)))],
        });

    public static async Task<IResult> Bundle(CertificateAuthority authority, CancellationToken cancel) => Results.Text(
        string.Concat((await authority.Authorities(cancel)).Select(each => each.ExportCertificatePem() + "\n")), "application/x-pem-file");

    public static async Task<IResult> Certificate(CertificateAuthority authority, string serial, CancellationToken cancel) =>
        await authority.Find(serial, cancel) is { } found
            ? Results.Bytes(System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(found.Pem).RawData, "application/pkix-cert")
            : Results.NotFound();

    public static async Task<IResult> Revocations(RevocationList lists, string serial, CancellationToken cancel) =>
        await lists.Of(serial, cancel) is { } list ? Results.Bytes(list, "application/pkix-crl") : Results.NotFound();

    /// <summary>The lists of all authorities in one file, as proxies want them.</summary>
    public static async Task<IResult> AllRevocations(CertificateAuthority authority, RevocationList lists, CancellationToken cancel)
    {
        var all = new StringBuilder();
        foreach (var each in await authority.Authorities(cancel))
        {
            if (await lists.Of(each.SerialNumber.ToLowerInvariant(), cancel) is { } list)
            {
                all.Append(PemEncoding.WriteString("X509 CRL", list)).Append('\n');
            }
        }

        return Results.Text(all.ToString(), "application/x-pem-file");
    }

    public static async Task<IResult> Stamp(HttpContext context, TimeStamps stamps, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > QueryMost)
            {
                return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            }
        }

        return Results.Bytes(await stamps.Answer(body.ToArray(), cancel), "application/timestamp-reply");
    }
}
