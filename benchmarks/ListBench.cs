using System.Diagnostics;
using System.Text.Json;

namespace Shali.Bench;

/// <summary><c>list.page</c> and <c>list.deep</c>: a filtered list of persons, its first and its hundredth page.</summary>
internal static class ListBench
{
    public static async Task<IReadOnlyList<Row>> Pages(BenchCity city, int rounds)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var token = await city.Token("police");
        var first = "/api/collections/population.person/items?filter=village%20LIKE%20'411121%25'&sortby=village&limit=20";

        var deep = first;
        for (var page = 1; page < 100; page++)
        {
            deep = Next(await Get(http, city.Port, deep, token)) ?? deep;
        }

        // Both pages a few times unmeasured: what is compared is the query, not the first touch of the disk.
        for (var i = 0; i < 10; i++)
        {
            await Timed(http, city.Port, first, token);
            await Timed(http, city.Port, deep, token);
        }

        var fast = new List<double>();
        var late = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            fast.Add(await Timed(http, city.Port, first, token));
            late.Add(await Timed(http, city.Port, deep, token));
        }

        fast.Sort();
        late.Sort();
        var p95 = fast[(int)(fast.Count * 0.95)];
        var ratio = late[late.Count / 2] / fast[fast.Count / 2];
        return
        [
            new("list.page", "list page of persons, filter and order on an indexed field, p95", p95, "ms", null, null, "50 ms", "", p95 <= 50),
            new("list.deep", "hundredth page against the first, medians", late[late.Count / 2], "ms", fast[fast.Count / 2], ratio, "1.2", "", ratio <= 1.2),
        ];
    }

    private static async Task<double> Timed(HttpMessageInvoker http, int port, string path, string token)
    {
        var clock = Stopwatch.StartNew();
        await Get(http, port, path, token);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task<string> Get(HttpMessageInvoker http, int port, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path.StartsWith("http", StringComparison.Ordinal) ? path : $"http://127.0.0.1:{port}{path}");
        request.Headers.Add("Authorization", $"Bearer {token}");
        using var answer = await http.SendAsync(request, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
    }

    private static string? Next(string page) => JsonDocument.Parse(page).RootElement.GetProperty("links").EnumerateArray()
        .FirstOrDefault(link => link.GetProperty("rel").GetString() == "next") is { ValueKind: JsonValueKind.Object } next
        ? next.GetProperty("href").GetString()
        : null;
}
