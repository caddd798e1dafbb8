using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>What publication and withdrawal write: the edition, the one before it, the open item and its materials.</summary>
internal static class ItemPublication
{
    public static async Task<Refusals> Write(WriteSession session, ItemEdition edition, ServiceItem item, Caller who, CancellationToken cancel)
    {
        await session.Lock(item.Code, cancel);
        var refusals = Refusals.None;
        var before = await session.Get(ItemResources.Item, item.Code, cancel);
        if (before is not null && Typed<PublishedItem>.Of(before) is { State: ItemState.InForce } old
            && await session.Get(ItemResources.Edition, ItemEdition.KeyOf(item.Code, old.Edition), cancel) is { } superseded)
        {
            refusals = refusals.And(await Update(session, superseded, Typed<ItemEdition>.Of(superseded), one => one with { State = EditionState.Superseded }, cancel));
        }

        refusals = refusals.And((await session.Apply(
            new Change.Update(ItemResources.Edition, edition.Key, null, Typed<ItemEdition>.Differences(edition, edition with
            {
                State = EditionState.Published,
                Reviewer = who.Id,
                ReviewerName = who.Name,
                ReviewedAt = session.At,
                Reason = null,
            })),
            cancel)).Refusals);
        var values = Typed<PublishedItem>.Values(PublishedItem.Of(item, edition.Number, session.At));
        refusals = refusals.And((await session.Apply(
            before is null
                ? new Change.Insert(ItemResources.Item, item.Code, values)
                : new Change.Update(ItemResources.Item, item.Code, null, values),
            cancel)).Refusals);
        return refusals.And(await Materials(session, item, cancel));
    }

    /// <summary>Published editions of items that were never there: nothing before them is read or changed.</summary>
    public static async Task<Refusals> First(WriteSession session, IReadOnlyList<(ItemEdition Edition, ServiceItem Item)> items, CancellationToken cancel)
    {
        session.Gathers = true;
        var all = items.Select(each => (each.Edition, each.Item, Materials: Open(each.Item))).ToList();
        await session.Foresee(ItemResources.Edition, all.Select(each => each.Edition.Key), cancel);
        await session.Foresee(ItemResources.Item, all.Select(each => each.Item.Code), cancel);
        await session.Foresee(ItemResources.Material, all.SelectMany(each => each.Materials).Select(material => material.Key), cancel);
        var refusals = Refusals.None;
        foreach (var (edition, item, materials) in all)
        {
            refusals = refusals
                .And((await session.Apply(new Change.Insert(ItemResources.Edition, edition.Key, Typed<ItemEdition>.Values(edition)), cancel)).Refusals)
                .And((await session.Apply(
                    new Change.Insert(ItemResources.Item, item.Code, Typed<PublishedItem>.Values(PublishedItem.Of(item, edition.Number, session.At))), cancel)).Refusals);
            foreach (var material in materials)
            {
                refusals = refusals.And((await session.Apply(
                    new Change.Insert(ItemResources.Material, material.Key, Typed<PublishedMaterial>.Values(material)), cancel)).Refusals);
            }
        }

        return refusals;
    }

    public static async Task<Refusals> Withdraw(
        WriteSession session, Record item, Record edition, Caller who, string reason, CancellationToken cancel)
    {
        var refusals = await Update(session, item, Typed<PublishedItem>.Of(item), one => one with { State = ItemState.Withdrawn }, cancel);
        refusals = refusals.And(await Update(
            session, edition, Typed<ItemEdition>.Of(edition),
            one => one with { State = EditionState.Withdrawn, Reviewer = who.Id, ReviewerName = who.Name, ReviewedAt = session.At, Reason = reason }, cancel));
        foreach (var material in await Known(session, item.Key, cancel))
        {
            refusals = refusals.And((await session.Apply(new Change.Delete(ItemResources.Material, material.Key, null), cancel)).Refusals);
        }

        return refusals;
    }

    private static async Task<Refusals> Materials(WriteSession session, ServiceItem item, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        var known = (await Known(session, item.Code, cancel)).ToDictionary(record => record.Key, StringComparer.Ordinal);
        var wanted = Open(item);
        foreach (var gone in known.Keys.Except(wanted.Select(material => material.Key), StringComparer.Ordinal))
        {
            refusals = refusals.And((await session.Apply(new Change.Delete(ItemResources.Material, gone, null), cancel)).Refusals);
        }

        foreach (var material in wanted)
        {
            var values = Typed<PublishedMaterial>.Values(material);
            refusals = refusals.And((await session.Apply(
                known.ContainsKey(material.Key)
                    ? new Change.Update(ItemResources.Material, material.Key, null, values)
                    : new Change.Insert(ItemResources.Material, material.Key, values),
                cancel)).Refusals);
        }

        return refusals;
    }

    private static List<PublishedMaterial> Open(ServiceItem item) =>
        [.. item.Materials.DistinctBy(material => material.Code).Select((material, i) => PublishedMaterial.Of(item, material, i + 1))];

    private static Task<IReadOnlyList<Record>> Known(WriteSession session, string code, CancellationToken cancel) =>
        session.List(ItemResources.Material, new() { Where = new Filter.Compare("item", Comparison.Equal, code), Limit = 1_000 }, cancel);

    private static async Task<Refusals> Update<T>(WriteSession session, Record record, T before, Func<T, T> change, CancellationToken cancel) =>
        (await session.Apply(new Change.Update(record.Definition, record.Key, null, Typed<T>.Differences(before, change(before))), cancel)).Refusals;
}
