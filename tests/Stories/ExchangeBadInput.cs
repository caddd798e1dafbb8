using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Shali.FrontNode;
using Shali.FrontNode.Giving;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// Whatever comes in that is bad is named and kept out, and what is good comes in after it, and beside it. Certificates that are over, ended nodes and
/// sources of another shape stand in <see cref="NodeMessages"/> and <see cref="FrontNodeSources"/>; docs/exchange-faults.md has the whole list.
/// </summary>
public sealed class ExchangeBadInput(City city)
{
    private const string Give = "/exchange/give";

    /// <summary>More than a message may have, and than a machine should keep of one.</summary>
    private const long Gigabyte = 1L << 30;

    private static readonly string[] Fields = ["name", "number"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_bad_message_is_named_and_the_good_one_after_it_is_taken()
    {
        await using var town = await NodeTown.Start(city);
        var identity = NodeIdentity.Read(town.Settings().Data)!;
        await using var other = await NodeTown.Start(city);
        var stranger = NodeIdentity.Read(other.Settings().Data)!;
        var (number, batch) = (100L, 0);
        (string What, string Code, Func<byte[], Task<HttpResponseMessage>> Send)[] cases =
        [
            ("signed with another node's key", "NODE-M05", content => Send(identity with { Private = stranger.Private }, content)),
            ("another content than was signed", "NODE-M04", content => Send(identity, content, change: request => request.Content = new ByteArrayContent([.. content, 0x20]))),
            ("sent again", "NODE-M06", content => Again(content)),
            ("a clock that is an hour fast", "NODE-M03", content => Send(identity, content, TimeSpan.FromHours(1))),
            ("a clock that is an hour slow", "NODE-M03", content => Send(identity, content, TimeSpan.FromHours(-1))),
            ("a certificate that nobody knows", "NODE-M02", content => Send(identity with { Serial = "0a0b" }, content)),
            ("bytes that are no UTF-8", "NODE-B01", content => Send(identity, Replaced(content, "甲"u8, [0xC3, 0x28, 0x28]))),
            ("text in GB18030", "NODE-B01", content => Send(identity, Replaced(content, "甲"u8, [0xBC, 0xD7]))),
            ("half a character", "NODE-B01", content => Send(identity, Replaced(content, "甲"u8, "\\ud800"u8))),
            ("no JSON", "NODE-B01", content => Send(identity, content[..^2])),
        ];
        foreach (var (what, code, send) in cases)
        {
            var content = Batch(town, identity, ++batch, ["甲" + what, batch.ToString(CultureInfo.InvariantCulture)]);
            Assert.True(code == await SignedMessage.Code(await send(content)), what);

            // Unless it had been taken before it came again.
            Assert.True(await SignedMessage.Code(await Send(identity, content)) is null, what);
            Assert.Equal(batch, (await town.Records()).Count);
        }

        Task<HttpResponseMessage> Send(NodeIdentity who, byte[] content, TimeSpan off = default, Action<HttpRequestMessage>? change = null) =>
            SignedMessage.Send(city.Http, new(city.Address, Give), who, content, off, ++number, change);

        async Task<HttpResponseMessage> Again(byte[] content)
        {
            Assert.Null(await SignedMessage.Code(await Send(identity, content)));
            number--;
            return await Send(identity, content);
        }
    }

    [Fact]
    public async Task A_gigabyte_that_does_not_say_its_length_is_cut_off_and_not_kept()
    {
        await using var town = await NodeTown.Start(city);
        var identity = NodeIdentity.Read(town.Settings().Data)!;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(city.Address.Host, city.Address.Port, Cancel);
        var head = new StringBuilder($"POST {Give} HTTP/1.1\r\nHost: {city.Address.Authority}\r\nTransfer-Encoding: chunked\r\n");
        foreach (var (name, value) in SignedMessage.Headers(identity, Give, [], TimeSpan.Zero, 1))
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), Cancel);
        var answering = Answer(socket);
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        var sent = 0L;
        try
        {
            for (; sent < Gigabyte && !answering.IsCompleted; sent += 0x10000)
            {
                await Task.WhenAny(answering, socket.SendAsync(chunk, Cancel).AsTask());
            }
        }
        catch (SocketException)
        {
            // The host has hung up.
        }

        Assert.True(sent < Gigabyte);
        var answer = await answering;
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("NODE-M07", answer, StringComparison.Ordinal);

