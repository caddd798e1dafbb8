using Shali.Centres.Demo;
using Shali.Government.Governance.Disclosure;
using Shali.Government.S05Enterprises.Demo;
using Shali.Government.S11Approvals.Items;

namespace Shali.Portal.Hosting;

/// <summary>
/// Everything of a demo city, in an order in which each part finds what it stands on. What is there already is not made
/// again: a start that was killed goes on where it was, and every later start only looks.
/// </summary>
internal static class DemoStart
{
    public static async Task Run(
        HostSettings settings, IServiceProvider services, int people, ulong seed, Action<string> say, CancellationToken cancel = default)
    {
        await Records(settings, services, people, seed, say, cancel);
        await DemoCases.Make(settings, services, people, seed, say, cancel);
    }

    /// <summary>All but the cases: people, firms, offices and staff; items; what offices disclose; what departments hold.</summary>
    public static async Task Records(
        HostSettings settings, IServiceProvider services, int people, ulong seed, Action<string> say, CancellationToken cancel = default)
    {
        await DemoSeed.Run(services, people, seed, settings.DataFolder, say, cancel);
        await services.GetRequiredService<ItemSeed>().Run(cancel);
        await services.GetRequiredService<DisclosureSeed>().Run(cancel);
        var truth = Path.Combine(settings.DataFolder, "demo-truth.csv");
        await DemoSeed.Also(services, DepartmentSeed.Stage, () => services.GetRequiredService<DepartmentSeed>().Fill(seed, truth, say, cancel), cancel);
    }
}
