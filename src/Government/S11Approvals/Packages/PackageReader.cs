using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>A package in force with its edition.</summary>
public sealed record PackageInForce(PublishedPackage Record, ServicePackage Package);

/// <summary>Reads packages. They are public and about nobody: nothing of it is recorded.</summary>
public sealed class PackageReader(RecordReader reader, ItemReader items, Offices offices, TimeProvider time)
{
    private const int Most = 1_000;

    /// <summary>Null when there is none in force.</summary>
    public async Task<PackageInForce?> InForce(string code, CancellationToken cancel = default) =>
        await reader.Get(PackageResources.Package, code, null, cancel) is { } found && Typed<PublishedPackage>.Of(found) is var record
            && await Edition(PackageEdition.KeyOf(code, record.Edition), cancel) is { } edition
            ? new(record, edition.Edition.Package)
            : null;

    /// <summary>All in force, stages of one series together and in their order.</summary>
    public async Task<IReadOnlyList<PublishedPackage>> All(CancellationToken cancel = default)
    {
        var page = await reader.List(PackageResources.Package, new RecordQuery { Limit = Most }, cancel);
        return [.. page.Records.Select(Typed<PublishedPackage>.Of)
            .OrderBy(package => package.Series ?? "", StringComparer.Ordinal).ThenBy(package => package.Stage ?? 0).ThenBy(package => package.Code, StringComparer.Ordinal)];
    }

    /// <summary>Those of which an item is a part.</summary>
    public async Task<IReadOnlyList<PublishedPackage>> With(string item, CancellationToken cancel = default) =>
        [.. (await All(cancel)).Where(package => package.ItemCodes.Contains(item, StringComparer.Ordinal))];

    public async Task<PackageFile?> Edition(string key, CancellationToken cancel = default) =>
        await reader.Get(PackageResources.Edition, key, null, cancel) is { } record ? new(Typed<PackageEdition>.Of(record), record.Version) : null;

    /// <summary>All editions of a package, newest first; of all packages without a code.</summary>
    public async Task<IReadOnlyList<PackageFile>> Editions(string? code, CancellationToken cancel = default)
    {
        var query = new RecordQuery
        {
            Where = code is null ? null : new Filter.Compare("code", Comparison.Equal, code),
            Sort = [new("code"), new("number", Descending: true)],
            Limit = Most,
        };
        var page = await reader.List(PackageResources.Edition, query, cancel);
        return [.. page.Records.Select(record => new PackageFile(Typed<PackageEdition>.Of(record), record.Version))];
    }

    /// <summary>The items of a package that are in force, in its order.</summary>
    public async Task<IReadOnlyList<ServiceItem>> Items(ServicePackage package, CancellationToken cancel = default)
    {
        var found = new List<ServiceItem>();
        foreach (var part in package.Items)
        {
            if (await items.InForce(part.Item, cancel) is { } item)
            {
                found.Add(item.Item);
            }
        }

        return found;
    }

    /// <summary>Codes of the offices that there are today.</summary>
    public IReadOnlySet<string> Offices() =>
        offices.All.Where(office => office.StandsOn(time.Today())).Select(office => office.Code).ToHashSet(StringComparer.Ordinal);
}

/// <summary>An edition and the version that whoever changes it must have seen.</summary>
public sealed record PackageFile(PackageEdition Edition, int Version);
