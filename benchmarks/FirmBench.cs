using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Kernel.Identifiers;
using Shali.Portal;

namespace Shali.Bench;

/// <summary><c>exchange.firm</c>: from the registrar's own database until the last of seven offices knows a new firm.</summary>
internal static class FirmBench
{
    private const double Floor = 5;

    public static async Task<Row> Spread(string connectionString, string folder, int firms)
    {
        await using var host = await ShaliHost.Build(new(connectionString, folder, 0, Demo: true) { Quiet = true });
        await host.StartAsync();
        var times = new List<IReadOnlyDictionary<string, double>>();
        await using (var spread = await FirmSpread.Begin(host.Services, new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "bench."))
        {
            for (var i = 0; i < firms; i++)
            {
                // An organisation code that is nobody's.
                var body = string.Create(CultureInfo.InvariantCulture, $"MAY{Random.Shared.Next(100_000):D5}");
                times.Add(await spread.Register(CreditCode.Compose("91", "411102", body + OrganisationCode.CheckOf(body)), $"测量企业{i}有限公司", CancellationToken.None));
            }
        }

        await host.StopAsync();
        var last = times.Select(one => one.Values.Max()).Order().ToList();
        string Way(string way) => string.Create(
            CultureInfo.InvariantCulture, $"{way} {times.SelectMany(one => FirmSpread.Seven.Where(office => office.Way == way).Select(office => one[office.Office])).Order().ElementAt(times.Count * FirmSpread.Seven.Count(office => office.Way == way) / 2):N1}");
        return new(
            "exchange.firm",
            string.Create(
                CultureInfo.InvariantCulture,
                $"a new firm in the registrar's own database until the last of seven offices knows it: the slowest of {firms} firms, median {last[last.Count / 2]:N1} s; medians by way: {string.Join(", ", FirmSpread.Seven.Select(office => office.Way).Distinct(StringComparer.Ordinal).Select(Way))} s"),
            last[^1], "s", null, null, "5 s", "", last[^1] <= Floor);
    }
}
