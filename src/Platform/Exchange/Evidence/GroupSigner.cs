using System.Threading.Channels;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// Signs what waits in groups: while one signature is made, the next messages gather. With one message at a time it is an
/// ordinary signature; under load its cost is shared.
/// </summary>
public sealed class GroupSigner : IAsyncDisposable
{
    private const int Most = 256;

    private readonly SigningKey _key;
    private readonly string _serial;
    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Task _loop;

    /// <param name="serial">Number of the certificate of the key.</param>
    public GroupSigner(SigningKey key, string serial)
    {
        (_key, _serial) = (key, serial);
        _loop = Task.Run(Loop);
    }

    public SignatureSuite Suite => _key.Suite;

    public string Serial => _serial;

    public Task<GroupSeal> Seal(byte[] message)
    {
        var waiting = new Waiting(HashTree.Leaf(_key.Suite, message));
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(waiting), this);
        return waiting.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _key.Dispose();
    }

    private async Task Loop()
    {
        var group = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            // Whoever is about to come comes along.
            await Task.Yield();
            group.Clear();
            while (group.Count < Most && _queue.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            try
            {
                var tree = new HashTree(_key.Suite, [.. group.Select(one => one.Leaf)]);
                var signature = _key.Sign(GroupSeal.Signed(group.Count, tree.Root));
                for (var i = 0; i < group.Count; i++)
                {
                    group[i].Done.SetResult(new(_key.Suite.Name, _serial, i, group.Count, tree.Path(i), signature));
                }
            }
            catch (Exception broken)
            {
                group.ForEach(one => one.Done.TrySetException(broken));
            }
        }
    }

    private sealed class Waiting(byte[] leaf)
    {
        public byte[] Leaf { get; } = leaf;

        public TaskCompletionSource<GroupSeal> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
