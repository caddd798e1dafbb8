using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// What one act wrote into the books, sealed: the act goes into the transparency log with the digest of this record,
/// and this record carries the digest of its entries. So a changed, added or removed posting is found.
/// </summary>
[Resource("ledger/batch", "记账批次", Clause = "S11", Owner = "finance", Key = nameof(Number), Title = nameof(Number), Editable = false,
    Theme = "非税收入", Rhythm = UpdateRhythm.RealTime, BasisAct = "会计法", BasisArticle = "第三条")]
public sealed record Batch
{
    /// <summary>The number of the act that wrote the entries.</summary>
    [Field("批次号", LengthMax = 20)]
    public required string Number { get; init; }

    [Field("凭证数", Min = "1")]
    public required long Entries { get; init; }

    [Field("分录数", Min = "1")]
    public required long Postings { get; init; }

    [Field("借方合计", Type = FieldKind.Money)]
    public required decimal Total { get; init; }

    /// <summary>SHA-256 of the entries in canonical form (<see cref="EntrySeal"/>), in hexadecimal.</summary>
    [Field("散列", LengthMax = 64)]
    public required string Digest { get; init; }
}
