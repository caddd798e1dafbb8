using System.Collections.Concurrent;
using System.Numerics;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// Reads of single records by their key. What is asked while one look-up is on its way goes together in the next, so
/// that under load one statement answers many readers, as one commit serves many writers. A reader who comes alone
/// does not wait, and everyone sees at least what was committed when he asked.
/// </summary>
internal sealed class KeyedReads(Db db)
{
    /// <summary>Look-ups of one resource under way at the same time; another one begins only for a crowd.</summary>
    private const int Lanes = 3;

    private const int Crowd = 8;

    private const int KeysMax = 64;

    private readonly ConcurrentDictionary<Plan, Queue> _queues = new();

    public Task<Record?> Get(Plan plan, string key)
    {
        var asked = new Asked(key);
        _queues.GetOrAdd(plan, static (plan, db) => new Queue(plan, db), db).Add(asked);
        return asked.Task;
    }

    private sealed class Asked(string key) : TaskCompletionSource<Record?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public string Key { get; } = key;
    }

    /// <summary>Those who wait for records of one resource.</summary>
    private sealed class Queue(Plan plan, Db db)
    {
        private readonly Lock _lock = new();
        private readonly Queue<Asked> _waiting = new();
        private int _running;

        public void Add(Asked asked)
        {
            lock (_lock)
            {
                _waiting.Enqueue(asked);
                if (_running == Lanes || (_running > 0 && _waiting.Count < Crowd))
                {
                    return;
                }

                _running++;
            }

            _ = Run();
        }

        private async Task Run()
        {
            while (Next() is { } batch)
            {
                try
                {
                    await Answer(batch);
                }
#pragma warning disable CA1031 // Whatever went wrong is told to each who asked; the queue must go on.
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    foreach (var asked in batch)
                    {
                        asked.TrySetException(failure);
                    }
                }
            }
        }

        private Asked[]? Next()
        {
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _running--;
                    return null;
                }

                var batch = new Asked[Math.Min(_waiting.Count, KeysMax)];
                for (var i = 0; i < batch.Length; i++)
                {
                    batch[i] = _waiting.Dequeue();
                }

                return batch;
            }
        }

        private async Task Answer(Asked[] batch)
        {
            var found = await db.List(
                $"select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where {Sql.Trusted(plan.KeyColumn)} in ({Keys(batch)})",
                plan.Read);
            if (batch.Length == 1)
            {
                batch[0].TrySetResult(found.Count == 0 ? null : found[0]);
                return;
            }

            var records = found.ToDictionary(record => record.Key, StringComparer.Ordinal);
            foreach (var asked in batch)
            {
                asked.TrySetResult(records.GetValueOrDefault(asked.Key));
            }
        }

        /// <summary>
        /// Each key a parameter, their number filled up to a power of two by the last one: the server plans each of the
        /// few statements once. An array would be planned anew with every length.
        /// </summary>
        private static Sql Keys(Asked[] batch) => Sql.Join(
            ", ",
            Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2((uint)batch.Length))
                .Select(i => Sql.Of($"{batch[Math.Min(i, batch.Length - 1)].Key}")));
    }
}
