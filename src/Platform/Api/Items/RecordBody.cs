using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using Shali.Platform.Geo;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Items;

/// <summary>What a request wants to write: a GeoJSON feature, or a part of one (merge patch, RFC 7396).</summary>
internal sealed record RecordBody(string? Id, IReadOnlyDictionary<string, object?> Values)
{
    public const int BytesMax = 4 * 1024 * 1024;
    private const int DepthMax = 32;

    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() }, MaxDepth = DepthMax };

    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "type", "id", "geometry", "properties", "record", "links", "bbox",
    };

    private static readonly HashSet<string> RecordMembers = new(StringComparer.Ordinal)
    {
        "version", "changedAt", "validFrom", "validTo", "masked", "sources",
    };

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary>The end of validity was given as null: it is taken back.</summary>
    public bool OpenEnded { get; init; }

    /// <summary>Fingerprint of what was sent and of the reference system in which it is to be read.</summary>
    public byte[] Fingerprint { get; init; } = [];

    /// <param name="whole">Fields that are not given are emptied; otherwise they stay.</param>
    public static async Task<Outcome<RecordBody>> Read(HttpContext context, FeatureShape shape, bool whole)
    {
        var type = (context.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (type is not (Formats.GeoJson or Formats.Json or "application/merge-patch+json"))
        {
            return new Refusal("API-B01", "Content-Type", Text.NotJson);
        }

        var parameters = new Parameters(context.Request);
        var crs = ContentCrs(context.Request, parameters);
        var refusals = parameters.End();
        if (refusals.Any)
        {
            return refusals;
        }

        try
        {
            using var hash = SHA256.Create();
            await using var hashed = new CryptoStream(context.Request.Body, hash, CryptoStreamMode.Read, leaveOpen: true);
            using var document = await JsonDocument.ParseAsync(
                hashed,
                new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false },
                context.RequestAborted);
            var body = new Reading(shape, crs, whole).Feature(document.RootElement);
            return body.Ok
                ? body.Value with { Fingerprint = SHA256.HashData([.. hash.Hash!, .. Encoding.UTF8.GetBytes(crs.Uri)]) }
                : body;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            // The second: half of a surrogate pair in the name of a member.
            return new Refusal("API-B03", "", Text.BadJson);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Refusal("API-B02", "", Text.BodyTooLarge);
        }
    }

    private static Crs ContentCrs(HttpRequest request, Parameters parameters)
    {
        var header = request.Headers["Content-Crs"].ToString();
        if (header.Length == 0)
        {
            return Crs.Crs84;
        }

        if (Crs.Find(header) is { } crs)
        {
            return crs;
        }

        parameters.Refuse("API-P05", "Content-Crs", Text.UnknownCrs(header));
        return Crs.Crs84;
    }

    private sealed class Reading(FeatureShape shape, Crs crs, bool whole)
    {
        private readonly List<Refusal> _refusals = [];
        private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
        private DateOnly? _from;
        private DateOnly? _to;
        private bool _openEnded;

        public Outcome<RecordBody> Feature(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object
                || (whole && !(root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("Feature"))))
            {
                return new Refusal("API-B04", "type", Text.NotFeature);
            }

            if (whole)
            {
                foreach (var field in shape.Fields)
                {
                    _values[field.Name] = null;
                }
            }

            foreach (var member in root.EnumerateObject())
            {
                if (!Members.Contains(member.Name))
                {
                    _refusals.Add(new("API-B05", Shown(member.Name), Text.UnknownMember(member.Name)));
                }
            }

            if (root.TryGetProperty("properties", out var properties))
            {
                Properties(properties);
            }

            if (root.TryGetProperty("geometry", out var geometry))
            {
                Place(geometry);
            }

            if (root.TryGetProperty("record", out var record))
            {
                Record(record);
            }

            var id = Id(root);
            return _refusals.Count > 0
                ? new Refusals(_refusals)
                : new RecordBody(id, _values) { ValidFrom = _from, ValidTo = _to, OpenEnded = _openEnded };
        }

        private string? Id(JsonElement root)
        {
            if (!root.TryGetProperty("id", out var id) || id.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            return id.ValueKind == JsonValueKind.Number ? id.GetRawText() : Words(id, "id");
        }

        private void Properties(JsonElement properties)
        {
            if (properties.ValueKind == JsonValueKind.Null && whole)
            {
                return;
            }

            if (properties.ValueKind != JsonValueKind.Object)
            {
                _refusals.Add(new("API-B04", "properties", Text.NotObject));
                return;
            }

            var plan = Plan.Of(shape.Definition);
            foreach (var member in properties.EnumerateObject())
            {
                var position = plan.Position(member.Name);
                if (position < 0 || position == shape.Place)
                {
                    _refusals.Add(new("REG-F01", Shown(member.Name), Text.UnknownField(member.Name, shape.Definition.Name)));
                }
                else
                {
                    _values[member.Name] = Value(shape.Fields[position], member.Value);
                }
            }
        }

        private void Place(JsonElement geometry)
        {
            if (shape.PlaceField is { } place)
            {
                _values[place.Name] = geometry.ValueKind == JsonValueKind.Null ? null : Geometry(place, geometry);
            }
            else if (geometry.ValueKind != JsonValueKind.Null)
            {
                _refusals.Add(new("API-B06", "geometry", Text.NoPlace));
            }
        }

        private void Record(JsonElement record)
        {
            if (record.ValueKind != JsonValueKind.Object)
            {
                _refusals.Add(new("API-B04", "record", Text.NotObject));
                return;
            }

            foreach (var member in record.EnumerateObject())
            {
                if (!RecordMembers.Contains(member.Name))
                {
                    _refusals.Add(new("API-B05", "record." + Shown(member.Name), Text.UnknownMember(member.Name)));
                }
            }

            _from = Day(record, "validFrom");
            _to = Day(record, "validTo");
            _openEnded = record.TryGetProperty("validTo", out var end) && end.ValueKind == JsonValueKind.Null;
        }

        private DateOnly? Day(JsonElement record, string name)
        {
            if (!record.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (shape.Definition.ValidTime && value.ValueKind == JsonValueKind.String && Words(value, name) is { } text
                && Moments.TryDay(text, out var day))
            {
                return day;
            }

            _refusals.Add(new("API-P03", "record." + name, Text.BadMoment(name)));
            return null;
        }

        private object? Value(FieldDefinition field, JsonElement value)
        {
            var type = field.Type.ClrType;
            if (value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (type == typeof(Geometry))
            {
                return Geometry(field, value);
            }

            var number = type == typeof(long) || type == typeof(decimal);
            switch (value.ValueKind)
            {
                case JsonValueKind.True or JsonValueKind.False when type == typeof(bool):
                    return value.GetBoolean();
                case JsonValueKind.Number when number:
                    return value.TryGetDecimal(out var exact) ? Plain(exact) : value.GetRawText();
                case JsonValueKind.String when !number && type != typeof(bool):
                    return Words(value, field.Name);
                default:
                    var wanted = number ? "数字" : type == typeof(bool) ? " true 或 false" : "字符串";
                    _refusals.Add(new("API-B07", field.Name, Text.WrongJson(field.Label, wanted)));
                    return null;
            }
        }

        private static string Plain(decimal number) =>
            number == decimal.Truncate(number)
                ? decimal.Truncate(number).ToString(System.Globalization.CultureInfo.InvariantCulture)
                : number.ToString(System.Globalization.CultureInfo.InvariantCulture);

        /// <summary>The field's own type reads and judges GeoJSON; here only the order of coordinates is put right.</summary>
        private object? Geometry(FieldDefinition field, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Object && !crs.NorthFirst)
            {
                return value.GetRawText();
            }

            try
            {
                if (value.ValueKind == JsonValueKind.Object && value.Deserialize<Geometry>(GeoJson) is { IsEmpty: false } geometry)
                {
                    var read = crs.Read(geometry, field.Srid);
                    _refusals.AddRange(read.Refusals.Select(refusal => refusal with { Field = field.Name }));
                    return read.Ok ? read.Value : null;
                }
            }
            catch (Exception bad) when (bad is JsonException or ArgumentException or NotSupportedException or InvalidOperationException
                or FormatException or InvalidCastException or NullReferenceException or OverflowException)
            {
                // The library tells malformed geometry by whatever its inner parsers throw.
            }

            _refusals.Add(new("API-B07", field.Name, Geo.Text.NotGeometry));
            return null;
        }

        private string? Words(JsonElement value, string name)
        {
            try
            {
                if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && Api.Words.Clean(text))
                {
                    return text;
                }
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, written as an escape.
            }

            _refusals.Add(new("API-B07", name, Text.BadValue(name)));
            return null;
        }

        private static string Shown(string name) => name.Length <= 60 ? name : name[..60];
    }
}
