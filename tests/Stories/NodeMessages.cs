using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shali.FrontNode;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What is wrong with a message, or with whoever sends it, is said by name, and nothing is done.</summary>
public sealed class NodeMessages(City city)
{
    private const string Report = "/exchange/report";

    private static readonly byte[] Content = EvidenceJson.Write(new NodeReport("test", []));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_message_is_answered_under_seal_and_a_second_time_refused()
    {
        await using var town = await NodeTown.Start(city);
        var identity = Identity(town);
        using var answer = await Send(identity, Content, TimeSpan.Zero, 7);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.Contains(MessageSignature.SealHeader));
        Assert.Equal("NODE-M06", await Code(await Send(identity, Content, TimeSpan.Zero, 7)));
        Assert.Null(await Code(await Send(identity, Content, TimeSpan.Zero, 6)));
    }

    [Theory]
    [InlineData(-6, "NODE-M03")]
    [InlineData(60, "NODE-M03")]
    [InlineData(-60, "NODE-M03")]
    [InlineData(-4, null)]
    [InlineData(4, null)]
    public async Task A_clock_that_is_off_is_refused_by_name(int minutes, string? code)
    {
        await using var town = await NodeTown.Start(city);
        Assert.Equal(code, await Code(await Send(Identity(town), Content, TimeSpan.FromMinutes(minutes), 1)));
    }

    [Fact]
    public async Task Whatever_was_altered_on_the_way_is_refused()
    {
        await using var town = await NodeTown.Start(city);
        var identity = Identity(town);
        Assert.Equal("NODE-M01", await Code(await Send(identity, Content, TimeSpan.Zero, 1, request => request.Headers.Remove(MessageSignature.SignatureHeader))));
        Assert.Equal("NODE-M04", await Code(await Send(identity, Content, TimeSpan.Zero, 1, request => request.Content = new ByteArrayContent([1, 2]))));
        Assert.Equal("NODE-M05", await Code(await Send(identity, Content, TimeSpan.Zero, 1, request => request.RequestUri = new Uri(city.Address, Report + "?x=1"))));
        Assert.Equal("NODE-M05", await Code(await Send(identity, Content, TimeSpan.Zero, 1, request => request.RequestUri = new Uri(city.Address, "/exchange/confirm"))));
        Assert.Equal("NODE-M02", await Code(await Send(identity with { Serial = "0a0b" }, Content, TimeSpan.Zero, 1)));

        // The key of one node and the certificate of another.
        await using var other = await NodeTown.Start(city);
        Assert.Equal("NODE-M05", await Code(await Send(Identity(other) with { Private = identity.Private }, Content, TimeSpan.Zero, 1)));
        Assert.Equal(0, await city.Db.Scalar<long>($"select count(*) from exchange.health where node = {town.Code}", Cancel));
    }

    [Fact]
    public async Task A_message_beyond_all_size_is_refused_before_it_is_read()
    {
        await using var town = await NodeTown.Start(city);
        using var answer = await Send(Identity(town), Content, TimeSpan.Zero, 1, request =>
        {
            request.Content = new StreamContent(new Endless(1L << 30));
            request.Headers.ExpectContinue = true;
        });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("NODE-M07", await Code(answer));
    }

    [Fact]
    public async Task An_ended_node_is_refused_at_once_and_its_certificate_is_revoked()
    {
        await using var town = await NodeTown.Start(city);
        var identity = Identity(town);
        Assert.Null(await Code(await Send(identity, Content, TimeSpan.Zero, 1)));
        var desk = city.Service<NodeDesk>();
        Assert.Equal(["NODE-D04"], (await desk.Revoke(NodeTown.Officer("health"), town.Code, "别人的", Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.Equal(["NODE-D06"], (await desk.Revoke(NodeTown.Officer(town.Office), town.Code, " ", Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.True((await desk.Revoke(NodeTown.Officer(town.Office), town.Code, "机器报废", Cancel)).Ok);
        var refused = await Send(identity, Content, TimeSpan.Zero, 2);
        Assert.Contains("机器报废", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("NODE-M08", await Code(refused));
        Assert.NotNull(await city.Db.Scalar<DateTimeOffset?>($"select revoked_at from documents.certificate where serial = {identity.Serial}", Cancel));
        Assert.Equal(["NODE-D05"], (await desk.InviteAgain(NodeTown.Officer(town.Office), town.Code, Cancel)).Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task A_code_is_good_once_and_a_new_machine_ends_the_old_one()
    {
        await using var town = await NodeTown.Start(city);
        var desk = city.Service<NodeDesk>();
        var invited = (await desk.InviteAgain(NodeTown.Officer(town.Office), town.Code, Cancel)).Value;
        var old = Identity(town);
        var second = town.Settings() with { Data = Path.Combine(town.Folder, "second") };
        var renewed = await Centre.Enrol(second, invited.Code, Cancel);
        Assert.Equal(town.Code, renewed.Node);
        Assert.Equal("NODE-M02", await Code(await Send(old, Content, TimeSpan.Zero, 1)));
        Assert.Null(await Code(await Send(renewed, Content, TimeSpan.Zero, 2)));
        var again = await Assert.ThrowsAsync<NodeRefusedException>(() => Centre.Enrol(second, invited.Code, Cancel));
        Assert.Contains("NODE-E01", again.Message, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(second.Data, "identity.json")));
        Assert.Equal(0, await city.Db.Scalar<long>($"select count(*) from exchange.invitation where code_hash = {Encoding.UTF8.GetBytes(invited.Code)}", Cancel));
    }

    [Fact]
    public async Task A_code_runs_out_and_a_certificate_too()
    {
        var time = new SetTime(DateTimeOffset.UtcNow);
        await using var host = await city.AnotherHost(await city.OwnDatabase(), settings => settings with { Time = time });
        await host.StartAsync(Cancel);
        await using var town = await NodeTown.Start(city, host: host);
        var desk = host.Services.GetRequiredService<NodeDesk>();
        var invited = (await desk.InviteAgain(NodeTown.Officer(town.Office), town.Code, Cancel)).Value;
        time.Now += NodeDesk.CodeLasts + TimeSpan.FromMinutes(1);
        using var key = SignatureSuite.P256.NewKey();
        var late = await desk.Enrol(Caller.Anonymous, invited.Code, "ecdsa-p256-sha256", key.Request("x"), null, Cancel);
        Assert.Equal(["NODE-E01"], late.Refusals.Select(refusal => refusal.Code));
        Assert.Equal(["NODE-E02"], (await desk.Enrol(Caller.Anonymous, invited.Code, "rsa", key.Request("x"), null, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.Equal(["NODE-E03"], (await desk.Enrol(Caller.Anonymous, invited.Code, "sm2-sm3", key.Request("x"), null, Cancel)).Refusals.Select(refusal => refusal.Code));
        time.Now += TimeSpan.FromDays(365 * 4);
        Assert.Equal("NODE-M09", await Code(await Send(Identity(town), Content, time.Now - DateTimeOffset.UtcNow, 1, address: town.Address)));
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_batch_whose_statement_does_not_fit_is_refused_by_name()
    {
        await using var town = await NodeTown.Start(city);
        var node = town.Open(town.Settings());
        var suite = SignatureSuite.P256;
        var fields = (string[])["name", "number"];
        async Task<string?> Try(Func<Statement, Statement>? change = null, Func<GiveBody, GiveBody>? body = null, string name = "甲")
        {
            var digest = new RowDigest(suite);
            digest.Add(digest.Row(fields, RowDigest.OrderOf(fields), [name, "1"]));
            var statement = new Statement(
                StatementKind.Give, town.Code, "firms", town.Resource.Id, new string('0', 26), 1, 1, 0, digest.Total(), suite.Name, DateTimeOffset.UnixEpoch);
            var made = new GiveBody(SignedStatement.Sign(change?.Invoke(statement) ?? statement, node.Centre.Key, node.Centre.Identity.Serial), fields, [[name, "1"]], ["number"], []);
            return (await node.Centre.Post<Given>("/exchange/give", (body?.Invoke(made) ?? made).Write(), Cancel)).Refusal?.Code;
        }

        Assert.Equal("NODE-B02", await Try(body: made => made with { Statement = made.Statement with { Signature = [1] } }));
        Assert.Equal("NODE-B03", await Try(statement => statement with { Rows = 2 }));
        Assert.Equal("NODE-B03", await Try(statement => statement with { Node = "police-1" }));
        Assert.Equal("NODE-B03", await Try(statement => statement with { Flow = "../x" }));
        Assert.Equal("NODE-B04", await Try(statement => statement with { Resource = "none/none" }));
        Assert.Equal("NODE-B07", await Try(statement => statement with { Digest = [1] }));
        Assert.Equal("NODE-B07", await Try(body: made => made with { Rows = [["乙", "1"]] }));
        Assert.Equal("NODE-B09", await Try(statement => statement with { Batch = 2 }));
        Assert.Equal("NODE-B10", await Try(body: made => made with { Fields = ["name", "nothing"] }));
        Assert.Equal("NODE-B01", (await node.Centre.Post<Given>("/exchange/give", "{}"u8.ToArray(), Cancel)).Refusal!.Code);
        var closed = await city.Registry.Publish(town.Resource with { Id = town.Resource.Id + "-closed", Editable = false }, Caller.Platform("test"), Cancel);
        Assert.Equal("NODE-B12", await Try(statement => statement with { Resource = closed.Value.Id }));

        // Sent again it is the same batch, whoever signs it again; another one under its number is not.
        Assert.Null(await Try());
        Assert.Null(await Try());
        Assert.Equal("NODE-B08", await Try(name: "乙"));
        Assert.Equal(1, await city.Db.Scalar<long>($"select count(*) from exchange.receipt where node = {town.Code}", Cancel));
        Assert.Equal("NODE-B09", await Try(statement => statement with { Batch = 3 }));
        Assert.Equal(["1|甲|||v1"], await town.Records());
    }

    private static NodeIdentity Identity(NodeTown town) => NodeIdentity.Read(town.Settings().Data)!;

    private Task<HttpResponseMessage> Send(
        NodeIdentity identity, byte[] content, TimeSpan off, long number, Action<HttpRequestMessage>? change = null, Uri? address = null) =>
        SignedMessage.Send(city.Http, new Uri(address ?? city.Address, Report), identity, content, off, number, change);

    private static Task<string?> Code(HttpResponseMessage answer) => SignedMessage.Code(answer);

    /// <summary>A stream of so many zeros.</summary>
    private sealed class Endless(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, Length - Position);
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = offset;

        public override void SetLength(long value)
        {
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
        }
    }
}
