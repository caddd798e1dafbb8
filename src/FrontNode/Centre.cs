using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode;

/// <summary>Who the node is: its keys, and the certificates that it was given. The private key never leaves the folder.</summary>
public sealed record NodeIdentity(string Node, string Name, string Office, string Suite, string Serial, string Certificate, string Centre, IReadOnlyList<string> Authorities, byte[] Private)
{
    /// <summary>What is shown in mutual TLS, where the suite's own certificate is not for it; null: there is none.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>Its private key.</summary>
    public byte[]? TlsPrivate { get; init; }

    private const string File = "identity.json";

    /// <summary>Null when the node was never let in.</summary>
    public static NodeIdentity? Read(string folder)
    {
        var path = Path.Combine(folder, File);
        return System.IO.File.Exists(path) ? EvidenceJson.Read<NodeIdentity>(System.IO.File.ReadAllBytes(path)) : null;
    }

    /// <summary>Readable by its owner alone; whole or not at all.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(folder, File);
        using (var file = new FileStream(path + ".new", new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(EvidenceJson.Write(this));
            file.Flush(flushToDisk: true);
        }

        System.IO.File.Move(path + ".new", path, overwrite: true);
    }
}

/// <summary>The centre, or somebody on the way, said no.</summary>
/// <param name="Sealed">The centre itself said it: its seal was checked.</param>
public sealed record CentreRefusal(string Code, string Sentence, bool Sealed);

/// <summary>What the centre answered.</summary>
public sealed record CentreAnswer<T>(T? Value, CentreRefusal? Refusal)
    where T : class;

/// <summary>The centre cannot be reached, or what came back is not from it; it is tried again.</summary>
public sealed class CentreAwayException(string sentence) : Exception(sentence);

