using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>
/// 演示支付渠道: behaves like a bank behind a network, on its own tables, and lets the visitor choose how: pay, fail, take the
/// money and stay silent, answer twice, answer late, take a wrong amount, name another bill. Demo cities only.
/// </summary>
public sealed class TestChannel(Db db, TimeProvider time) : PaymentChannel
{
    public const string ChannelCode = "test";

    /// <summary>A refund with this in its reason is refused by the channel, to show what follows.</summary>
    public const string RefusedReason = "渠道拒绝";

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public override string Code => ChannelCode;

    public override string Name => Text.TestChannel;

    public override async Task<string> Begin(ChannelOrder order, CancellationToken cancel)
    {
        await db.Run(
            $"""
            insert into test_channel.payment (number, bill, amount, subject, state, asked_at)
            values ({order.Order}, {order.Bill}, {order.Amount.Fen}, {order.Subject}, 'open', {time.GetUtcNow()}) on conflict do nothing
            """,
            cancel);
        return $"/test-channel/payments/{order.Order}";
    }

    public override Task<ChannelAnswer?> Ask(string order, CancellationToken cancel) => db.One(
        $"""
        select p.bill, p.state, coalesce(m.transaction, ''), coalesce(m.amount, p.amount), coalesce(m.at, p.asked_at)
        from test_channel.payment p left join test_channel.movement m on m.number = p.number and m.kind = 'pay'
        where p.number = {order} and p.state <> 'open' order by m.at limit 1
        """,
        row => new ChannelAnswer(
            order, row.GetString(0), row.GetString(2), row.GetString(1) == "paid", new(row.GetInt64(3)), row.GetFieldValue<DateTimeOffset>(4)),
        cancel);

    public override async Task<RefundAnswer?> Refund(ChannelRefund refund, CancellationToken cancel)
    {
        var transaction = "R" + refund.Number;
        if (refund.Reason.Contains(RefusedReason, StringComparison.Ordinal))
        {
            return new(false, "", Text.TestRefusal, time.GetUtcNow());
        }

        await db.Run(
            $"""
            insert into test_channel.movement (transaction, kind, number, bill, amount, day, at)
            values ({transaction}, 'refund', {refund.Number}, {refund.Order}, {refund.Amount.Fen}, {time.Today()}, {time.GetUtcNow()}) on conflict do nothing
            """,
            cancel);
        return new(true, transaction, "", time.GetUtcNow());
    }

    public override async Task<string?> Statement(DateOnly day, CancellationToken cancel) => day >= time.Today()
        ? null
        : StatementFile.Write(Code, day, await db.List(
            $"select kind, number, transaction, amount, at from test_channel.movement where day = {day} order by at, transaction",
            row => new StatementLine(row.GetString(0), row.GetString(1), row.GetString(2), new(row.GetInt64(3)), row.GetFieldValue<DateTimeOffset>(4)),
            cancel));

    public override async Task<ChannelAnswer?> Verify(string body, string seconds, string signature, CancellationToken cancel)
    {
        if (!long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            || (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Min(sent, 253_402_300_799))).Duration() > Fresh
            || !Secrets.Same(await Sign(body, seconds, cancel), signature))
        {
            return null;
        }

        try
        {
            var said = JsonSerializer.Deserialize<TestNotice>(body, JsonSerializerOptions.Web);
            return said is { Order: not null, Bill: not null, Transaction: not null }
                ? new(said.Order, said.Bill, said.Transaction, said.Paid, new(said.Fen), said.At)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal async Task<string> Sign(string body, string seconds, CancellationToken cancel)
    {
        var secret = await db.Scalar<byte[]>(
            $"""
            with made as (insert into test_channel.key (secret) values ({RandomNumberGenerator.GetBytes(32)}) on conflict do nothing returning secret)
            select secret from made union all select secret from test_channel.key limit 1
            """,
            cancel) ?? await db.Scalar<byte[]>($"select secret from test_channel.key", cancel);
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret!, Encoding.UTF8.GetBytes(seconds + "\n" + body)));
    }
}

/// <summary>The body of the test channel's notifications.</summary>
public sealed record TestNotice(string Order, string Bill, string Transaction, bool Paid, long Fen, DateTimeOffset At);
