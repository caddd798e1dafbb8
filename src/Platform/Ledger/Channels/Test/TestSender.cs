using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>The channel's machine that sends notifications over HTTP, signed, again and again until they are taken.</summary>
internal sealed class TestSender(
    Db db, TestChannel channel, IHttpClientFactory http, IServer server, TimeProvider time, ILogger<TestSender> logger)
    : PeriodicWork(TimeSpan.FromSeconds(1), time, logger)
{
    protected override Task Pass(CancellationToken cancel) => Send(cancel);

    /// <summary>Sends what is due. What is not taken is due again later, less and less often.</summary>
    internal async Task<int> Send(CancellationToken cancel)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (address is null)
        {
            return 0;
        }

        // Taken for a minute: two nodes do not send the same, and what a killed node took is sent by another.
        var due = await db.List(
            $"""
            update test_channel.notice set due = {Time.GetUtcNow().AddMinutes(1)}, tries = tries + 1
            where id in (select id from test_channel.notice where sent_at is null and due <= {Time.GetUtcNow()} order by id limit 50 for update skip locked)
            returning id, body, tries
            """,
            row => (Id: row.GetInt64(0), Body: row.GetString(1), Tries: row.GetInt32(2)),
            cancel);
        foreach (var (id, body, tries) in due.OrderBy(notice => notice.Id))
        {
            var (taken, answer) = await Send(new Uri(new Uri(address), $"/payments/{TestChannel.ChannelCode}/notice"), body, cancel);
            var sent = taken ? Time.GetUtcNow() : (DateTimeOffset?)null;
            var again = Time.GetUtcNow().AddSeconds(Math.Min(300, 2 << Math.Min(tries, 8)));
            await db.Run(
                $"update test_channel.notice set sent_at = {Sql.Value(sent, NpgsqlTypes.NpgsqlDbType.TimestampTz)}, answer = {answer}, due = {again} where id = {id}", cancel);
        }

        return due.Count;
    }

    private async Task<(bool Taken, string Answer)> Send(Uri address, string body, CancellationToken cancel)
    {
        try
        {
            var seconds = Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add(ChannelNotices.TimeHeader, seconds);
            request.Headers.Add(ChannelNotices.SignatureHeader, await channel.Sign(body, seconds, cancel));
            using var client = http.CreateClient(nameof(TestSender));
            using var answer = await client.SendAsync(request, cancel);
            return (answer.IsSuccessStatusCode, ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (false, away.Message);
        }
    }
}
