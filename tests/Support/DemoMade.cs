using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Audit;
using Shali.Portal;
using Shali.Portal.Hosting;

namespace Shali.Tests.Support;

/// <summary>The demo city in a database, as the program makes it at its first start; the making of the cases is broken off and begun again.</summary>
/// <param name="Settings">Of a host on it, which nobody has changed anything in.</param>
/// <param name="Copy">Another database as this one is, for those who change things.</param>
/// <param name="Said">By the second making of the cases.</param>
internal sealed record DemoMade(HostSettings Settings, string Copy, IReadOnlyList<string> Said)
{
    public const ulong Seed = 7;

    /// <summary>As many as make a city within seconds; pictures for the README are taken of the usual one.</summary>
    public static readonly int People = Environment.GetEnvironmentVariable("SHALI_README_PICTURES") is null ? 1_200 : 50_000;

    public static async Task<DemoMade> Make(City city, string folder)
    {
        var settings = new HostSettings(await city.OwnDatabase(), folder, 0, Demo: true) { Quiet = true, MasterKey = City.MasterKey };
        var said = new List<string>();
        await using (var host = await ShaliHost.Build(settings))
        {
            await DemoStart.Records(settings, host.Services, People, Seed, _ => { });
            using (var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
            {
                // Somewhere in the making, or before it, or behind it: what follows holds in any case.
                try
                {
                    await DemoCases.Make(settings, host.Services, People, Seed, said.Add, stop.Token);
                }
                catch (Exception cut) when (cut is OperationCanceledException or Npgsql.NpgsqlException)
                {
                    said.Clear();
                }
            }

            await DemoCases.Make(settings, host.Services, People, Seed, said.Add);
            await host.Services.GetRequiredService<AuditLog>().DisposeAsync();
        }

        return new(settings, await city.CopyOf(settings.ConnectionString), said);
    }
}
