using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Kernel;

/// <summary>
/// The key from outside the database under which the database keeps its own keys (GB/T 39786-2021, 8.4 e): whoever
/// copies the database alone can neither sign tokens and checkpoints nor open second factors. AES-256-GCM; what is
/// sealed says under which key and for which place, so that a wrong key and a moved value are told from a damaged one.
/// </summary>
public sealed class MasterKey
{
    /// <summary>Length of a key in bytes.</summary>
    public const int Size = 32;

    /// <summary>No key: values are kept as they are. For tests and tools that seal nothing.</summary>
    public static readonly MasterKey None = new([]);

    private const byte Bare = 0;
    private const byte Sealed = 1;
    private const int IdSize = 8;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeadSize = 1 + IdSize + NonceSize + TagSize;

    private readonly byte[][] _keys;

    /// <param name="keys">The key that seals, then earlier ones that still open.</param>
    public MasterKey(IEnumerable<byte[]> keys) => _keys = [.. keys];

    /// <summary>The value as the database keeps it.</summary>
    /// <param name="place">Where it belongs, <c>audit.key</c>: a value does not open in another place.</param>
    public byte[] Seal(ReadOnlySpan<byte> value, string place)
    {
        if (_keys is not [var key, ..])
        {
            return [Bare, .. value];
        }

        var content = new byte[HeadSize + value.Length];
        content[0] = Sealed;
        IdOf(key).CopyTo(content, 1);
        var nonce = content.AsSpan(1 + IdSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, value, content.AsSpan(HeadSize), content.AsSpan(HeadSize - TagSize, TagSize), Encoding.UTF8.GetBytes(place));
        return content;
    }

    /// <summary>The value that was sealed.</summary>
    /// <exception cref="StartRefusedException">No key is at hand, another one, or the value was altered.</exception>
    public byte[] Open(ReadOnlySpan<byte> content, string place)
    {
        if (content is [Bare, ..])
        {
            return content[1..].ToArray();
        }

        if (content.Length < HeadSize || content[0] != Sealed)
        {
            throw new StartRefusedException($"数据库中保存的密钥（{place}）已损坏，请从备份恢复。");
        }

        if (_keys.Length == 0)
        {
            throw new StartRefusedException("数据库中的密钥已用主密钥封存，但没有提供主密钥，拒绝启动。");
        }

        var id = content.Slice(1, IdSize).ToArray();
        var key = Array.Find(_keys, key => IdOf(key).AsSpan().SequenceEqual(id))
            ?? throw new StartRefusedException("主密钥不对：数据库中的密钥是用另一个主密钥封存的，拒绝启动。没有改动任何内容。");
        var value = new byte[content.Length - HeadSize];
        try
        {
            using var cipher = new AesGcm(key, TagSize);
            cipher.Decrypt(
                content.Slice(1 + IdSize, NonceSize), content[HeadSize..], content.Slice(HeadSize - TagSize, TagSize), value, Encoding.UTF8.GetBytes(place));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new StartRefusedException($"数据库中保存的密钥（{place}）被改动过，请从备份恢复。");
        }

        return value;
    }

    /// <summary>Kept as the newest key would keep it: nothing to do when sealing anew.</summary>
    public bool IsCurrent(ReadOnlySpan<byte> content) => _keys is not [var key, ..]
        || (content.Length >= HeadSize && content[0] == Sealed && content.Slice(1, IdSize).SequenceEqual(IdOf(key)));

    private static byte[] IdOf(byte[] key) => SHA256.HashData([.. "shali master key"u8, .. key])[..IdSize];
}
