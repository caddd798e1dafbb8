using System.Reflection;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// The packages that a new city begins with, as files beside this one. One whose items or offices are not all there is
/// left out; what a lead office has made of one since then is left alone.
/// </summary>
public sealed class PackageSeed(RecordStore store, PackageReader packages, PackageDesk desk)
{
    private const string Folder = "S11Approvals/Packages/Data/";

    public static IReadOnlyList<ServicePackage> All { get; } = [.. Read()];

    /// <returns>How many were published.</returns>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var who = Caller.Platform("seed");
        var wanted = new List<ServicePackage>();
        foreach (var package in All)
        {
            // An office or an item that this city does not have is no fault of the package.
            var items = await packages.Items(package, cancel);
            if (packages.Offices().Contains(package.Office) && items.Count == package.Items.Count)
            {
                wanted.Add(package);
            }
        }

        var fresh = new List<ServicePackage>();
        var written = await store.Write(
            new Act(who, "approvals.package.seed", Text.Seeded), ItemResources.Schema,
            async session =>
            {
                await session.Lock("package-seed", cancel);
                var refusals = Refusals.None;
                foreach (var package in wanted)
                {
                    if (await session.Get(PackageResources.Edition, PackageEdition.KeyOf(package.Code, 1), cancel) is not null)
                    {
                        continue;
                    }

                    refusals = refusals.And(await desk.Judge(package, cancel));
                    fresh.Add(package);
                    var edition = PackageDesk.New(package, 1, who, session.At) with { State = EditionState.Published, Reviewer = who.Id, ReviewerName = who.Name, ReviewedAt = session.At };
                    foreach (var change in await PackageDesk.InForce(session, null, edition, session.At, cancel))
                    {
                        refusals = refusals.And((await session.Apply(change, cancel)).Refusals);
                    }
                }

                return refusals;
            },
            cancel);
        if (!written.Ok)
        {
            throw new StartRefusedException(written.Refusals.ToString());
        }

        foreach (var package in fresh)
        {
            await desk.PublishType(package, who, cancel);
        }

        return fresh.Count;
    }

    private static IEnumerable<ServicePackage> Read() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(name =>
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
            using var text = new StreamReader(stream);
            return PackageJson.Read(text.ReadToEnd());
        });
}
