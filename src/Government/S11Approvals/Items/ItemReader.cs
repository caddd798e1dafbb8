using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>An item in force with the edition that holds it.</summary>
public sealed record ItemInForce(PublishedItem Record, ServiceItem Item);

/// <summary>Reads items. They are public and about nobody: nothing of it is recorded.</summary>
public sealed class ItemReader(RecordReader reader, Offices offices, TimeProvider time)
{
    private const int Most = 5_000;

    /// <summary>The item of this code as it is in force; null when there is none or it was withdrawn.</summary>
    public async Task<ItemInForce?> InForce(string code, CancellationToken cancel = default) =>
        await reader.Get(ItemResources.Item, code, null, cancel) is { } found && Typed<PublishedItem>.Of(found) is { State: ItemState.InForce } record
            && await Edition(ItemEdition.KeyOf(code, record.Edition), cancel) is { } edition
            ? new(record, edition.Edition.Item)
            : null;

    /// <summary>All items in force, by office and name.</summary>
    public async Task<IReadOnlyList<PublishedItem>> All(CancellationToken cancel = default)
    {
        var items = new List<PublishedItem>();
        var query = new RecordQuery { Where = new Filter.Compare("state", Comparison.Equal, ItemState.InForce) };
        await foreach (var record in reader.Stream(ItemResources.Item, query, cancel))
        {
            items.Add(Typed<PublishedItem>.Of(record));
        }

        return [.. items.OrderBy(item => item.Office, StringComparer.Ordinal).ThenBy(item => item.Name, StringComparer.Ordinal)];
    }

    /// <summary>One edition with the version of its record.</summary>
    public async Task<EditionFile?> Edition(string key, CancellationToken cancel = default) =>
        await reader.Get(ItemResources.Edition, key, null, cancel) is { } record ? new(Typed<ItemEdition>.Of(record), record.Version) : null;

    /// <summary>All editions of an item, newest first.</summary>
    public Task<IReadOnlyList<EditionFile>> Editions(string code, CancellationToken cancel = default) =>
        List(new Filter.Compare("code", Comparison.Equal, code), cancel);

    /// <summary>The editions of an office in these states, newest first; null: of all offices.</summary>
    public Task<IReadOnlyList<EditionFile>> Of(string? office, IReadOnlyList<string> states, CancellationToken cancel = default) => List(
        Filter.All(
            office is null ? null : new Filter.Compare("office", Comparison.Equal, office),
            new Filter.In("state", [.. states]))!,
        cancel);

    /// <summary>What an item is judged against today.</summary>
    public async Task<ItemSurroundings> Around(CancellationToken cancel = default)
    {
        var fees = new HashSet<string>(StringComparer.Ordinal);
        var query = new RecordQuery { Where = new Filter.Compare("state", Comparison.Equal, FeeState.Published), ValidOn = time.Today() };
        await foreach (var record in reader.Stream(Platform.Ledger.Resources.FeeItem, query, cancel))
        {
            fees.Add(record.Key);
        }

        return new(offices.All.Where(office => office.To is null || office.To > time.Today()).Select(office => office.Code).ToHashSet(StringComparer.Ordinal), fees);
    }

    /// <summary>The fee items that an item names, as they stand today.</summary>
    public async Task<IReadOnlyList<FeeItem>> Fees(ServiceItem item, CancellationToken cancel = default)
    {
        var fees = new List<FeeItem>();
        foreach (var code in item.Fees)
        {
            if (await reader.Get(Platform.Ledger.Resources.FeeItem, code, null, cancel) is { } record)
            {
                fees.Add(Typed<FeeItem>.Of(record));
            }
        }

        return fees;
    }

    /// <summary>The published fee items that an office collects.</summary>
    public async Task<IReadOnlyList<FeeItem>> FeesOf(string office, CancellationToken cancel = default)
    {
        var where = Filter.All(new Filter.Compare("state", Comparison.Equal, FeeState.Published), new Filter.Compare("office", Comparison.Equal, office));
        var page = await reader.List(Platform.Ledger.Resources.FeeItem, new() { Where = where, ValidOn = time.Today(), Limit = 200 }, cancel);
        return [.. page.Records.Select(Typed<FeeItem>.Of)];
    }

    private async Task<IReadOnlyList<EditionFile>> List(Filter where, CancellationToken cancel)
    {
        var query = new RecordQuery { Where = where, Sort = [new("code"), new("number", Descending: true)], Limit = Most };
        var page = await reader.List(ItemResources.Edition, query, cancel);
        return [.. page.Records.Select(record => new EditionFile(Typed<ItemEdition>.Of(record), record.Version))];
    }
}

/// <summary>An edition and the version that whoever changes it must have seen.</summary>
public sealed record EditionFile(ItemEdition Edition, int Version);
