using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Ledger;

/// <summary>
/// What every write to a fee item or to a rule of relief must pass: a second person publishes it, a published standard changes only from a
/// new day on, and none is deleted, since bills point to it.
/// </summary>
internal sealed class FeeItemGuard(string resource, params string[] standard) : RecordGuard
{
    private static readonly Basis Published = new("行政许可法", "第五十九条");

    public static readonly IReadOnlyList<RuleEntry> Rules =
    [
        new("LDG-F01", Text.PublishAlone, Published),
        new("LDG-F02", Text.StandardFixed, Published),
        new("LDG-F03", Text.NotDeleted, Published),
    ];

    public override string Resource => resource;

    public override async Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel)
    {
        if (session.Act.Who.Kind == CallerKind.Platform)
        {
            return Refusals.None;
        }

        if (after is null)
        {
            return Refusals.Of(No(2, ""));
        }

        var publishes = after.Text("state") == FeeState.Published && before?.Text("state") != FeeState.Published;
        var drafter = before is null
            ? session.Act.Who.Id
            : publishes ? await session.Session.Scalar<string>($"select who_id from ledger.act where id = {before.Act}", cancel) : null;
        return Refusals.Of(
            publishes && drafter == session.Act.Who.Id ? No(0, "state") : null,
            before?.Text("state") == FeeState.Published && after.ValidFrom == before.ValidFrom && Differs(before, after) is { } field ? No(1, field) : null);
    }

    private static Refusal No(int rule, string field) => new(Rules[rule].Code, field, Rules[rule].Sentence, Rules[rule].Basis);

    private string? Differs(Record before, Record after) =>
        standard.FirstOrDefault(field => !Equals(before[field], after[field]));
}
