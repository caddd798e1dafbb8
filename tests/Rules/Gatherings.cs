using Shali.Platform.Kernel;

namespace Shali.Tests.Rules;

/// <summary>What waits is done together, everybody gets his own answer, and what fails fails for its group alone.</summary>
public sealed class Gatherings
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_while_one_is_done_is_done_together()
    {
        var (begun, go, sizes) = (new TaskCompletionSource(), new TaskCompletionSource(), new List<int>());
        await using var gathering = new Gathering<int, string>(async asked =>
        {
            sizes.Add(asked.Count);
            begun.TrySetResult();
            await go.Task;
            return [.. asked.Select(one => $"answer {one}")];
        }, most: 3);
        var first = gathering.Ask(0);
        await begun.Task.WaitAsync(Cancel);
        var others = Enumerable.Range(1, 5).Select(gathering.Ask).ToList();
        go.SetResult();
        Assert.Equal("answer 0", await first);
        Assert.Equal(["answer 1", "answer 2", "answer 3", "answer 4", "answer 5"], await Task.WhenAll(others));
        Assert.Equal([1, 3, 2], sizes);
    }

    [Fact]
    public async Task A_group_that_fails_ends_nothing_else()
    {
        var gathering = new Gathering<int, int>(asked => asked.Contains(13) ? throw new TimeoutException() : Task.FromResult<IReadOnlyList<int>>([.. asked]));
        await Assert.ThrowsAsync<TimeoutException>(() => gathering.Ask(13));
        Assert.Equal(7, await gathering.Ask(7));
        await gathering.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => gathering.Ask(1));
    }
}
