using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shali.Platform.Audit;

/// <summary>
/// The bytes that are hashed into the tree and kept: one JSON object in UTF-8, members in the order written here,
/// no white space, absent members left out (docs/audit-log.md). The verifier hashes the kept bytes and never
/// writes them again, so that no question of form can make a true record look altered.
/// </summary>
internal static class CanonicalBody
{
    private static readonly JsonWriterOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>Random bytes drawn in advance, and how many of them are used.</summary>
    [ThreadStatic]
    private static byte[]? _salts;

    [ThreadStatic]
    private static int _salted;

    [ThreadStatic]
    private static (string? Id, string? Digest) _session;

    public static LogRecord Write(AuditEntry entry, DateTimeOffset now)
    {
        var at = Microseconds(now);
        var json = Begin(at, entry.Kind);
        WriteCaller(json, entry);
        Text(json, "resource", entry.Resource);
        Texts(json, "keys", entry.Keys);
        Texts(json, "fields", entry.Fields);
        Texts(json, "subjects", entry.Subjects);
        Text(json, "purpose", entry.Purpose);
        Text(json, "case", entry.Case);
        Text(json, "grant", entry.Grant);
        json.WriteBoolean("success", entry.Success);
        Text(json, "note", entry.Note);
        entry.Removed?.Write(json);
        var subjects = entry.Subjects.Count == 0
            ? null
            : Clean(string.Join(LogRecord.Separator, entry.Subjects.Distinct(StringComparer.Ordinal)));
        return new(at, Clean(entry.Kind), Clean(entry.Who.Id), Clean(entry.Resource), subjects, End(json));
    }

    public static LogRecord Write(CommittedAct act)
    {
        var json = Begin(act.At, AuditKinds.Act);
        json.WriteStartObject("who");
        Text(json, "id", act.WhoId);
        Text(json, "name", act.WhoName);
        Text(json, "office", act.Office);
        Text(json, "address", act.Address);
        json.WriteEndObject();
        json.WriteStartObject("act");
        Text(json, "schema", act.Schema);
        json.WriteNumber("id", act.Id);
        Text(json, "kind", act.Kind);
        json.WriteNumber("rows", act.Rows);
        json.WriteString("digest", Convert.ToHexStringLower(act.Digest));
        Text(json, "source", act.Source);
        json.WriteEndObject();
        Text(json, "purpose", act.Purpose);
        Text(json, "case", act.Case);
        return new(act.At, AuditKinds.Act, Clean(act.WhoId), act.Schema, null, End(json)) { Act = (act.Schema, act.Id) };
    }

    private static void WriteCaller(Utf8JsonWriter json, AuditEntry entry)
    {
        var who = entry.Who;
        json.WriteStartObject("who");
        Text(json, "id", who.Id);
        Text(json, "name", who.Name);
        json.WriteString("as", who.Kind.ToString().ToLowerInvariant());
        Text(json, "person", who.Person);
        Text(json, "entity", who.Entity);
        Text(json, "office", who.Office);
        Text(json, "office_name", who.OfficeName);
        Text(json, "role", who.Role);
        if (who.Session.Length > 0)
        {
            json.WriteString("session", Digest(who.Session));
        }

        Text(json, "address", who.Address);
        json.WriteEndObject();
    }

    /// <summary>The session itself may open doors: only its digest is kept, to tell sessions apart.</summary>
    private static string Digest(string session)
    {
        // A busy caller writes entry after entry.
        if (!ReferenceEquals(session, _session.Id))
        {
            _session = (session, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)).AsSpan(0, 8)));
        }

        return _session.Digest!;
    }

    private static Utf8JsonWriter Begin(DateTimeOffset at, string kind)
    {
        _buffer ??= new(1024);
        _buffer.ResetWrittenCount();
        _writer ??= new(_buffer, Form);
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        _writer.WriteNumber("v", 1);
        Span<byte> moment = stackalloc byte[33];
        Utf8Formatter.TryFormat(at.UtcDateTime, moment, out _, 'O');
        moment[26] = (byte)'Z';
        _writer.WriteString("at", moment[..27]);
        Text(_writer, "kind", kind);
        return _writer;
    }

    private static byte[] End(Utf8JsonWriter json)
    {
        // Proofs are public: without the salt, a guess at a short record could be checked against its hash.
        const int Size = 16;
        if ((_salts ??= new byte[Size * 128]).Length == _salted || _salted == 0)
        {
            RandomNumberGenerator.Fill(_salts);
            _salted = 0;
        }

        Span<byte> text = stackalloc byte[24];
        Base64.EncodeToUtf8(_salts.AsSpan(_salted, Size), text, out _, out var length);
        _salted += Size;
        json.WriteString("salt", text[..length]);
        json.WriteEndObject();
        json.Flush();
        return _buffer!.WrittenSpan.ToArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, Clean(value));
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(Clean(value));
        }

        json.WriteEndArray();
    }

    /// <summary>PostgreSQL keeps microseconds.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>What is no text (NUL, half a surrogate pair) becomes U+FFFD: no input may stop the log.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(value))]
    private static string? Clean(string? value)
    {
        if (value is null || value.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 && !value.Contains('\0', StringComparison.Ordinal))
        {
            return value;
        }

        var clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
        return clean.Replace('\0', '\ufffd');
    }
}
