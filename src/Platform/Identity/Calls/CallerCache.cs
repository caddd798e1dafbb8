using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Identity;

/// <summary>
/// Callers that this node has met, by the hash of what they showed: a request by a known caller costs one hash and
/// one look-up. An entry falls when one of its marks is revoked, and after a minute at the latest, so that dated
/// posts begin and end by themselves.
/// </summary>
public sealed class CallerCache
{
    /// <summary>More callers than one node meets in a minute; beyond it the cache starts anew.</summary>
    private const int EntriesMax = 100_000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ShownHash, KnownCaller> _entries = new();

    public CallerCache(Revocations revocations) => revocations.Listen(Drop);

    public KnownCaller? Find(in ShownHash shown, DateTimeOffset now) =>
        _entries.TryGetValue(shown, out var known) && now < known.Until ? known : null;

    public void Keep(in ShownHash shown, KnownCaller known)
    {
        if (_entries.Count >= EntriesMax)
        {
            _entries.Clear();
        }

        _entries[shown] = known;
    }

    public void Remove(in ShownHash shown) => _entries.TryRemove(shown, out _);

    private Task Drop(IReadOnlyList<string> marks)
    {
        // Revocations are rare beside requests: looking through the entries costs less than keeping an index of them.
        var revoked = marks.ToHashSet(StringComparer.Ordinal);
        foreach (var (shown, known) in _entries)
        {
            if (known.Marks.Any(revoked.Contains))
            {
                _entries.TryRemove(shown, out _);
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>SHA-256 of a token or cookie: what was shown is not kept in memory.</summary>
public readonly record struct ShownHash(UInt128 High, UInt128 Low)
{
    public static ShownHash Of(ReadOnlySpan<char> shown)
    {
        Span<byte> hash = stackalloc byte[32];
        Fill(shown, hash);
        return new(
            System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    /// <summary>The hash as the database keeps it.</summary>
    public static byte[] Bytes(string shown)
    {
        var hash = new byte[32];
        Fill(shown, hash);
        return hash;
    }

    private static void Fill(ReadOnlySpan<char> shown, Span<byte> hash)
    {
        const int OnStack = 2048;
        var size = Encoding.UTF8.GetByteCount(shown);
        var bytes = size <= OnStack ? stackalloc byte[size] : new byte[size];
        Encoding.UTF8.GetBytes(shown, bytes);
        SHA256.HashData(bytes, hash);
    }
}

/// <summary>A caller as resolved at one moment, and what would end that.</summary>
/// <param name="Marks">Marks of <see cref="Revocations"/> that make the entry fall.</param>
/// <param name="Scopes">Of a token; null for a session, which may do all that its role may.</param>
/// <param name="Table">The permissions that the caller was given; another table means: give them anew.</param>
/// <param name="Pending">The session that still has a step of the sign-on before it; its caller is nobody.</param>
public sealed record KnownCaller(
    Caller Caller, DateTimeOffset Until, IReadOnlyList<string> Marks, TokenScopes? Scopes, PermissionTable? Table, string? Pending = null)
{
    /// <summary>The same caller with what the table of now gives him.</summary>
    public KnownCaller With(PermissionTable table) => ReferenceEquals(table, Table)
        ? this
        : this with
        {
            Table = table,
            Caller = Caller.Kind == CallerKind.Anonymous
                ? Caller
                : Caller with
                {
                    Permissions = Scopes is null
                        ? table.Of(Caller.Role, Caller.Office)
                        : table.Of(Caller.Role, Caller.Office, Scopes),
                },
        };
}
