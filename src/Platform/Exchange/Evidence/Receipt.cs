using System.Text.Json.Serialization;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// What the centre confirms of one batch. It holds the node's own signed statement, so both have signed, and neither can say that it
/// was something else.
/// </summary>
/// <param name="Number">As people write it: <c>police-1.firms.12-x7k2m9qa</c>. The tail makes it impossible to guess.</param>
public sealed record Receipt(string Number, SignedStatement Statement, DateTimeOffset At)
{
    public const string FormNow = "shali-receipt-v1";

    public string Form { get; init; } = FormNow;

    /// <summary>The office of the node, and its name at that time.</summary>
    public required string Office { get; init; }

    public required string OfficeName { get; init; }

    /// <summary>Name of the resource at that time.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Number of the grant, or what makes it the office's own duty.</summary>
    public required string Basis { get; init; }

    public required string Purpose { get; init; }

    public required ReceiptCounts Counts { get; init; }

    /// <summary>Hashes of the rows that were not accepted; the others are in the resource.</summary>
    public IReadOnlyList<byte[]> Refused { get; init; } = [];

    /// <summary>The act of the registry that wrote the rows, as <c>schema/number</c>; null when nothing had to be written.</summary>
    public string? Act { get; init; }
}

/// <summary>What became of the rows of a batch.</summary>
public sealed record ReceiptCounts(int New, int Changed, int Unchanged, int Ended, int Refused)
{
    [JsonIgnore]
    public int Accepted => New + Changed + Unchanged + Ended;
}

/// <summary>
/// A receipt with all that is needed to check it without a network: seal, certificates, and the proof that the transparency log holds it.
/// </summary>
/// <param name="Receipt">The bytes that are sealed, JSON of a <see cref="Evidence.Receipt"/>.</param>
/// <param name="NodeCertificate">PEM.</param>
/// <param name="CentreCertificate">PEM.</param>
/// <param name="Issuers">Certificates above them, PEM.</param>
public sealed record ReceiptFile(
    byte[] Receipt, GroupSeal Seal, string NodeCertificate, string CentreCertificate, IReadOnlyList<string> Issuers)
{
    /// <summary>The record of the log and its path; null until the log has signed a checkpoint beyond it.</summary>
    public LogProof? Log { get; init; }

    public Receipt? Read() => EvidenceJson.Read<Receipt>(Receipt);
}

/// <summary>Where a receipt stands in the transparency log, with the path to a signed checkpoint.</summary>
/// <param name="Body">The record, whose note holds number and hash of the receipt.</param>
/// <param name="Checkpoint">The signed note of the log.</param>
public sealed record LogProof(long Index, long Size, byte[] Body, IReadOnlyList<byte[]> Path, string Checkpoint);
