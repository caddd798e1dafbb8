using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NpgsqlTypes;
using Shali.Platform.Audit;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Files;

/// <summary>Makes the manifests of files that go out whole, and finds them again with their proofs.</summary>
public sealed class Manifests(Db db, CentreKeys keys, CertificateAuthority authority, Receipts receipts, AuditLog log, TimeProvider time)
{
    /// <summary>The header of an export that names its manifest.</summary>
    public const string Header = "Shali-Manifest";

    public const string Address = "/exchange/manifests/";

    /// <summary>
    /// Sends a file through <paramref name="write"/>: its end leaves when the manifest is on disk, so who has the whole file has its manifest.
    /// </summary>
    /// <param name="about">All that is known of the file before it is written.</param>
    internal async Task Send(HttpContext context, Manifest about, ReadRequest request, Func<OutgoingFile, Task> write)
    {
        context.Response.Headers[Header] = about.Number;
        context.Response.Headers.Append("Link", $"<{Address}{about.Number}>; rel=\"describedby\"");
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var file = new OutgoingFile(body.Stream, about.Columns);
        context.Response.Body = file;
        try
        {
            await write(file);
            await Keep(file.Complete(about) with { At = time.GetUtcNow() }, request);
            await file.Finish(context.RequestAborted);
        }
        finally
        {
            context.Features.Set(body);
        }
    }

    /// <summary>What is known before the first row.</summary>
    internal Manifest About(HttpContext context, ReadRequest request, Access access, string format, string fileName, IReadOnlyList<string> columns, DateTimeOffset? asOf)
    {
        var now = time.GetUtcNow();
        return new(Ulid.Next(time), now)
        {
            Resource = request.Resource.Id,
            ResourceName = request.Resource.Name,
            Version = request.Resource.Version,
            Provider = request.Resource.Owner,
            Consumer = request.Who.Office,
            Grant = access.Grant?.Grant.Number,
            Purpose = request.Purpose ?? access.Grant?.Grant.Scene ?? request.Stated,
            AsOf = asOf ?? now,
            Query = context.Request.QueryString.Value ?? "",
            Format = format,
            FileName = fileName,
            Bytes = 0,
            Rows = 0,
            Columns = columns,
            Sha256 = "",
            Sm3 = "",
            RowsDigest = "",
        };
    }

    /// <summary>The manifest as it is kept; null when there is none with this number.</summary>
    public async Task<ManifestFile?> Find(string number, CancellationToken cancel = default)
    {
        if (number.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var (body, seals, index) = await db.One(
            $"select body, seals::text, log_index from exchange.manifest where number = {number}",
            row => (row.GetFieldValue<byte[]>(0), row.GetString(1), row.GetInt64(2)), cancel);
        if (body is null)
        {
            return null;
        }

        var read = JsonSerializer.Deserialize<List<GroupSeal>>(seals!, EvidenceJson.Options)!;
        var certificates = new List<string>();
        foreach (var seal in read)
        {
            certificates.Add((await authority.Find(seal.Serial, cancel))?.Pem ?? "");
        }

        return new(body, read, certificates) { Log = await receipts.Proof(index, cancel) };
    }

    private async Task Keep(Manifest manifest, ReadRequest request)
    {
        var body = EvidenceJson.Write(manifest);
        var seals = new List<GroupSeal>();
        foreach (var suite in SignatureSuite.All)
        {
            seals.Add(await (await keys.Of(suite, CancellationToken.None)).Signer.Seal(body));
        }

        var index = await log.Append(new AuditEntry("exchange.manifest", request.Who)
        {
            Resource = manifest.Resource,
            Purpose = manifest.Purpose,
            Grant = manifest.Grant,
            Note = ReceiptCheck.LogNote(manifest.Number, body),
        });
        await db.Run(
            $"""
            insert into exchange.manifest (number, resource, office, grant_no, at, body, seals, log_index)
            values ({manifest.Number}, {manifest.Resource}, {manifest.Consumer}, {Sql.Value(manifest.Grant, NpgsqlDbType.Text)}, {manifest.At}, {body},
                {Sql.Value(JsonSerializer.Serialize(seals, EvidenceJson.Options), NpgsqlDbType.Jsonb)}, {index})
            """,
            CancellationToken.None);
    }

    /// <summary>Whoever has the number: the manifest as a file.</summary>
    internal static async Task<IResult> Show(Manifests manifests, string number, CancellationToken cancel) =>
        await manifests.Find(number, cancel) is { } file
            ? Results.File(EvidenceJson.Write(file), "application/json", $"{file.Read()?.FileName}.manifest.json")
            : Results.NotFound();
}
