using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// What every write to an entity must pass, whichever door it comes through: its two codes agree, its state changes
/// by filings alone, and it is never deleted. The platform's own workers bring existing registers in and may set the
/// state that a register says.
/// </summary>
internal sealed class EntityGuard : RecordGuard
{
    private const string Regulation = "市场主体登记管理条例";

    public static readonly IReadOnlyList<RuleEntry> Rules =
    [
        new("D2-R12", Text.StateByFiling, new(Regulation, "第三条")),
        new("D2-R13", Text.NeverDeleted, new(Regulation, "第三十一条")),
    ];

    public override string Resource => "legal-entities/entity";

    public override Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel)
    {
        var codes = after is null ? null : EntityCodes.Agree(after.Key, after.Text("credit_code"));
        var free = session.Act.Kind.StartsWith("legal-entities.", StringComparison.Ordinal) || session.Act.Who.Kind == CallerKind.Platform;
        return Task.FromResult(Refusals.Of(codes, free ? null : ByOtherDoors(before, after)));
    }

    private static Refusal? ByOtherDoors(Record? before, Record? after) =>
        after is null ? new(Rules[1].Code, "", Rules[1].Sentence, Rules[1].Basis)
        : before is not null && Differs(before, after) is { } field ? new(Rules[0].Code, field, Rules[0].Sentence, Rules[0].Basis)
        : null;

    private static string? Differs(Record before, Record after) =>
        new[] { "state", "ended_on" }.FirstOrDefault(field => !Equals(before[field], after[field]));
}
