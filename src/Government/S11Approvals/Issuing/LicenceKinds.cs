using Shali.Government.S11Approvals.Items;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>The code of a kind of licence: that of the body that defines it and three digits, given when its first licence is made.</summary>
internal static class LicenceKinds
{
    private const int Most = 999;

    private static readonly ResourceDefinition Kinds = Definition.Of<LicenceKind>();

    /// <summary>Null when the office has defined so many that there is no number left.</summary>
    public static async Task<string?> Of(WriteSession session, ServiceItem item, string office, string issuer, CancellationToken cancel)
    {
        var named = item.Result!.Renews ?? item.Result.Changes ?? item.Code;
        await session.Lock("licence-kind", cancel);
        if (await session.Get(Kinds, named, cancel) is { } known)
        {
            return Typed<LicenceKind>.Of(known).Code;
        }

        var there = await session.List(Kinds, new RecordQuery { Where = new Filter.Like("code", issuer + "%"), Limit = Most + 1 }, cancel);
        if (there.Count >= Most)
        {
            return null;
        }

        var kind = new LicenceKind { Item = named, Name = item.Result.Name, Office = office, Code = $"{issuer}{there.Count + 1:D3}" };
        var written = await session.Apply(new Change.Insert(Kinds, kind.Item, Typed<LicenceKind>.Values(kind)), cancel);
        return written.Ok ? kind.Code : throw new InvalidOperationException(written.Refusals.ToString());
    }
}

/// <summary>统一社会信用代码 of offices, as the register of legal entities has them under their names.</summary>
internal sealed class OfficeCodes(Platform.Identity.Offices offices, GovernedReader reader, ResourceRegistry registry)
{
    private const string Entities = "legal-entities/entity";

    /// <summary>Null when the register is not there or does not know the office: a licence then has no national identifier.</summary>
    public async Task<string?> Of(string office, CancellationToken cancel)
    {
        if (registry.Find(Entities) is not { } entities || offices.Find(office) is not { } known)
        {
            return null;
        }

        var request = new ReadRequest(Platform.Identity.Caller.OfSystem("approvals", Platform.Identity.Caller.Platform("licence")), entities, Text.IssuerCode) { Fields = ["credit_code"] };
        if (reader.AccessOf(request) is null)
        {
            return null;
        }

        var query = new RecordQuery { Where = new Filter.Compare("name", Comparison.Equal, known.Name), Limit = 5 };
        return (await reader.List(request, query, cancel)).Value.Records.Select(shown => shown.Record.Text("credit_code"))
            .FirstOrDefault(code => code is { Length: 18 } && CreditCode.IsValid(code));
    }
}
