using Microsoft.Extensions.Hosting;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// At the start: every item in force has its case type. Only a process that ended between the two acts of a publication
/// leaves something to do; publishing the same again changes nothing.
/// </summary>
internal sealed class ItemTypeKeeper(RecordReader reader, ItemReader items, CaseTypes types) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var all = new List<PublishedItem>();
        await foreach (var record in reader.Stream(ItemResources.Item, new RecordQuery(), cancellationToken))
        {
            all.Add(Typed<PublishedItem>.Of(record));
        }

        var editions = await Task.WhenAll(all.Select(item => items.Edition(ItemEdition.KeyOf(item.Code, item.Edition), cancellationToken)));
        var published = await types.Publish(
            [
                .. from each in all.Zip(editions, (item, edition) => (item.State, edition?.Edition.Item))
                where each.Item is not null
                let type = ItemCaseType.Of(each.Item)
                select each.State == ItemState.InForce ? type : ItemCaseType.Closed(type),
            ],
            Caller.Platform("start"),
            cancellationToken);
        if (!published.Ok)
        {
            throw new StartRefusedException(published.Refusals.ToString());
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
