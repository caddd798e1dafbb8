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
        await foreach (var record in reader.Stream(ItemResources.Item, new RecordQuery(), cancellationToken))
        {
            var item = Typed<PublishedItem>.Of(record);
            if (await items.Edition(ItemEdition.KeyOf(item.Code, item.Edition), cancellationToken) is { } edition)
            {
                var type = ItemCaseType.Of(edition.Edition.Item);
                var published = await types.Publish(item.State == ItemState.InForce ? type : ItemCaseType.Closed(type), Caller.Platform("start"), cancellationToken);
                if (!published.Ok)
                {
                    throw new StartRefusedException(published.Refusals.ToString());
                }
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
