using System.Threading.Channels;
using Npgsql;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// Posting in batches, for what comes in great numbers to few accounts: card purchases, meter readings, channel
/// fees. Each caller waits until his own entry is on disk; what waits while one batch is written goes into the next.
/// An entry that belongs to a record (a bill, a refund) is not posted here but with it, by <see cref="Books"/>.
/// </summary>
public sealed class Posting(RecordStore store, TimeProvider time) : IAsyncDisposable
{
    private const int BatchMax = 2_000;
    private const int Tries = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(20_000) { SingleReader = true });

    private readonly Lock _starting = new();
    private Task? _loop;

    /// <summary>Completes when the entry is on disk, or is refused by itself; those beside it are not touched by that.</summary>
    public async Task<Outcome<PostedEntry>> Post(Entry entry, CancellationToken cancel = default)
    {
        Start();
        var waiting = new Waiting(entry);
        await _queue.Writer.WriteAsync(waiting, cancel);
        return await waiting.Done.Task.WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (_loop is not null)
        {
            await _loop;
        }
    }

    private void Start()
    {
        if (Volatile.Read(ref _loop) is not null)
        {
            return;
        }

        lock (_starting)
        {
            _loop ??= Task.Run(Loop);
        }
    }

    private async Task Loop()
    {
        var batch = new List<Waiting>(BatchMax);
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            await Write(batch);
        }
    }

    /// <summary>
    /// Requests are written once, so a batch whose answer was lost is written again as it was. One that the database
    /// will not take as a whole is taken apart, so that one bad entry does not keep out the others.
    /// </summary>
    private async Task Write(IReadOnlyList<Waiting> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                IReadOnlyList<Outcome<PostedEntry>> results = [];
                var written = await store.Write(
                    new Act(Caller.Platform("ledger"), "ledger.post"),
                    Resources.Schema,
                    async writing =>
                    {
                        results = await Books.Post(writing, [.. batch.Select(waiting => waiting.Entry)]);
                        return Refusals.None;
                    });
                if (written.Ok)
                {
                    for (var i = 0; i < batch.Count; i++)
                    {
                        batch[i].Done.TrySetResult(results[i]);
                    }

                    return;
                }

                // Another node wrote the same request at the same moment: look again, it stands there now.
                if (attempt > Tries)
                {
                    throw new InvalidOperationException(written.Refusals.ToString());
                }
            }
            catch (NpgsqlException away) when (away is not PostgresException { IsTransient: false } && attempt < Tries)
            {
                await Task.Delay(Pause, time);
            }
            catch (Exception failure) when (batch.Count == 1)
            {
                batch[0].Done.TrySetException(failure);
                return;
            }
            catch (Exception)
            {
                foreach (var waiting in batch)
                {
                    await Write([waiting]);
                }

                return;
            }
        }
    }

    private sealed class Waiting(Entry entry)
    {
        public Entry Entry { get; } = entry;

        public TaskCompletionSource<Outcome<PostedEntry>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
