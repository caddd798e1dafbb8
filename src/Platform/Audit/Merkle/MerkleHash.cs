using System.Security.Cryptography;

namespace Shali.Platform.Audit.Merkle;

/// <summary>
/// The hashes of RFC 6962 section 2.1: a leaf and a node can never be mistaken for each other, because each begins
/// with a byte of its own.
/// </summary>
public static class MerkleHash
{
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>The root of the tree without leaves.</summary>
    public static byte[] Empty => SHA256.HashData(ReadOnlySpan<byte>.Empty);

    /// <summary>SHA-256(0x00 || body)</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> body)
    {
        var hash = new byte[Size];
        Leaf(body, hash);
        return hash;
    }

    /// <summary>The same, into memory of the caller.</summary>
    public static void Leaf(ReadOnlySpan<byte> body, Span<byte> hash)
    {
        const int onStack = 2048;
        if (body.Length >= onStack)
        {
            using var steps = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            steps.AppendData([0]);
            steps.AppendData(body);
            steps.GetHashAndReset(hash);
            return;
        }

        Span<byte> input = stackalloc byte[onStack];
        input[0] = 0;
        body.CopyTo(input[1..]);
        SHA256.HashData(input[..(body.Length + 1)], hash);
    }

    /// <summary>SHA-256(0x01 || left || right)</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[1 + Size + Size];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Size)..]);
        return SHA256.HashData(input);
    }
}
