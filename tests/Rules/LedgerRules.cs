using Shali.Platform.Kernel;
using Shali.Platform.Ledger;

namespace Shali.Tests.Rules;

/// <summary>What needs no database: amounts, numbers, what an answer means, statement files.</summary>
public sealed class LedgerRules
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 9, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(0, "¥0.00")]
    [InlineData(5, "¥0.05")]
    [InlineData(123450, "¥1,234.50")]
    [InlineData(-100, "-¥1.00")]
    [InlineData(long.MaxValue, "¥92,233,720,368,547,758.07")]
    public void Money_is_written_as_people_read_it(long fen, string text) => Assert.Equal(text, new Money(fen).ToString());

    [Theory]
    [InlineData("0.005", 1)]
    [InlineData("0.004", 0)]
    [InlineData("-0.005", -1)]
    [InlineData("110.5", 11050)]
    public void A_part_of_a_fen_is_rounded_half_away_from_zero(string yuan, long fen) =>
        Assert.Equal(new Money(fen), Money.Rounded(decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Money_never_wraps_and_never_loses_a_part_of_a_fen()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<ArgumentException>(() => Money.OfYuan(1.001m));
    }

    // bill state, payment state, paid?, bill named, amount less, booked before -> effect, new state, problem
    [Theory]
    [InlineData("paying", "asked", true, true, 0, false, "Pay", "succeeded", null)]
    [InlineData("paying", "failed", true, true, 0, false, "Pay", "succeeded", null)]
    [InlineData("issued", "ended", true, true, 0, false, "Pay", "succeeded", null)]
    [InlineData("paid", "succeeded", true, true, 0, true, "None", null, null)]
    [InlineData("paid", "succeeded", true, true, 0, false, "Keep", null, "paid-twice")]
    [InlineData("paid", "asked", true, true, 0, false, "Keep", "unapplied", "paid-twice")]
    [InlineData("refunded", "asked", true, true, 0, false, "Keep", "unapplied", "paid-twice")]
    [InlineData("cancelled", "asked", true, true, 0, false, "Keep", "unapplied", "paid-late")]
    [InlineData("expired", "asked", true, true, 0, false, "Keep", "unapplied", "paid-late")]
    [InlineData("paying", "asked", true, true, 1, false, "Keep", "unapplied", "wrong-amount")]
    [InlineData("paying", "asked", true, false, 0, false, "Keep", "unapplied", "other-bill")]
    [InlineData(null, null, true, true, 0, false, "Keep", null, "unknown-order")]
    [InlineData(null, null, true, true, 0, true, "None", null, null)]
    [InlineData("paying", "asked", false, true, 0, false, "None", "failed", null)]
    [InlineData("paying", "failed", false, true, 0, false, "None", null, null)]
    [InlineData("paid", "succeeded", false, true, 0, false, "None", null, "contradiction")]
    [InlineData(null, null, false, true, 0, false, "None", null, null)]
    public void Every_answer_has_one_meaning(
        string? billState, string? paymentState, bool paid, bool named, long less, bool booked, string effect, string? state, string? problem)
    {
        var bill = billState is null ? null : new Bill
        {
            Number = "1",
            CheckCode = "x",
            State = billState,
            Case = "c",
            Office = "o",
            PayerName = "n",
            Amount = 10m,
            Refunded = 0,
            IssuedAt = At,
            ExpiresOn = default,
        };
        var payment = paymentState is null ? null : new Payment
        {
            Order = "k",
            Bill = "1",
            Channel = "test",
            Amount = 10m,
            State = paymentState,
            AskedAt = At,
            Answers = 0,
        };
        var answer = new ChannelAnswer("k", named ? "1" : "2", "t", paid, new Money(1000 - less), At);
        var verdict = PaymentRules.Judge(answer, bill, payment, booked);
        Assert.Equal((effect, state, problem), (verdict.Effect.ToString(), verdict.State, verdict.Problem));
    }

    [Fact]
    public void A_statement_is_read_as_it_was_written()
    {
        StatementLine[] lines = [new("pay", "k1", "T1", new(10_000), At), new("refund", "k2", "T2", new(1_000), At)];
        var text = StatementFile.Write("test", new(2026, 11, 25), lines);
        var read = StatementFile.Read(text.ReplaceLineEndings("\r\n"), "test", new(2026, 11, 25));
        Assert.True(read.Ok, read.Ok ? "" : read.Refusals.ToString());
        Assert.Equal(lines, read.Value.Lines);
        Assert.Equal(new Money(9_000), StatementFile.Net(read.Value.Lines));
    }

    [Theory]
    [InlineData("", "LDG-S01")]
    [InlineData("hello\nworld", "LDG-S01")]
    [InlineData("pay,k1,T1,10000|pay,k1,T1,10001", "LDG-S03")]
    [InlineData("test,2026|other,2026", "LDG-S02 LDG-S03")]
    [InlineData("2026-11-25,2|2026-11-24,2", "LDG-S02 LDG-S03")]
    [InlineData("refund,k2,T2|bonus,k2,T2", "LDG-S03 LDG-S04")]
    [InlineData("T2,1000|T2,-1000", "LDG-S03 LDG-S04")]
    public void A_statement_that_was_touched_is_not_used(string change, string codes)
    {
        StatementLine[] lines = [new("pay", "k1", "T1", new(10_000), At), new("refund", "k2", "T2", new(1_000), At)];
        var text = StatementFile.Write("test", new(2026, 11, 25), lines);
        text = change.Split('|') is [var from, var to] ? text.Replace(from, to, StringComparison.Ordinal) : change;
        var read = StatementFile.Read(text, "test", new(2026, 11, 25));
        Assert.Equal(codes, string.Join(' ', read.Refusals.Select(refusal => refusal.Code)));
    }

    [Fact]
    public void Numbers_bear_a_check_digit_and_codes_are_typed_as_people_type()
    {
        Assert.True(Numbers.IsNumber("202610000000001" + Shali.Platform.Kernel.Identifiers.CheckDigits.Mod1110("202610000000001")));
        Assert.False(Numbers.IsNumber("2026100000000010") && Numbers.IsNumber("2026100000000011"));
        Assert.Equal("AB23CD45", Numbers.Typed(" ab23-cd45 "));
        Assert.Equal(8, Numbers.CheckCode().Length);
    }
}
