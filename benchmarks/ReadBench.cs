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
        // The compiler has done with both when the clock starts: each gets as many requests to warm up.
        await HttpLoad.Run(city.Port, 32, TimeSpan.FromSeconds(8), Governed, headers);
        await HttpLoad.Run(city.BarePort, 32, TimeSpan.FromSeconds(5), Bare);

        // Turn and turn about: what the machine does beside hits both.
        var governed = new List<LoadResult>();
        var bare = new List<LoadResult>();
        for (var i = 0; i < 3; i++)
        {
            bare.Add(await HttpLoad.Run(city.BarePort, 32, round, Bare));
            governed.Add(await HttpLoad.Run(city.Port, 32, round, Governed, headers));
        }

        var figure = governed.Select(run => run.PerSecond).Order().ElementAt(1);
        var baseline = bare.Select(run => run.PerSecond).Order().ElementAt(1);
        var p99 = governed.Select(run => run.Percentile(0.99)).Order().ElementAt(1);
        return new(
            "read.governed", $"governed read of one person, 32 connections; p99 {p99:N1} ms (floor 25)", figure, "reads/s",
            baseline, figure / baseline, "0.5", "0.8", figure / baseline >= 0.5 && p99 <= 25);
    }
}
