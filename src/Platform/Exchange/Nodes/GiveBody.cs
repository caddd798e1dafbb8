using System.Buffers;
using System.Text.Json;
using Shali.Platform.Exchange.Evidence;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>
/// The content of a batch on the wire: the node's signed statement, the names of the fields, the rows as arrays of text in their order
/// (null: no value), and of rows that are gone the fields that name them.
/// </summary>
/// <param name="KeyFields">Names of the fields of <paramref name="Gone"/>.</param>
public sealed record GiveBody(
    SignedStatement Statement, IReadOnlyList<string> Fields, IReadOnlyList<string?[]> Rows, IReadOnlyList<string> KeyFields, IReadOnlyList<string?[]> Gone)
{
    /// <summary>Most rows of a batch, both kinds together.</summary>
    public const int RowsMax = 20_000;

    private const int FieldsMax = 500;

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WritePropertyName("statement"u8);
            json.WriteRawValue(EvidenceJson.Write(Statement), skipInputValidation: true);
            Write(json, "fields", Fields, Rows);
            Write(json, "key_fields", KeyFields, Gone);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Null when the bytes are no batch, or one beyond all limits.</summary>
    public static GiveBody? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var json = new Utf8JsonReader(bytes, new() { MaxDepth = 8 });
            return Read(ref json);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static GiveBody? Read(ref Utf8JsonReader json)
    {
        SignedStatement? statement = null;
        IReadOnlyList<string>? fields = null, keyFields = null;
        List<string?[]>? rows = null, gone = null;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "statement":
                    statement = JsonSerializer.Deserialize<SignedStatement>(ref json, EvidenceJson.Options);
                    break;
                case "fields":
                    fields = Names(ref json);
                    break;
                case "fields_rows":
                    rows = Table(ref json, fields?.Count ?? 0);
                    break;
                case "key_fields":
                    keyFields = Names(ref json);
                    break;
                case "key_fields_rows":
                    gone = Table(ref json, keyFields?.Count ?? 0);
                    break;
                default:
                    return null;
            }
        }

        return statement is { Text: not null, Serial: not null, Signature: not null } && fields is not null && rows is not null && keyFields is not null && gone is not null
            && rows.Count + gone.Count <= RowsMax ? new(statement, fields, rows, keyFields, gone) : null;
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> fields, IReadOnlyList<string?[]> rows)
    {
        json.WriteStartArray(name);
        foreach (var field in fields)
        {
            json.WriteStringValue(field);
        }

        json.WriteEndArray();
        json.WriteStartArray(name + "_rows");
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var value in row)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static List<string> Names(ref Utf8JsonReader json)
    {
        var names = new List<string>();
        Demand(json.TokenType == JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Demand(names.Count < FieldsMax);
            names.Add(json.GetString() ?? "");
        }

        return names;
    }

    private static List<string?[]> Table(ref Utf8JsonReader json, int width)
    {
        var rows = new List<string?[]>();
        Demand(json.TokenType == JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Demand(json.TokenType == JsonTokenType.StartArray && rows.Count < RowsMax);
            var row = new string?[width];
            for (var i = 0; i < width; i++)
            {
                Demand(json.Read() && json.TokenType is JsonTokenType.String or JsonTokenType.Null);
                row[i] = json.GetString();
            }

            Demand(json.Read() && json.TokenType == JsonTokenType.EndArray);
            rows.Add(row);
        }

        return rows;
    }

    private static void Demand(bool holds)
    {
        if (!holds)
        {
            throw new JsonException();
        }
    }
}
