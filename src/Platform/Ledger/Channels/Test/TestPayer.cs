using System.Text.Json;
using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>What the visitor at the test channel's page chooses, and what the channel then does.</summary>
public sealed class TestPayer(Db db, TimeProvider time)
{
    /// <summary>The ways in which an answer can go.</summary>
    public static readonly IReadOnlyList<(string Code, string Label, string Note)> Choices =
    [
        ("pay", "支付成功", "扣款并立即通知缴款平台。"),
        ("fail", "支付失败", "不扣款，通知支付失败。"),
        ("silent", "超时：扣款但不通知", "平台查询或者次日对账时才知道。"),
        ("twice", "通知两次", "同一笔扣款通知两次。"),
        ("double", "重复扣款", "扣款两次，各通知一次。"),
        ("late", "迟到的通知", "扣款，通知由您稍后在本页放行。"),
        ("short", "金额不符", "少扣 0.01 元并通知。"),
        ("other", "通知写成别的缴款书", "扣款，但通知中的缴款书号不是这一张。"),
    ];

    private static readonly DateTimeOffset ByHand = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Task<TestPayment?> Find(string number, CancellationToken cancel) => db.One(
        $"select bill, amount, subject, state, choice from test_channel.payment where number = {number}",
        row => new TestPayment(number, row.GetString(0), new(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)),
        cancel);

    public Task<List<SentNotice>> Notices(string number, CancellationToken cancel) => db.List(
        $"select body, due, sent_at, tries, answer from test_channel.notice where number = {number} order by id",
        row => new SentNotice(
            JsonSerializer.Deserialize<TestNotice>(row.GetString(0), JsonSerializerOptions.Web)!, row.GetFieldValue<DateTimeOffset>(1) >= ByHand,
            row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2), row.GetInt32(3), row.IsDBNull(4) ? "" : row.GetString(4)),
        cancel);

    /// <summary>Does what was chosen, once: a second choice on the same order changes nothing.</summary>
    public Task Choose(string number, string choice, CancellationToken cancel = default) => db.InTransaction(
        async session =>
        {
            var payment = await session.One(
                $"select bill, amount from test_channel.payment where number = {number} and state = 'open' for update",
                row => ((string Bill, long Fen)?)(row.GetString(0), row.GetInt64(1)),
                cancel);
            if (payment is not { } open || Choices.All(known => known.Code != choice))
            {
                return;
            }

            var paid = choice != "fail";
            await session.Run($"update test_channel.payment set state = {(paid ? "paid" : "failed")}, choice = {choice} where number = {number}", cancel);
            if (!paid)
            {
                await Notify(session, new(number, open.Bill, "", false, open.Fen, time.GetUtcNow()), time.GetUtcNow(), cancel);
                return;
            }

            foreach (var transaction in choice == "double" ? (string[])["T" + number, "U" + number] : ["T" + number])
            {
                await Take(session, number, open.Bill, choice == "short" ? open.Fen - 1 : open.Fen, transaction, choice, cancel);
            }
        },
        cancel);

    /// <summary>Sends the notifications that were held back.</summary>
    public Task Release(string number, CancellationToken cancel = default) => db.Run(
        $"update test_channel.notice set due = {time.GetUtcNow()} where number = {number} and sent_at is null", cancel);

    private async Task Take(Session session, string number, string bill, long fen, string transaction, string choice, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (fen > 0)
        {
            await session.Run(
                $"""
                insert into test_channel.movement (transaction, kind, number, bill, amount, day, at)
                values ({transaction}, 'pay', {number}, {bill}, {fen}, {time.Today()}, {now})
                """,
                cancel);
        }

        var notice = new TestNotice(number, choice == "other" ? "2026100000000000" : bill, transaction, true, fen, now);
        var due = choice == "late" ? ByHand : now;
        if (choice != "silent")
        {
            await Notify(session, notice, due, cancel);
        }

        if (choice == "twice")
        {
            await Notify(session, notice, due, cancel);
        }
    }

    private static Task Notify(Session session, TestNotice notice, DateTimeOffset due, CancellationToken cancel) => session.Run(
        $"insert into test_channel.notice (number, body, due) values ({notice.Order}, {JsonSerializer.Serialize(notice, JsonSerializerOptions.Web)}, {due})", cancel);
}

/// <summary>An order on the channel's side.</summary>
public sealed record TestPayment(string Number, string Bill, Money Amount, string Subject, string State, string? Choice);

/// <summary>A notification and what came back.</summary>
public sealed record SentNotice(TestNotice Notice, bool Held, DateTimeOffset? SentAt, int Tries, string Answer);
