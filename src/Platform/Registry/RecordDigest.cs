using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Registry;

/// <summary>
/// The fingerprint of one version of a record, kept in the journal and covered by the transparency log. Whoever
/// changes a row behind the platform's back cannot make it fit again.
/// Canonical bytes: resource, key, version, operation, validity, then name and value of every field that has one, in
/// order of name; so a later, additive version of the definition leaves old fingerprints as they are.
/// </summary>
public static class RecordDigest
{
    public const char Inserted = 'I';
    public const char Updated = 'U';
    public const char Deleted = 'D';

    private const byte FieldEnd = 0x1f;
    private const byte RecordEnd = 0x1e;

    public static byte[] Of(Record record, char operation, int version) =>
        Of(record.Definition, record.Key, version, operation, record.Values, record.ValidFrom, record.ValidTo);

    public static byte[] Of(
        ResourceDefinition resource, string key, int version, char operation, object?[] values, DateOnly? validFrom, DateOnly? validTo)
    {
        var buffer = Buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        Text(buffer, resource.Id);
        Text(buffer, key);
        Text(buffer, version.ToString(CultureInfo.InvariantCulture));
        Byte(buffer, (byte)operation);
        if (operation != Deleted)
        {
            Text(buffer, validFrom?.ToString("O", CultureInfo.InvariantCulture) ?? "");
            Text(buffer, validTo?.ToString("O", CultureInfo.InvariantCulture) ?? "");
            foreach (var i in Order(resource))
            {
                if (values[i] is { } value)
                {
                    var field = resource.Fields[i];
                    Text(buffer, field.Name);
                    Text(buffer, value as string ?? field.Type.Write(field, value));
                    Byte(buffer, RecordEnd);
                }
            }
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>The digest of an act: over the digests of its journal rows, in their order.</summary>
    public static byte[] OfAct(IEnumerable<byte[]> journal)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var digest in journal)
        {
            hash.AppendData(digest);
        }

        return hash.GetHashAndReset();
    }

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? Buffer;

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<ResourceDefinition, int[]> Orders = [];

    private static int[] Order(ResourceDefinition resource) => Orders.GetValue(
        resource,
        static r => [.. Enumerable.Range(0, r.Fields.Count).OrderBy(i => r.Fields[i].Name, StringComparer.Ordinal)]);

    private static void Text(ArrayBufferWriter<byte> buffer, string text)
    {
        // The length goes first: no value can be written so that it reads as two.
        var bytes = Encoding.UTF8.GetByteCount(text);
        var span = buffer.GetSpan(bytes + 5);
        BinaryPrimitives.WriteInt32BigEndian(span, bytes);
        Encoding.UTF8.GetBytes(text, span[4..]);
        span[4 + bytes] = FieldEnd;
        buffer.Advance(bytes + 5);
    }

    private static void Byte(ArrayBufferWriter<byte> buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }
}
