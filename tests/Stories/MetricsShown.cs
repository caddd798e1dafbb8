using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>The figures of the operation: for those who run it, in the form that Prometheus reads, without anybody's name.</summary>
public sealed partial class MetricsShown(City city)
{
    [Fact]
    public async Task Nobody_reads_them_without_the_permission()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get(await Token("health"))).Status);
    }

    [Fact]
    public async Task They_tell_of_requests_database_log_loads_feeds_and_memory()
    {
        var token = await Token("data");
        using (var http = Http(token))
        {
            _ = await http.GetAsync(new Uri("/api/collections/population.person/items/01-nobody", UriKind.Relative), TestContext.Current.CancellationToken);
        }

        // Who asks while another answer is being gathered is given that one: the next has the request in it.
        var (status, text) = await Get(token);
        for (var again = 0; again < 20 && !text.Contains("http_route=\"/api/collections/{collection}/items/{key}\"", StringComparison.Ordinal); again++)
        {
            (status, text) = await Get(token);
        }

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
        foreach (var expected in (string[])
        [
            "http_server_request_duration_seconds_bucket{", "http_route=\"/api/collections/{collection}/items/{key}\"",
            "http_response_status_code=\"403\"", "db_client_connection_count{", "db_client_connection_max{", "shali_audit_waiting{",
            "shali_audit_commit_duration_seconds_count{", "shali_load_running{", "shali_feed_lag_seconds_bucket{",
            "dotnet_process_memory_working_set_bytes{", "dotnet_gc_pause_time_seconds_total{",
        ])
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("01-nobody", text, StringComparison.Ordinal);
    }

    private async Task<string> Token(string office) =>
        await IdentityPeople.Token(city, await IdentityPeople.Client(city, office, TokenScopes.Read));

    private async Task<(HttpStatusCode Status, string Text)> Get(string? token)
    {
        using var http = Http(token);
        using var answer = await http.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private HttpClient Http(string? token)
    {
        var http = city.NewClient();
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    [GeneratedRegex("^(# (TYPE|HELP|UNIT) [a-z_:]+ .+|# EOF|[a-z_:]+(\\{[^}]*.*\\})? [0-9.eE+-]+( [0-9]+)?|[a-z_:]+(\\{.*\\})? (NaN|\\+Inf))$")]
    private static partial Regex Line();
}
