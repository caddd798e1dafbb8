using System.Security.Cryptography;
using System.Text.Json;
using NpgsqlTypes;
using Shali.Platform.Audit;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>Makes receipts, once for each batch whoever asks how often, and finds them again with their proofs.</summary>
public sealed class Receipts(Db db, CentreKeys keys, CertificateAuthority authority, AuditLog log, LogTree tree)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    internal async Task<Outcome<Given>> Give(
        NodeCall call, SignedStatement signed, Statement statement, ResourceDefinition resource, GiveOutcome outcome, CancellationToken cancel)
    {
        var receipt = New(call, signed, statement, resource, outcome.At) with
        {
            Basis = NodeText.OwnDuty,
            Purpose = NodeText.GivePurpose(call.Node.Code, statement.Flow, statement.Batch),
            Counts = outcome.Counts,
            Refused = [.. outcome.Refused.Select(row => row.Hash)],
            Act = outcome.Act,
        };
        var (body, seal) = await Keep(call, statement, receipt, cancel);
        return new Given(body, seal, outcome.Refused);
    }

    /// <summary>Of what a node has taken into its own tables: it has signed the same statement that the centre made of the page.</summary>
    internal async Task<(byte[] Body, GroupSeal Seal)> Take(NodeCall call, SignedStatement signed, Statement statement, ResourceDefinition resource, DateTimeOffset at, CancellationToken cancel) =>
        await Keep(
            call,
            statement,
            New(call, signed, statement, resource, at) with
            {
                Basis = statement.Grant ?? NodeText.Unconditional,
                Purpose = statement.Purpose ?? "",
                Counts = new(statement.Rows, 0, 0, statement.Gone, 0),
            },
            cancel);

    /// <summary>The receipt as it is kept; null when there is none with this number.</summary>
    public async Task<ReceiptFile?> Find(string number, CancellationToken cancel)
    {
        if (number.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var (body, seal, index) = await db.One(
            $"select body, seal::text, log_index from exchange.receipt where number = {number}",
            row => (row.GetFieldValue<byte[]>(0), row.GetString(1), row.GetInt64(2)),
            cancel);
        if (body is null || EvidenceJson.Read<Receipt>(body) is not { } receipt)
        {
            return null;
        }

        var sealedBy = JsonSerializer.Deserialize<GroupSeal>(seal!, EvidenceJson.Options)!;
        return new ReceiptFile(
            body, sealedBy, await Pem(receipt.Statement.Serial, cancel), await Pem(sealedBy.Serial, cancel),
            [.. (await authority.Authorities(cancel)).Select(each => each.ExportCertificatePem() + "\n")])
        {
            Log = await Proof(index, cancel),
        };
    }

    private static Receipt New(NodeCall call, SignedStatement signed, Statement statement, ResourceDefinition resource, DateTimeOffset at) =>
        new(NumberOf(signed, statement), signed, at)
        {
            Office = call.Node.Office,
            OfficeName = call.Who.OfficeName,
            ResourceName = resource.Name,
            Basis = "",
            Purpose = "",
            Counts = new(0, 0, 0, 0, 0),
        };

    private async Task<(byte[] Body, GroupSeal Seal)> Keep(NodeCall call, Statement statement, Receipt receipt, CancellationToken cancel)
    {
        if (await Kept(statement, cancel) is { } earlier)
        {
            return earlier;
        }

        var body = EvidenceJson.Write(receipt);
        var seal = await (await keys.Of(call.Suite, cancel)).Signer.Seal(body);
        var index = await log.Append(
            new AuditEntry("exchange.receipt", call.Who)
            {
                Resource = statement.Resource,
                Purpose = receipt.Purpose,
                Grant = statement.Grant,
                Note = ReceiptCheck.LogNote(receipt.Number, body),
            },
            cancel);
        var kept = await db.Run(
            $"""
            insert into exchange.receipt (number, node, flow, stream, batch, kind, resource, at, rows, refused, body, seal, log_index) values (
                {receipt.Number}, {statement.Node}, {statement.Flow}, {statement.Stream}, {statement.Batch}, {statement.Kind}, {statement.Resource}, {receipt.At},
                {(long)statement.Rows + statement.Gone}, {(long)receipt.Counts.Refused}, {body},
                {Sql.Value(JsonSerializer.Serialize(seal, EvidenceJson.Options), NpgsqlDbType.Jsonb)}, {index})
            on conflict do nothing
            """,
            cancel);

        if (kept == 1)
        {
            ExchangeMeasures.Batch(statement.Kind, receipt.Counts);
        }

        // Two answers to the same batch at once: the first receipt is the receipt.
        return kept == 1 ? (body, seal) : (await Kept(statement, cancel))!.Value;
    }

    private async Task<(byte[] Body, GroupSeal Seal)?> Kept(Statement statement, CancellationToken cancel)
    {
        var (body, seal) = await db.One(
            $"""
            select body, seal::text from exchange.receipt
            where node = {statement.Node} and flow = {statement.Flow} and stream = {statement.Stream} and batch = {statement.Batch} and kind = {statement.Kind}
            """,
            row => (row.GetFieldValue<byte[]>(0), row.GetString(1)),
            cancel);
        return body is null ? null : (body, JsonSerializer.Deserialize<GroupSeal>(seal!, EvidenceJson.Options)!);
    }

    private async Task<string> Pem(string serial, CancellationToken cancel) => (await authority.Find(serial, cancel))?.Pem ?? "";

    /// <summary>The path to the newest signed checkpoint; null when it does not reach the record yet.</summary>
    internal async Task<LogProof?> Proof(long index, CancellationToken cancel)
    {
        if (await db.Scalar<string>($"select note from audit.checkpoint order by size desc limit 1", cancel) is not { } note
            || Checkpoint.Parse(note) is not { } checkpoint || checkpoint.Size <= index
            || await db.Scalar<byte[]>($"select body from audit.record where index = {index}", cancel) is not { } body)
        {
            return null;
        }

        return new(index, checkpoint.Size, body, (await tree.Inclusion(index, checkpoint.Size, cancel)).Path, note);
    }

    /// <summary>The tail is of the signed statement, whose signature nobody can foresee.</summary>
    private static string NumberOf(SignedStatement signed, Statement statement)
    {
        var hash = SHA256.HashData(signed.Signature);
        var tail = string.Create(10, hash, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[bytes[i] & 31];
            }
        });
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{statement.Node}.{statement.Flow}.{statement.Batch}-{tail}");
    }
}
