namespace Shali.Bench;

/// <summary><c>read.governed</c>: token, rights, masks and a durable read record against a bare route, in turn.</summary>
internal static class ReadBench
{
    public static async Task<Row> Governed(BenchCity city, TimeSpan round)
    {
        var keys = await city.Persons(20_000);
        var headers = $"Authorization: Bearer {await city.Token("police")}\r\nAccept: application/geo+json\r\n";
        string Governed(int i) => $"/api/collections/population.person/items/{keys[i % keys.Length]}";
        string Bare(int i) => $"/person/{keys[i % keys.Length]}";
        // The compiler has done with both when the clock starts: each gets as long to warm up.
        await HttpLoad.Run(city.Port, 32, TimeSpan.FromSeconds(15), Governed, headers);
        await HttpLoad.Run(city.BarePort, 32, TimeSpan.FromSeconds(15), Bare);

        // Turn and turn about: what the machine does beside hits both, so each turn is compared with the one before it.
        var turns = new List<(LoadResult Bare, LoadResult Governed)>();
        for (var i = 0; i < 5; i++)
        {
            var bare = await HttpLoad.Run(city.BarePort, 32, round, Bare);
            turns.Add((bare, await HttpLoad.Run(city.Port, 32, round, Governed, headers)));
        }

        var ratios = turns.OrderBy(turn => turn.Governed.PerSecond / turn.Bare.PerSecond).ToList();
        var (baseline, figure) = (ratios[2].Bare.PerSecond, ratios[2].Governed.PerSecond);
        var p99 = turns.Select(turn => turn.Governed.Percentile(0.99)).Order().ElementAt(2);
        Console.WriteLine(string.Join(" ", turns.Select(turn => $"{turn.Governed.PerSecond:N0}/{turn.Bare.PerSecond:N0}={turn.Governed.PerSecond / turn.Bare.PerSecond:N2}")));
        return new(
            "read.governed", $"governed read of one person, 32 connections; p99 {p99:N1} ms (floor 25)", figure, "reads/s",
            baseline, figure / baseline, "0.5", "0.8", figure / baseline >= 0.5 && p99 <= 25);
    }
}
