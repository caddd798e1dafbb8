using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace Shali.Platform.Identity;

/// <summary>
/// Secrets of clients are kept as one SHA-256. They are 256 random bits (<see cref="Passwords.Secret"/>): nobody finds them by trying,
/// however quick a try is, so that what protects passwords would only make each token cost 10,000 rounds of hashing.
/// </summary>
internal sealed class ClientSecrets(
    IOpenIddictApplicationCache<OpenIdApplication> cache,
    ILogger<OpenIddictApplicationManager<OpenIdApplication>> log,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<OpenIdApplication> store)
    : OpenIddictApplicationManager<OpenIdApplication>(cache, log, options, store)
{
    private const string Kind = "sha256:";

    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) =>
        new(Kept(secret));

    /// <summary>A secret that was kept in the library's own way is still known.</summary>
    protected override ValueTask<bool> ValidateClientSecretAsync(string secret, string comparand, CancellationToken cancellationToken = default) =>
        comparand.StartsWith(Kind, StringComparison.Ordinal)
            ? new(CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Kept(secret)), Encoding.ASCII.GetBytes(comparand)))
            : base.ValidateClientSecretAsync(secret, comparand, cancellationToken);

    private static string Kept(string secret) => Kind + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
