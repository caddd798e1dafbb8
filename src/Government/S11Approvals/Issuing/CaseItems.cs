using System.Collections.Concurrent;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Casework;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>The item that a case is about, in the edition that was in force when it was handed in.</summary>
internal sealed class CaseItems(RecordReader reader, ItemReader items)
{
    private const int Kept = 2_000;

    private static readonly string Prefix = ServiceItem.CaseTypeOf("");

    private readonly ConcurrentDictionary<string, ServiceItem> _editions = new(StringComparer.Ordinal);

    /// <summary>The item's code in the code of a case type; null for other types.</summary>
    public static string? CodeOf(string type) => type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : null;

    /// <summary>Steps of items and of packages make documents.</summary>
    public static bool HasPapers(CaseType type) => CodeOf(type.Code) is not null || type.Code.StartsWith(ServicePackage.TypePrefix, StringComparison.Ordinal);

    /// <summary>What the documents of a package call it: the whole, not a licence of its own.</summary>
    public static ServiceItem Whole(CaseType type, bool charged) => new()
    {
        Code = type.Code[(type.Code.IndexOf('/', StringComparison.Ordinal) + 1)..],
        Name = type.Name,
        Office = type.Owner,
        Kind = ItemKind.OtherPower,
        Fees = charged ? [new("")] : [],
    };

    /// <summary>Null when the case is about no item.</summary>
    public async Task<ServiceItem?> Of(Case of, CancellationToken cancel)
    {
        if (CodeOf(of.Type) is not { } code)
        {
            return null;
        }

        var record = await reader.Get(ItemResources.Item, code, of.ReceivedAt, cancel) ?? await reader.Get(ItemResources.Item, code, null, cancel);
        if (record is null)
        {
            return null;
        }

        // An edition that was published never changes.
        var key = ItemEdition.KeyOf(code, Typed<PublishedItem>.Of(record).Edition);
        if (_editions.TryGetValue(key, out var known))
        {
            return known;
        }

        var item = (await items.Edition(key, cancel))?.Edition.Item;
        if (item is not null)
        {
            if (_editions.Count >= Kept)
            {
                _editions.Clear();
            }

            _editions[key] = item;
        }

        return item;
    }
}
