using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>What the register knows of a firm that applies. It is what the law makes public of it anyway.</summary>
public sealed class FirmKnown(GovernedReader reader) : KnownAnswers
{
    public override bool Reads(string resource, string code) => resource == Resources.Entity.Id && code.StartsWith("firm.", StringComparison.Ordinal);

    public override async Task<IReadOnlyDictionary<string, KnownAnswer>> Of(Caller who, CaseType type, IReadOnlySet<string> asked, CancellationToken cancel)
    {
        if (who.Entity is not { } key || !asked.Any(code => code.StartsWith("firm.", StringComparison.Ordinal))
            || new ReadRequest(Reader(who, type), Resources.Entity, Purpose(who, type)) is var request && reader.AccessOf(request) is null
            || await reader.Get(request, key, cancel: cancel) is not { } shown)
        {
            return new Dictionary<string, KnownAnswer>();
        }

        return Of(Typed<Entity>.Of(shown.Record)).ToDictionary(each => each.Code, each => each.Answer, StringComparer.Ordinal);
    }

    /// <summary>
    /// A business licence is had from the register while the firm may do business; who is revoked or wound up shows his own.
    /// </summary>
    internal static IEnumerable<(string Code, KnownAnswer Answer)> Of(Entity firm)
    {
        (string, KnownAnswer)? Known(string code, string? value, string source) => value is { Length: > 0 } ? (code, new(value, source)) : null;
        var code = firm.CreditCode ?? firm.OrganisationCode;
        var licensed = firm is { State: EntityState.Active, Kind: "enterprise" or "sole-trader" or "cooperative" or "branch" };
        return new[]
        {
            Known("firm.name", firm.Name, Text.FirmSource),
            Known("firm.code", code, Text.FirmSource),
            Known("firm.address", firm.Address, Text.FirmSource),
            Known("firm.representative", firm.RepresentativeName, Text.FirmSource),
            Known("firm.scope", firm.Scope, Text.FirmSource),
            Known("firm.licence", licensed ? code : null, Text.FirmSource),
            Known("firm.credit", firm.SeriousBreach == true ? Text.SeriousBreach : firm.Abnormal == true ? Text.Abnormal : Text.GoodCredit, Text.CreditSource),
        }.OfType<(string, KnownAnswer)>();
    }
}
