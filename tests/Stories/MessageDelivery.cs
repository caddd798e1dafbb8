using System.Net;
using System.Net.Sockets;
using System.Text;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What leaves the house: tried until it is delivered or given up, each try on record, by any number of nodes.</summary>
public sealed class MessageDelivery(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_fails_is_tried_again_later_until_it_arrives()
    {
        await using var db = await Own();
        var time = new Clock();
        var gateway = new Gateway(new DeliveryAnswer(false, "忙"), new DeliveryAnswer(false, "忙"), new DeliveryAnswer(true, "好"));
        var deliveries = new Deliveries(db, [gateway], time);
        var id = await Put(db, time);
        Assert.Equal(1, await deliveries.SendSome(Cancel));
        Assert.Equal(0, await deliveries.SendSome(Cancel));
        time.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(1, await deliveries.SendSome(Cancel));
        time.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(1, await deliveries.SendSome(Cancel));
        var inbox = new Inbox(db, time);
        Assert.Equal("sent", (await inbox.Find(id, Cancel))!.State);
        Assert.Equal([(1, false, "忙"), (2, false, "忙"), (3, true, "好")], (await inbox.Tries(id, Cancel)).Select(one => (one.Try, one.Ok, one.Answer)));
        Assert.Equal([id, id, id], gateway.Sent);
        time.Now += TimeSpan.FromDays(30);
        Assert.Equal(0, await deliveries.SendSome(Cancel));
    }

    [Fact]
    public async Task What_never_arrives_is_given_up_seen_and_can_be_sent_again()
    {
        await using var db = await Own();
        var time = new Clock();
        var gateway = new Gateway(new DeliveryAnswer(false, "停机"));
        var deliveries = new Deliveries(db, [gateway], time);
        var id = await Put(db, time);
        var hopeless = await Put(db, time, "email");
        for (var i = 0; i < 20; i++)
        {
            await deliveries.SendSome(Cancel);
            time.Now += TimeSpan.FromDays(1);
        }

        var inbox = new Inbox(db, time);
        Assert.Equal(("failed", Deliveries.TriesMax), ((await inbox.Find(id, Cancel))!.State, (await inbox.Tries(id, Cancel)).Count));
        Assert.Contains("没有配置电子邮件通道", (await inbox.Tries(hopeless, Cancel))[0].Answer, StringComparison.Ordinal);
        await deliveries.Again(id, Cancel);
        gateway.Next = new(true, "好");
        await deliveries.SendSome(Cancel);
        Assert.Equal("sent", (await inbox.Find(id, Cancel))!.State);
    }

    [Fact]
    public async Task Many_nodes_send_each_message_once_and_one_that_dies_leaves_its_to_the_others()
    {
        await using var db = await Own();
        var time = new Clock();
        var gateway = new Gateway(new DeliveryAnswer(true, "好"));
        for (var i = 0; i < 60; i++)
        {
            await Put(db, time);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var node = new Deliveries(db, [gateway], time);
            while (await node.SendSome(Cancel) > 0)
            {
                // Until nothing is left.
            }
        }));
        Assert.Equal(60, gateway.Sent.Count);
        Assert.Equal(60, gateway.Sent.Distinct().Count());

        var dying = new Gateway(new DeliveryAnswer(true, "好")) { Dies = true };
        var id = await Put(db, time);
        await Assert.ThrowsAsync<IOException>(() => new Deliveries(db, [dying], time).SendSome(Cancel));
        time.Now += TimeSpan.FromMinutes(3);
        Assert.Equal(1, await new Deliveries(db, [gateway], time).SendSome(Cancel));
        Assert.Equal(id, gateway.Sent[^1]);
    }

    [Fact]
    public async Task E_mail_goes_by_smtp_with_the_key_of_the_message_and_tells_what_the_server_said()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = Smtp(listener);
        var channel = new EmailChannel(new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, "service@city.example") { Tls = false });
        var answer = await channel.Send(new("01abc", "somebody@example.com", "张三", "已受理", "您的申请已受理。"), Cancel);
        Assert.True(answer.Ok, answer.Answer);
        var mail = await server;
        Assert.Contains("Message-Id: <01abc@city.example>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("somebody@example.com", mail, StringComparison.Ordinal);
        Assert.False((await channel.Send(new("01abd", "no address", "张三", "x", "x"), Cancel)).Again);
        listener.Stop();
        var away = await channel.Send(new("01abe", "somebody@example.com", "张三", "x", "x"), Cancel);
        Assert.Equal((false, true), (away.Ok, away.Again));
    }

    [Theory]
    [InlineData("smtp://post:p%40ss@mail.city.example?from=service@city.example", "mail.city.example 587 True post p@ss service@city.example")]
    [InlineData("smtp://127.0.0.1:2525?from=a@b.example&tls=off", "127.0.0.1 2525 False   a@b.example")]
    [InlineData("smtp://mail.city.example", null)]
    [InlineData("http://mail.city.example?from=a@b.example", null)]
    [InlineData("mail.city.example", null)]
    public void The_server_is_said_as_an_address(string address, string? expected)
    {
        var settings = SmtpSettings.Parse(address);
        Assert.Equal(expected, settings is null ? null : $"{settings.Host} {settings.Port} {settings.Tls} {settings.User} {settings.Password} {settings.From}");
    }

    private async Task<Db> Own() => Db.Briefly(await city.OwnDatabase());

    private static async Task<string> Put(Db db, TimeProvider time, string channel = "sms")
    {
        var id = Ulid.Next(time);
        await db.Run(
            $"""
            insert into casework.outbox (id, at, event, receiver, channel, address, subject, body, link, state, next_try)
            values ({id}, {time.GetUtcNow()}, 'test', '张三', {channel}, '13800000000', '标题', '内容', '/me', 'waiting', {time.GetUtcNow()})
            """);
        return id;
    }

    /// <summary>As much of a mail server as one message needs; what it was sent.</summary>
    private static async Task<string> Smtp(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var mail = new StringBuilder();
        await writer.WriteLineAsync("220 test");
        var data = false;
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            mail.AppendLine(line);
            if (data)
            {
                data = line != ".";
                if (!data)
                {
                    await writer.WriteLineAsync("250 kept");
                }

                continue;
            }

            data = line == "DATA";
            await writer.WriteLineAsync(data ? "354 go on" : line == "QUIT" ? "221 bye" : "250 ok");
            if (line == "QUIT")
            {
                break;
            }
        }

        return mail.ToString();
    }

    private sealed class Gateway(params DeliveryAnswer[] answers) : MessageChannel
    {
        private readonly Queue<DeliveryAnswer> _answers = new(answers);

        public DeliveryAnswer? Next { get; set; }

        public bool Dies { get; init; }

        public List<string> Sent { get; } = [];

        public override string Name => Channel.Sms;

        public override Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancel)
        {
            lock (Sent)
            {
                Sent.Add(message.Id);
                if (Dies)
                {
                    throw new IOException("The node is gone.");
                }

                return Task.FromResult(Next ?? (_answers.Count > 1 ? _answers.Dequeue() : _answers.Peek()));
            }
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 5, 6, 1, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