/// <summary>The way to the centre: signs what is sent, believes only answers that the centre has sealed.</summary>
public sealed class Centre : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly NodeIdentity _identity;
    private readonly SigningKey _key;
    private readonly GroupSigner _signer;
    private readonly VerifyingKey _centre;
    private readonly string _centreSerial;
    private readonly NodeStore _store;
    private readonly TimeProvider _time;
    private readonly Uri _address;
    private readonly HttpMessageInvoker _http;
    private readonly X509Certificate2[] _authorities;
    private volatile Tuple<string, VerifyingKey>? _renewed;

    public Centre(Configuration configuration, NodeIdentity identity, NodeStore store, TimeProvider time)
    {
        (_identity, _store, _time, _address) = (identity, store, time, configuration.Centre);
        Suite = SignatureSuite.Find(identity.Suite)!;
        _key = Suite.Open(identity.Private);
        _signer = new(_key, identity.Serial);
        using var centre = X509Certificate2.CreateFromPem(identity.Centre);
        _centre = SignatureSuite.KeyOf(centre.PublicKey.ExportSubjectPublicKeyInfo())!;
        _centreSerial = centre.SerialNumber.ToLowerInvariant();
        _authorities = [.. identity.Authorities.Select(pem => X509Certificate2.CreateFromPem(pem))];
        _http = Http(configuration, identity);
    }

    public SignatureSuite Suite { get; }

    public SigningKey Key => _key;

    public NodeIdentity Identity => _identity;

    /// <summary>What the clock of the centre said last, less ours; shown on the status page.</summary>
    public TimeSpan? ClockOff { get; private set; }

    /// <summary>Let the node in: makes its keys, sends the request with the one-time code, keeps what comes back.</summary>
    public static async Task<NodeIdentity> Enrol(Configuration configuration, string code, CancellationToken cancel)
    {
        var suite = SignatureSuite.Find(configuration.Suite)!;
        using var key = suite.NewKey();

        // Common TLS does not know keys of SM2: such a node shows another certificate where one is asked for.
        using var tls = suite == SignatureSuite.P256 ? null : SignatureSuite.P256.NewKey();
        using var http = Http(configuration, null);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(configuration.Centre, "/exchange/enrol"))
        {
            Content = new ByteArrayContent(EvidenceJson.Write(new EnrolRequest(code, suite.Name, key.Request("shali-node"), tls?.Request("shali-node")))),
        };
        using var answer = await Send(http, request, cancel);
        var content = await answer.Content.ReadAsByteArrayAsync(cancel);
        if (answer.StatusCode != HttpStatusCode.OK || EvidenceJson.Read<Enrolled>(content) is not { Node: not null } enrolled)
        {
            var (refusal, sentence) = Problem(content);
            throw new NodeRefusedException(Text.EnrolmentRefused(refusal, sentence));
        }

        var identity = new NodeIdentity(
            enrolled.Node, enrolled.Name, enrolled.Office, suite.Name, enrolled.Serial, enrolled.Certificate, enrolled.Centre, enrolled.Authorities, key.Private())
        {
            TlsCertificate = enrolled.TlsCertificate,
            TlsPrivate = enrolled.TlsCertificate is null ? null : tls?.Private(),
        };
        identity.Write(configuration.Data);
        return identity;
    }

    public Task<CentreAnswer<T>> Get<T>(string pathAndQuery, CancellationToken cancel)
        where T : class => Ask<T>(HttpMethod.Get, pathAndQuery, [], cancel);

    public Task<CentreAnswer<T>> Post<T>(string path, byte[] content, CancellationToken cancel)
        where T : class => Ask<T>(HttpMethod.Post, path, content, cancel);

    /// <summary>Whether the centre has sealed this, with the key that it had at the enrolment or one that its authority has certified since.</summary>
    public bool Sealed(GroupSeal seal, byte[] message) =>
        seal.Serial == _centreSerial ? seal.Holds(message, _centre) : _renewed is { } later && later.Item1 == seal.Serial && seal.Holds(message, later.Item2);

    public void Dispose()
    {
        _http.Dispose();
        _signer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        foreach (var authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private async Task<CentreAnswer<T>> Ask<T>(HttpMethod method, string pathAndQuery, byte[] content, CancellationToken cancel)
        where T : class
    {
        var uri = new Uri(_address, pathAndQuery);
        using var request = new HttpRequestMessage(method, uri);
        if (method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.ContentType = new("application/json");
        }

        var number = await _store.Number(_time.GetUtcNow(), cancel);
        byte[] signature = [];
        foreach (var (name, value) in await MessageSignature.Sign(_signer, method.Method, uri.PathAndQuery, content, _time.GetUtcNow(), number))
        {
            request.Headers.TryAddWithoutValidation(name, value);
            if (name == MessageSignature.SignatureHeader)
            {
                signature = Convert.FromBase64String(value["shali=:".Length..^1]);
            }
        }

        using var answer = await Send(_http, request, cancel);
        var bytes = await Content(answer, cancel);
        if (answer.Headers.Date is { } date)
        {
            ClockOff = date - _time.GetUtcNow();
        }

        var from = await IsSealed(answer, signature, bytes, cancel);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return from && EvidenceJson.Read<T>(bytes) is { } value ? new(value, null) : throw new CentreAwayException(Text.NotFromCentre);
        }

        var (code, sentence) = Problem(bytes);
        sentence = from ? sentence : Text.OfProxy(code) ?? sentence;
        return code.Length > 0 ? new(null, new(code, sentence, from)) : throw new CentreAwayException(Text.CentreSays((int)answer.StatusCode));
    }

    private async Task<bool> IsSealed(HttpResponseMessage answer, byte[] signature, byte[] content, CancellationToken cancel)
    {
        if (!answer.Headers.TryGetValues(MessageSignature.SealHeader, out var seals) || EvidenceJson.Read<GroupSeal>(Base64(seals.First())) is not { Path: not null, Signature: not null } seal)
        {
            return false;
        }

        if (seal.Serial != _centreSerial && _renewed?.Item1 != seal.Serial)
        {
            await Renewed(seal.Serial, cancel);
        }

        return Sealed(seal, MessageSignature.Answer(signature, (int)answer.StatusCode, MessageSignature.DigestOf(Suite, content)));
    }

    /// <summary>The centre's key was replaced: the new certificate is fetched, and believed when the authority that we know has signed it.</summary>
    private async Task Renewed(string serial, CancellationToken cancel)
    {
        if (serial.Length > 64 || !serial.All(char.IsAsciiHexDigitLower))
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, $"/ca/certificates/{serial}.crt"));
        using var answer = await Send(_http, request, cancel);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return;
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(await answer.Content.ReadAsByteArrayAsync(cancel));
            using var own = X509Certificate2.CreateFromPem(_identity.Centre);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
            foreach (var authority in _authorities)
            {
                (authority.Subject == authority.Issuer ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(authority);
            }

            // Any node has a certificate of this authority: only one with the centre's own name is the centre's.
            if (certificate.Subject == own.Subject && chain.Build(certificate) && SignatureSuite.KeyOf(certificate.PublicKey.ExportSubjectPublicKeyInfo()) is { } key)
            {
                _renewed = Tuple.Create(serial, key);
            }
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // No certificate: not believed.
        }
    }

    private static async Task<byte[]> Content(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return await answer.Content.ReadAsByteArrayAsync(cancel);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new CentreAwayException(Text.CentreAway(cut.Message));
        }
    }

    private static async Task<HttpResponseMessage> Send(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await http.SendAsync(request, patience.Token);
        }
        catch (Exception away) when (away is HttpRequestException or IOException || (away is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new CentreAwayException(Text.CentreAway(away.InnerException?.Message ?? away.Message));
        }
    }

    private static (string Code, string Sentence) Problem(byte[] content)
    {
        try
        {
            using var read = JsonDocument.Parse(content);
            return (read.RootElement.GetProperty("code").GetString() ?? "", read.RootElement.GetProperty("detail").GetString() ?? "");
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ("", "");
        }
    }

    private static byte[] Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    /// <summary>Shows the node's certificate to a host that asks for it (mutual TLS).</summary>
    private static HttpMessageInvoker Http(Configuration configuration, NodeIdentity? identity)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15), PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (identity is not null && (identity.Suite == SignatureSuite.P256.Name ? (identity.Certificate, identity.Private) : (identity.TlsCertificate!, identity.TlsPrivate!)) is ({ } pem, { } secret))
        {
            using var bare = X509Certificate2.CreateFromPem(pem);
            using var key = System.Security.Cryptography.ECDsa.Create();
            key.ImportPkcs8PrivateKey(secret, out _);

            // With what is between it and the root, and without asking anybody for it.
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(
                bare.CopyWithPrivateKey(key), [.. identity.Authorities.Select(authority => X509Certificate2.CreateFromPem(authority))], offline: true);
        }

        if (configuration.CaFile is { } file)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return new HttpMessageInvoker(handler);
    }
}
