using System.Diagnostics;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Bench;

/// <summary>
/// <c>definition.live</c>: from publishing a definition to its collection, schema and catalogue page, while others go on
/// reading without one failed request.
/// </summary>
internal static class DefinitionBench
{
    public static async Task<Row> Live(BenchCity city)
    {
        var keys = await city.Persons(1_000);
        var token = await city.Token("police");
        using var stop = new CancellationTokenSource();
        var reading = HttpLoad.Run(
            city.Port, 8, TimeSpan.FromSeconds(6), i => $"/api/collections/population.person/items/{keys[i % keys.Length]}",
            $"Authorization: Bearer {token}\r\n");
        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        var name = $"bench-{DateTime.UtcNow:yyyyMMddHHmmss}";
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var clock = Stopwatch.StartNew();
        await Publish(city, name);
        foreach (var path in (string[])[$"/api/collections/bench.{name}/schema", $"/api/collections/bench.{name}/items", $"/catalogue/bench.{name}"])
        {
            while (!await Serves(http, city.Port, path, token))
            {
                await Task.Delay(10, CancellationToken.None);
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;

        // A request that was not answered with 200 would have ended the reading with an exception.
        await reading;
        return new("definition.live", "run-time definition to interface and catalogue, others reading meanwhile", seconds, "s", null, null, "2 s", "", seconds <= 2);
    }

    /// <summary>By another node: the city hears of the definition as it hears of every other node's.</summary>
    private static async Task Publish(BenchCity city, string name)
    {
        await using var db = city.Database();
        using var registry = new ResourceRegistry(db, [], TimeProvider.System);
        await registry.Refresh();
        _ = (await registry.Publish(
            new ResourceDefinition
            {
                Id = $"bench/{name}",
                Name = "测量用资源",
                Clause = "P1",
                Owner = "police",
                Sharing = Sharing.Unconditional,
                Fields = [new() { Name = "title", Label = "名称", Type = FieldTypes.Text, Required = true, Indexed = true }],
            },
            Caller.Platform("bench"))).Value;
    }

    private static async Task<bool> Serves(HttpMessageInvoker http, int port, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}");
        request.Headers.Add("Authorization", $"Bearer {token}");
        using var answer = await http.SendAsync(request, CancellationToken.None);
        return answer.IsSuccessStatusCode;
    }
}
