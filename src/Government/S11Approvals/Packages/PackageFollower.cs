using Microsoft.Extensions.Hosting;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>Packages go along with their items: a new edition of an item makes a new version of the package's case type.</summary>
internal sealed class PackageFollower(PackageReader packages, PackageDesk desk, PackageSeed seed) : ItemFollower
{
    /// <summary>An item may not become what a package that is in force cannot use.</summary>
    public override async Task<Refusals> Judge(ServiceItem item, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        foreach (var record in await packages.With(item.Code, cancel))
        {
            if (await packages.InForce(record.Code, cancel) is { } package)
            {
                var items = (await packages.Items(package.Package, cancel)).Select(one => one.Code == item.Code ? item : one).ToList();
                refusals = refusals.And(new([.. PackageRules.Judge(package.Package, items, packages.Offices())
                    .Select(refusal => refusal with { Sentence = Text.BreaksPackage(record.Name, refusal.Sentence) })]));
            }
        }

        return refusals;
    }

    public override async Task Changed(string item, Caller who, CancellationToken cancel)
    {
        foreach (var record in await packages.With(item, cancel))
        {
            if (await packages.InForce(record.Code, cancel) is { } package)
            {
                await desk.PublishType(package.Package, who, cancel);
            }
        }
    }

    public override Task Seeded(CancellationToken cancel) => seed.Run(cancel);
}

/// <summary>At the start: every package in force has the case type that its items make today.</summary>
internal sealed class PackageTypeKeeper(PackageReader packages, PackageDesk desk) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var record in await packages.All(cancellationToken))
        {
            if (await packages.InForce(record.Code, cancellationToken) is { } package)
            {
                await desk.PublishType(package.Package, Caller.Platform("start"), cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
