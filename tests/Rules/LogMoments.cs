using Shali.FrontNode.Giving.Replication;

namespace Shali.Tests.Rules;

/// <summary>Which transactions a look at a PostgreSQL saw: the log has their numbers in 32 bits, the snapshot in 64.</summary>
public sealed class LogMoments
{
    [Theory]
    [InlineData("100:110:103,105", 99, true)]
    [InlineData("100:110:103,105", 100, true)]
    [InlineData("100:110:103,105", 103, false)]
    [InlineData("100:110:103,105", 104, true)]
    [InlineData("100:110:103,105", 105, false)]
    [InlineData("100:110:103,105", 109, true)]
    [InlineData("100:110:103,105", 110, false)]
    [InlineData("100:100:", 99, true)]
    [InlineData("100:100:", 100, false)]

    // The numbers of the log have just begun anew.
    [InlineData("4294967290:4294967300:4294967298", 4_294_967_289, true)]
    [InlineData("4294967290:4294967300:4294967298", 4_294_967_295, true)]
    [InlineData("4294967290:4294967300:4294967298", 1, true)]
    [InlineData("4294967290:4294967300:4294967298", 2, false)]
    [InlineData("4294967290:4294967300:4294967298", 3, true)]
    [InlineData("4294967290:4294967300:4294967298", 4, false)]

    // They are about to.
    [InlineData("8589934580:8589934590:", 4_294_967_280, true)]
    [InlineData("8589934580:8589934590:", 4_294_967_294, false)]
    [InlineData("8589934580:8589934590:", 3, false)]
    public void A_transaction_is_seen_when_it_had_ended(string snapshot, uint transaction, bool seen)
    {
        Assert.Equal(seen, new Moment(snapshot, 1_000).Sees(transaction));
        Assert.Equal(seen, new Moment(snapshot, 1_000).Sees(transaction, 999));

        // What was committed behind its place was not.
        Assert.False(new Moment(snapshot, 1_000).Sees(transaction, 1_000));
    }

    [Fact]
    public void What_the_log_has_passed_is_forgotten()
    {
        var rows = new Dictionary<string, Moment>(StringComparer.Ordinal) { ["a"] = new("1:2:", 10), ["b"] = new("1:2:", 30) };
        var point = new ChangePoint("1/1", 5) { Whole = new("1:2:", 20), Again = rows, Within = 7, Taken = 3, Ended = 1 };
        var past = point.Past(15, 77);
        Assert.Equal((15UL, 0UL, 0L, 0L), (past.Place, past.Within, past.Taken, past.Ended));
        Assert.Equal(["b"], past.Again.Keys);
        Assert.NotNull(past.Whole);
        Assert.Equal([77U], past.Recent);
        var later = Enumerable.Range(0, 100).Aggregate(past, (at, i) => at.Past(30 + (ulong)i, i % 2 == 0 ? (uint)i : null));
        Assert.Null(later.Whole);
        Assert.Empty(later.Again);
        Assert.Equal([77U, .. Enumerable.Range(0, 50).Select(i => (uint)i * 2)], later.Recent);
    }
}
