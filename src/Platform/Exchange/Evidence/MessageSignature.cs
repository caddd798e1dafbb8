using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// The signature of one request between a front node and the centre, in the form of RFC 9421: method, path, query and digest of
/// the content (RFC 9530), with the moment, the number of the message and the certificate. It holds also where a proxy ends TLS.
/// </summary>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Number">Never used twice by a node: who sends a message again is found out.</param>
/// <param name="Serial">Number of the node's certificate.</param>
/// <param name="Signature">ASN.1; of a message that was signed in a group, a <see cref="GroupSeal"/> as JSON.</param>
/// <param name="Grouped">What a busy node sends at the same time bears one signature.</param>
public sealed partial record MessageSignature(long Created, long Number, string Serial, byte[] Signature, bool Grouped)
{
    public const string DigestHeader = "Content-Digest";
    public const string InputHeader = "Signature-Input";
    public const string SignatureHeader = "Signature";

    /// <summary>The seal of an answer: a <see cref="GroupSeal"/> as JSON in base64.</summary>
    public const string SealHeader = "Shali-Seal";

    private const string GroupTag = ";tag=\"shali-group\"";

    private const string Covered = "(\"@method\" \"@path\" \"@query\" \"content-digest\")";

    /// <summary>The header that names the digest of a content.</summary>
    public static string DigestOf(SignatureSuite suite, ReadOnlySpan<byte> content) => $"{suite.HashName}=:{Convert.ToBase64String(suite.Hash(content))}:";

    /// <summary>The three headers of a request, signed by itself.</summary>
    /// <param name="pathAndQuery">As it is sent: <c>/exchange/give</c>, <c>/exchange/take?limit=5</c>.</param>
    public static IEnumerable<(string Name, string Value)> Sign(
        SigningKey key, string serial, string method, string pathAndQuery, ReadOnlySpan<byte> content, DateTimeOffset now, long number)
    {
        var digest = DigestOf(key.Suite, content);
        var parameters = Parameters(now.ToUnixTimeSeconds(), number, serial, grouped: false);
        return Headers(digest, parameters, key.Sign(Base(method, pathAndQuery, digest, parameters)));
    }

    /// <summary>The three headers of a request, signed with what else is sent just now.</summary>
    public static async Task<IEnumerable<(string Name, string Value)>> Sign(
        GroupSigner signer, string method, string pathAndQuery, byte[] content, DateTimeOffset now, long number)
    {
        var digest = DigestOf(signer.Suite, content);
        var parameters = Parameters(now.ToUnixTimeSeconds(), number, signer.Serial, grouped: true);
        return Headers(digest, parameters, EvidenceJson.Write(await signer.Seal(Base(method, pathAndQuery, digest, parameters))));
    }

    /// <summary>Null when the headers are not in this form.</summary>
    public static MessageSignature? Read(string input, string signature)
    {
        if (InputForm().Match(input) is not { Success: true } read || SignatureForm().Match(signature) is not { Success: true } signed)
        {
            return null;
        }

        var bytes = new byte[signed.Groups[1].Length];
        return long.TryParse(read.Groups["created"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var created)
            && long.TryParse(read.Groups["nonce"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Convert.TryFromBase64String(signed.Groups[1].Value, bytes, out var length)
                ? new(created, number, read.Groups["keyid"].Value, bytes[..length], read.Groups["tag"].Success)
                : null;
    }

    public bool Holds(VerifyingKey key, string method, string pathAndQuery, string digest)
    {
        var text = Base(method, pathAndQuery, digest, Parameters(Created, Number, Serial, Grouped));
        return Grouped
            ? EvidenceJson.Read<GroupSeal>(Signature) is { Path: not null, Signature: not null } seal && seal.Serial == Serial && seal.Holds(text, key)
            : key.Verify(text, Signature);
    }

    /// <summary>What the centre seals of an answer: to which request it belongs, status and content.</summary>
    public static byte[] Answer(byte[] request, int status, string digest) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"shali-answer-v1\n{Convert.ToBase64String(request)}\n{status}\n{digest}\n"));

    private static IEnumerable<(string Name, string Value)> Headers(string digest, string parameters, byte[] signature) =>
        [(DigestHeader, digest), (InputHeader, "shali=" + parameters), (SignatureHeader, $"shali=:{Convert.ToBase64String(signature)}:")];

    private static string Parameters(long created, long number, string serial, bool grouped) =>
        string.Create(CultureInfo.InvariantCulture, $"{Covered};created={created};nonce=\"{number}\";keyid=\"{serial}\"{(grouped ? GroupTag : "")}");

    private static byte[] Base(string method, string pathAndQuery, string digest, string parameters)
    {
        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (pathAndQuery, "?") : (pathAndQuery[..mark], pathAndQuery[mark..]);
        return Encoding.UTF8.GetBytes(
            $"\"@method\": {method}\n\"@path\": {path}\n\"@query\": {query}\n\"content-digest\": {digest}\n\"@signature-params\": {parameters}");
    }

    [GeneratedRegex("^shali=\\(\"@method\" \"@path\" \"@query\" \"content-digest\"\\);created=(?<created>[0-9]{1,15});nonce=\"(?<nonce>[0-9]{1,18})\";keyid=\"(?<keyid>[0-9a-f]{2,64})\"(?<tag>;tag=\"shali-group\")?$")]
    private static partial Regex InputForm();

    [GeneratedRegex("^shali=:([A-Za-z0-9+/=]{8,4000}):$")]
    private static partial Regex SignatureForm();
}
