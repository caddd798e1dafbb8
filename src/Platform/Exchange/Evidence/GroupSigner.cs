using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>Signs what waits in groups: one signature over the root of a tree, and for each message its path to the root.</summary>
public sealed class GroupSigner : IAsyncDisposable
{
    /// <summary>A signature costs a hundred hashes: while many come, it waits for so many more.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(1);

    private readonly SigningKey _key;
    private readonly Gathering<byte[], GroupSeal> _leaves;

    /// <param name="serial">Number of the certificate of the key.</param>
    public GroupSigner(SigningKey key, string serial)
    {
        (_key, Serial) = (key, serial);
        _leaves = new(leaves => Task.FromResult(Sign(leaves)), linger: Linger);
    }

    public SignatureSuite Suite => _key.Suite;

    public string Serial { get; }

    public Task<GroupSeal> Seal(byte[] message) => _leaves.Ask(HashTree.Leaf(Suite, message));

    public async ValueTask DisposeAsync()
    {
        await _leaves.DisposeAsync();
        _key.Dispose();
    }

    private IReadOnlyList<GroupSeal> Sign(IReadOnlyList<byte[]> leaves)
    {
        var tree = new HashTree(Suite, leaves);
        var signature = _key.Sign(GroupSeal.Signed(leaves.Count, tree.Root));
        return [.. leaves.Select((_, i) => new GroupSeal(Suite.Name, Serial, i, leaves.Count, tree.Path(i), signature))];
    }
}