        // The limit, and what the buffers of two sockets hold.
        Assert.InRange(sent, NodeCalls.ContentMax, 2L * NodeCalls.ContentMax);
        Assert.Null(await SignedMessage.Code(await SignedMessage.Send(city.Http, new(city.Address, Give), identity, Batch(town, identity, 1, ["甲", "1"]), TimeSpan.Zero, 2)));
    }

    [Fact]
    public async Task Poison_rows_are_named_and_the_rows_beside_them_are_taken()
    {
        await using var town = await NodeTown.Start(city);
        var identity = NodeIdentity.Read(town.Settings().Data)!;
        var node = town.Open(town.Settings());
        var content = Batch(town, identity, 1, ["甲", "1"], ["带\0的", "2"], [new string('长', 5_000), "3"], [null, "4"], ["乙", null], ["丙", "6"], ["丁", "1"], ["𠮷\u202e戊", "7"]);
        var given = (await node.Centre.Post<Given>(Give, content, Cancel)).Value!;
        Assert.Equal([1, 2, 3, 4, 6], given.Refused.Select(row => row.Row).Order());
        Assert.All(given.Refused, row => Assert.All(row.Reasons, reason => Assert.True(reason.Code.Length > 0 && reason.Sentence.Length > 0)));
        Assert.Equal(new ReceiptCounts(3, 0, 0, 0, 5), EvidenceJson.Read<Receipt>(given.Receipt)!.Counts);
        Assert.Equal(["1", "6", "7"], (await town.Records()).Select(record => record.Split('|')[0]));
    }

    [Fact]
    public async Task A_file_in_no_known_encoding_is_named_with_its_row_and_other_flows_go_on()
    {
        await using var town = await NodeTown.Start(city);
        var folder = Directory.CreateDirectory(Path.Combine(town.Folder, "files")).FullName;
        var file = Path.Combine(folder, "一.csv");
        await File.WriteAllBytesAsync(file, [.. "编号,名称,成立日期,资本\nF1,甲,,1\nF2,"u8, 0xFF, 0xFE, 0xC3, .. ",,2\n"u8], Cancel);
        var source = town.Sqlite();
        source.Fill(1, 3);
        var node = town.Open(town.Settings(town.Give(new() { Kind = "files", Folder = folder }) with { Flow = "files" }, town.Give(source.Place)));
        var broken = await Assert.ThrowsAsync<SourceAwayException>(() => node.Gives[0].Look(Cancel));
        Assert.Contains("一.csv", broken.Message, StringComparison.Ordinal);
        Assert.True(await node.Gives[1].Look(Cancel));
        Assert.True(await node.Sendings[1].Next(Cancel));
        Assert.Equal(3, (await town.Records()).Count);
    }

    /// <summary>A batch of the node, signed, of rows with name and number.</summary>
    private static byte[] Batch(NodeTown town, NodeIdentity identity, long batch, params string?[][] rows)
    {
        var suite = SignatureSuite.Find(identity.Suite)!;
        using var key = suite.Open(identity.Private);
        var digest = new RowDigest(suite);
        foreach (var row in rows)
        {
            digest.Add(digest.Row(Fields, RowDigest.OrderOf(Fields), row));
        }

        var statement = new Statement(StatementKind.Give, town.Code, "firms", town.Resource.Id, new string('0', 26), batch, rows.Length, 0, digest.Total(), suite.Name, DateTimeOffset.UnixEpoch);
        return new GiveBody(SignedStatement.Sign(statement, key, identity.Serial), Fields, rows, ["number"], []).Write();
    }

    private static byte[] Replaced(byte[] content, ReadOnlySpan<byte> what, ReadOnlySpan<byte> by)
    {
        var at = content.AsSpan().IndexOf(what);
        Assert.True(at > 0);
        return [.. content.AsSpan(0, at), .. by, .. content.AsSpan(at + what.Length)];
    }

    private static async Task<string> Answer(Socket socket)
    {
        var (buffer, answer) = (new byte[16 * 1024], new StringBuilder());
        try
        {
            for (int read; !answer.ToString().Contains("NODE-", StringComparison.Ordinal) && (read = await socket.ReceiveAsync(buffer, Cancel)) > 0;)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Hung up.
        }

        return answer.ToString();
    }
}
