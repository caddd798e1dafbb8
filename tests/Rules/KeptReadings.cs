using Shali.Platform.Kernel;

namespace Shali.Tests.Rules;

/// <summary>What is read as a whole and kept: an older view never comes back.</summary>
public sealed class KeptReadings
{
    [Fact]
    public async Task Who_began_earlier_and_ends_later_replaces_nothing()
    {
        var kept = new KeptReading<string>("nothing");
        var slow = new TaskCompletionSource<string>();
        var older = kept.Read(() => slow.Task);
        await kept.Read(() => Task.FromResult("revoked"));
        slow.SetResult("in force");
        await older;
        Assert.Equal("revoked", kept.Value);
        await kept.Read(() => Task.FromResult("in force again"));
        Assert.Equal("in force again", kept.Value);
    }

    [Fact]
    public async Task A_reading_that_failed_leaves_what_was_known()
    {
        var kept = new KeptReading<string>("known");
        await Assert.ThrowsAsync<TimeoutException>(() => kept.Read(() => throw new TimeoutException()));
        Assert.Equal("known", kept.Value);
        await kept.Read(() => Task.FromResult("newer"));
        Assert.Equal("newer", kept.Value);
    }
}
