using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>
/// A card is never deleted, and changes by supervision's own acts alone, whichever door a write comes through; rule,
/// moment and evidence of an issued card never change at all.
/// </summary>
internal sealed class CardGuard : RecordGuard
{
    private static readonly string[] Fixed = ["rule", "kind", "case", "office", "person", "clock", "moment", "issued_at", "issued_by", "evidence", "cause", "trigger"];

    public override string Resource => "casework/card";

    public override Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel) => Task.FromResult(
        Refusals.Of(
            after is null ? new("SV-C01", "", Text.NeverDeleted) : null,
            session.Act.Kind.StartsWith("supervision.", StringComparison.Ordinal) || before is null ? null : new("SV-C02", "", Text.OwnActsOnly),
            before is not null && after is not null && Array.Find(Fixed, field => !Equals(before[field], after[field])) is { } changed
                ? new("SV-C03", changed, Text.EvidenceStands) : null));
}
