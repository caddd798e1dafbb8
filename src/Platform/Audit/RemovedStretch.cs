using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Shali.Platform.Audit;

/// <summary>
/// What a record of a removal seals: that of the records from <paramref name="Low"/> to before <paramref name="High"/>,
/// <paramref name="Count"/> that were older than <paramref name="Until"/> lost their text, and by the digest which.
/// </summary>
/// <param name="Digest">SHA-256 over index (8 bytes, big endian) and leaf hash of each, in their order.</param>
internal sealed record RemovedStretch(long Low, long High, DateTimeOffset Until, long Count, string Digest)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("removed");
        json.WriteNumber("low", Low);
        json.WriteNumber("high", High);
        json.WriteString("until", Until.UtcDateTime);
        json.WriteNumber("count", Count);
        json.WriteString("digest", Digest);
        json.WriteEndObject();
    }

    /// <summary>Null when the body seals no removal.</summary>
    public static RemovedStretch? Read(JsonElement body) => body.TryGetProperty("removed", out var removed)
        ? new(
            removed.GetProperty("low").GetInt64(),
            removed.GetProperty("high").GetInt64(),
            removed.GetProperty("until").GetDateTimeOffset(),
            removed.GetProperty("count").GetInt64(),
            removed.GetProperty("digest").GetString()!)
        : null;

    /// <summary>Adds up the digest, record by record.</summary>
    public sealed class Sum : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Count { get; private set; }

        public void Add(long index, byte[] leaf)
        {
            Span<byte> place = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(place, index);
            _hash.AppendData(place);
            _hash.AppendData(leaf);
            Count++;
        }

        public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

        public void Dispose() => _hash.Dispose();
    }
}
