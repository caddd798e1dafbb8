using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Registry.Load;

/// <summary>How a row says which record it means.</summary>
internal enum IdentityKind
{
    /// <summary>The definition's match fields; the platform makes keys for new records.</summary>
    Match,

    /// <summary>The key field.</summary>
    Key,

    /// <summary>
    /// Nothing in the row names the record: the key is made from the row itself, so that the same row read again is
    /// the same record.
    /// </summary>
    Content,
}

/// <summary>Finds the record that a row means, the same way in every run over the same file.</summary>
internal sealed class RowIdentity
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int KeyLength = 26;

    private readonly ResourceDefinition _resource;
    private readonly FieldDefinition[] _fields;

    public RowIdentity(ResourceDefinition resource)
    {
        _resource = resource;
        _fields = [.. resource.Fields];
        var plan = Plan.Of(resource);
        Positions = resource.Match.Count > 0
            ? [.. resource.Match.Select(plan.Position)]
            : resource.Key is { } key ? [plan.Position(key)] : [];
        Kind = resource.Match.Count > 0 ? IdentityKind.Match : resource.Key is null ? IdentityKind.Content : IdentityKind.Key;
        KeyPosition = resource.Key is null ? -1 : plan.Position(resource.Key);
    }

    public IdentityKind Kind { get; }

    /// <summary>Fields that together name the record; empty when nothing does.</summary>
    public int[] Positions { get; }

    /// <summary>Position of the key field, or -1 when the platform makes keys.</summary>
    public int KeyPosition { get; }

    /// <summary>Labels of the naming fields, for sentences.</summary>
    public string Labels => string.Join("、", Positions.Select(position => _fields[position].Label));

    public ulong Hash(object?[] values)
    {
        var hash = RowHash.Start;
        if (Kind == IdentityKind.Content)
        {
            return Content(values);
        }

        foreach (var position in Positions)
        {
            hash = RowHash.Add(hash, _fields[position], values[position]);
        }

        return hash;
    }

    public ulong Content(object?[] values)
    {
        var hash = RowHash.Start;
        for (var i = 0; i < values.Length; i++)
        {
            hash = RowHash.Add(hash, _fields[i], values[i]);
        }

        return hash;
    }

    /// <summary>The text under which the record of these values is looked up in a chunk.</summary>
    public string Word(object?[] values)
    {
        if (Positions.Length == 1)
        {
            return KeyText(Positions[0], values);
        }

        var word = new StringBuilder();
        foreach (var position in Positions)
        {
            word.Append(KeyText(position, values)).Append('\u001f');
        }

        return word.ToString();
    }

    /// <summary>The key of a record with these values, where the definition has a key field.</summary>
    public string KeyText(object?[] values) => KeyText(KeyPosition, values);

    /// <summary>The key of a row that nothing else names; <paramref name="occurrence"/> tells equal rows apart.</summary>
    public string ContentKey(object?[] values, uint occurrence)
    {
        var bytes = RecordDigest.Of(_resource, occurrence.ToString(System.Globalization.CultureInfo.InvariantCulture), 1, RecordDigest.Inserted, values, null, null);
        return string.Create(KeyLength, bytes, static (text, digest) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var bit = i * 5;
                var pair = (digest[bit / 8] << 8) | digest[(bit / 8) + 1];
                text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
            }
        });
    }

    private string KeyText(int position, object?[] values) =>
        values[position] as string ?? _fields[position].Type.Write(_fields[position], values[position]);
}

/// <summary>A quick hash of values, seeded anew in each process: nobody can prepare rows that collide.</summary>
internal static class RowHash
{
    private const ulong Prime = 1_099_511_628_211;

    public static readonly ulong Start = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    public static ulong Add(ulong hash, FieldDefinition field, object? value) => value switch
    {
        null => Mix(hash, 1),
        string text => Add(hash, text),
        DateOnly day => Mix(hash, (ulong)day.DayNumber),
        long number => Mix(hash, unchecked((ulong)number)),
        int number => Mix(hash, unchecked((ulong)number)),
        bool yes => Mix(hash, yes ? 3u : 2u),
        _ => Add(hash, field.Type.Write(field, value)),
    };

    private static ulong Add(ulong hash, string text)
    {
        unchecked
        {
            foreach (var c in text)
            {
                hash = (hash ^ c) * Prime;
                hash ^= hash >> 32;
            }

            return Mix(hash, 0xffff_0000u + (uint)text.Length);
        }
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        unchecked
        {
            hash ^= value;
            hash *= 0xff51afd7ed558ccd;
            hash ^= hash >> 33;
            hash *= 0xc4ceb9fe1a85ec53;
            return hash ^ (hash >> 29);
        }
    }
}
