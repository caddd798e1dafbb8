using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>A node with its key, as messages are checked against it.</summary>
/// <param name="Key">Null for a node that never had a certificate.</param>
public sealed record KnownNode(ExchangeNode Node, VerifyingKey? Key, string Pem, DateTimeOffset To);

/// <summary>All nodes that have certificates, as this host knows them: at most a second old (<see cref="Revocations"/>).</summary>
public sealed class NodeBook
{
    /// <summary>The announcement: a node was let in, renewed or ended.</summary>
    public const string Mark = "nodes";

    private readonly ResourceRegistry _registry;
    private readonly RecordReader _reader;
    private readonly CertificateAuthority _authority;
    private volatile FrozenDictionary<string, KnownNode> _bySerial = FrozenDictionary<string, KnownNode>.Empty;

    public NodeBook(ResourceRegistry registry, RecordReader reader, CertificateAuthority authority, Revocations revocations)
    {
        (_registry, _reader, _authority) = (registry, reader, authority);
        revocations.Listen(marks => marks.Contains(Mark, StringComparer.Ordinal) ? Reload(CancellationToken.None) : Task.CompletedTask);
    }

    /// <summary>By the number of its certificate, also when it was ended.</summary>
    public KnownNode? Find(string serial) => _bySerial.GetValueOrDefault(serial);

    /// <summary>Reads all nodes anew.</summary>
    public async Task Reload(CancellationToken cancel)
    {
        if (_registry.Find(NodeDesk.Resource.Id) is not { } resource)
        {
            return;
        }

        var (before, now) = (_bySerial, new Dictionary<string, KnownNode>(StringComparer.Ordinal));
        await foreach (var record in _reader.Stream(resource, new RecordQuery(), cancel))
        {
            var node = Typed<ExchangeNode>.Of(record);
            if (node.Serial is not { } serial)
            {
                continue;
            }

            now[serial] = before.TryGetValue(serial, out var known) ? known with { Node = node } : await Open(node, serial, cancel);
        }

        _bySerial = now.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private async Task<KnownNode> Open(ExchangeNode node, string serial, CancellationToken cancel)
    {
        if (await _authority.Find(serial, cancel) is not { } kept)
        {
            return new(node, null, "", default);
        }

        using var certificate = X509Certificate2.CreateFromPem(kept.Pem);
        return new(node, SignatureSuite.KeyOf(certificate.PublicKey.ExportSubjectPublicKeyInfo()), kept.Pem, kept.ValidTo);
    }

    /// <summary>Makes the book with the host, so that it hears the first announcement.</summary>
    internal sealed class Opening(NodeBook book) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => book.Reload(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
