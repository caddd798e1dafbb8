using System.Threading.Channels;

namespace Shali.Platform.Kernel;

/// <summary>
/// Work that costs the same for one and for many: while some is done, what comes in the meantime gathers and is done together
/// next. With one at a time it is ordinary work; under load its cost is shared.
/// </summary>
public sealed class Gathering<TAsked, TAnswer> : IAsyncDisposable
{
    private readonly Func<IReadOnlyList<TAsked>, Task<IReadOnlyList<TAnswer>>> _work;
    private readonly int _most;
    private readonly TimeSpan _linger;
    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Task _loop;

    /// <param name="work">Answers in the order of what was asked, as many. What it throws everybody of the group gets.</param>
    /// <param name="most">The largest group.</param>
    /// <param name="linger">How long it waits for more after a group that was more than one; who asks alone never waits.</param>
    public Gathering(Func<IReadOnlyList<TAsked>, Task<IReadOnlyList<TAnswer>>> work, int most = 256, TimeSpan linger = default)
    {
        (_work, _most, _linger) = (work, most, linger);
        _loop = Task.Run(Loop);
    }

    /// <exception cref="ObjectDisposedException">It has ended.</exception>
    public Task<TAnswer> Ask(TAsked asked)
    {
        var waiting = new Waiting(asked);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(waiting), this);
        return waiting.Done.Task;
    }

    /// <summary>Takes no more; ends when what waits is done.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task Loop()
    {
        var group = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            // Whoever is about to come comes along.
            if (group.Count > 1 && _linger > TimeSpan.Zero)
            {
                await Task.Delay(_linger);
            }
            else
            {
                await Task.Yield();
            }

            group.Clear();
            while (group.Count < _most && _queue.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            try
            {
                var answers = await _work([.. group.Select(one => one.Asked)]);
                for (var i = 0; i < group.Count; i++)
                {
                    group[i].Done.SetResult(answers[i]);
                }
            }
            catch (Exception broken)
            {
                group.ForEach(one => one.Done.TrySetException(broken));
            }
        }
    }

    private sealed class Waiting(TAsked asked)
    {
        public TAsked Asked { get; } = asked;

        public TaskCompletionSource<TAnswer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
