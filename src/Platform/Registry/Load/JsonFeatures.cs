using System.Text.Json;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Gives the features of a GeoJSON file one after the other, holding one at a time. Order of the members does not
/// matter; what stands beside <c>features</c> is skipped, except the coordinate system.
/// </summary>
internal sealed class JsonFeatures(string path, int longest) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _last;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64 });
    private Place _place = Place.Before;
    private long _count;

    private enum Place
    {
        Before,
        Members,
        Features,
        After,
    }

    public Refusal? Fault { get; private set; }

    /// <summary>The name of the coordinate system, where the file says one (GeoJSON of 2008).</summary>
    public string? Crs { get; private set; }

    public double Progress => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    public JsonDocument? Next()
    {
        try
        {
            while (Fault is null && _place != Place.After)
            {
                if (Step(out var feature))
                {
                    _count += feature is null ? 0 : 1;
                    if (feature is not null)
                    {
                        return feature;
                    }
                }
                else if (!More())
                {
                    Fault = new("LOAD-F21", "file", Text.BrokenJson(_count + 1));
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second is what a name with half a character (a lone surrogate) gives.
            Fault = new("LOAD-F21", "file", _place == Place.Before ? Text.NotGeoJson : Text.BrokenJson(_count + 1));
        }

        return null;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>One step forward; false when the buffer holds too little for it.</summary>
    private bool Step(out JsonDocument? feature)
    {
        feature = null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _last, _state);
        if (!reader.Read())
        {
            return false;
        }

        switch (_place)
        {
            case Place.Before when reader.TokenType == JsonTokenType.StartObject:
                _place = Place.Members;
                break;
            case Place.Before:
                Fault = new("LOAD-F20", "file", Text.NotGeoJson);
                return true;
            case Place.Members when reader.TokenType == JsonTokenType.EndObject:
                Fault = _count == 0 && !_seen ? new("LOAD-F20", "file", Text.NotGeoJson) : null;
                _place = Place.After;
                break;
            case Place.Members:
                if (!Member(ref reader))
                {
                    return false;
                }

                break;
            case Place.Features when reader.TokenType == JsonTokenType.EndArray:
                _place = Place.Members;
                break;
            case Place.Features:
                var begin = (int)reader.TokenStartIndex;
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    Fault = new("LOAD-F21", "file", Text.BrokenJson(_count + 1));
                    return true;
                }

                if (!reader.TrySkip())
                {
                    return false;
                }

                feature = JsonDocument.Parse(_buffer.AsMemory(_start + begin, (int)reader.BytesConsumed - begin).ToArray());
                break;
        }

        Advance(reader);
        return true;
    }

    private bool _seen;

    private bool Member(ref Utf8JsonReader reader)
    {
        var features = reader.ValueTextEquals("features"u8);
        var crs = reader.ValueTextEquals("crs"u8);
        if (!reader.Read())
        {
            return false;
        }

        if (features && reader.TokenType == JsonTokenType.StartArray)
        {
            _seen = true;
            _place = Place.Features;
            return true;
        }

        var begin = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        if (crs)
        {
            using var document = JsonDocument.Parse(_buffer.AsMemory(_start + begin, (int)reader.BytesConsumed - begin));
            Crs = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("properties", out var properties)
                && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("name", out var name)
                ? name.ToString()
                : Crs;
        }

        return true;
    }

    private void Advance(Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    /// <summary>Reads on; false at the end of the file or when one feature is longer than may be.</summary>
    private bool More()
    {
        if (_last)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= longest)
            {
                return false;
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var atStart = _file.Position == 0;
        var read = _file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _last = read == 0;
        if (atStart && _end >= 3 && _buffer.AsSpan(0, 3).SequenceEqual<byte>([0xef, 0xbb, 0xbf]))
        {
            _start = 3;
        }

        return true;
    }
}
