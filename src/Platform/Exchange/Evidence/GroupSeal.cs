using System.Globalization;
using System.Text;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// One signature for many messages: what is signed is the root of a tree over them, and each carries its path. A message
/// verifies alone.
/// </summary>
/// <param name="Suite">Name of the suite.</param>
/// <param name="Serial">Number of the signer's certificate.</param>
/// <param name="Index">Place of the message in the group.</param>
/// <param name="Size">How many messages the group has.</param>
/// <param name="Path">From the message's leaf to the root.</param>
public sealed record GroupSeal(string Suite, string Serial, int Index, int Size, IReadOnlyList<byte[]> Path, byte[] Signature)
{
    /// <summary>The text that is signed for a group.</summary>
    internal static byte[] Signed(int size, byte[] root) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"shali-group-v1\n{size}\n{Convert.ToBase64String(root)}\n"));

    /// <summary>Whether the holder of the key has signed this message.</summary>
    public bool Holds(ReadOnlySpan<byte> message, VerifyingKey key) =>
        key.Suite.Name == Suite
        && HashTree.Climb(key.Suite, HashTree.Leaf(key.Suite, message), Index, Size, Path) is { } root
        && key.VerifyOnce(Signed(Size, root), Signature);
}
