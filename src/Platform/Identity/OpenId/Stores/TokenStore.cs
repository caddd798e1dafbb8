using Npgsql;
using OpenIddict.Abstractions;
using Shali.Platform.Kernel;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Shali.Platform.Identity;

/// <summary>The tokens of OpenIddict.</summary>
internal sealed class TokenStore(Db db, TimeProvider time)
    : RevocableStore<OpenIdToken>(db, "OpenIddictTokens", Columns), IOpenIddictTokenStore<OpenIdToken>
{
    private static readonly IReadOnlyList<string> Columns =
    [
        .. CommonColumns, "ApplicationId", "AuthorizationId", "CreationDate", "ExpirationDate", "Payload", "RedemptionDate", "ReferenceId",
        "Status", "Subject", "Type",
    ];

    public IAsyncEnumerable<OpenIdToken> FindAsync(string? subject, string? client, string? status, string? type, CancellationToken cancel) =>
        Many(Matching(subject, client, status, type), cancel);

    public IAsyncEnumerable<OpenIdToken> FindByAuthorizationIdAsync(string identifier, CancellationToken cancel) =>
        Many($"\"AuthorizationId\" = {identifier}", cancel);

    public ValueTask<OpenIdToken?> FindByReferenceIdAsync(string identifier, CancellationToken cancel) =>
        One($"\"ReferenceId\" = {identifier}", cancel);

    public ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancel) =>
        Revoke($"\"AuthorizationId\" = {identifier}", cancel);

    public ValueTask<string?> GetAuthorizationIdAsync(OpenIdToken token, CancellationToken cancel) => new(token.AuthorizationId);

    public ValueTask<DateTimeOffset?> GetExpirationDateAsync(OpenIdToken token, CancellationToken cancel) => new(token.ExpirationDate);

    public ValueTask<string?> GetPayloadAsync(OpenIdToken token, CancellationToken cancel) => new(token.Payload);

    public ValueTask<DateTimeOffset?> GetRedemptionDateAsync(OpenIdToken token, CancellationToken cancel) => new(token.RedemptionDate);

    public ValueTask<string?> GetReferenceIdAsync(OpenIdToken token, CancellationToken cancel) => new(token.ReferenceId);

    public ValueTask SetAuthorizationIdAsync(OpenIdToken token, string? identifier, CancellationToken cancel) =>
        Set(token.AuthorizationId = identifier);

    public ValueTask SetExpirationDateAsync(OpenIdToken token, DateTimeOffset? date, CancellationToken cancel) =>
        Set(token.ExpirationDate = date);

    public ValueTask SetPayloadAsync(OpenIdToken token, string? payload, CancellationToken cancel) => Set(token.Payload = payload);

    public ValueTask SetRedemptionDateAsync(OpenIdToken token, DateTimeOffset? date, CancellationToken cancel) =>
        Set(token.RedemptionDate = date);

    public ValueTask SetReferenceIdAsync(OpenIdToken token, string? identifier, CancellationToken cancel) =>
        Set(token.ReferenceId = identifier);

    /// <summary>Tokens that nobody can use any more: used, revoked, expired, or made on an authorization that is no longer valid.</summary>
    protected override Task<int> Prune(DateTimeOffset before, int limit, CancellationToken cancel) => Db.Run(
        $"""
        with useless as (
            select token."Id" from {Table} token
            where token."CreationDate" < {before}
                and (coalesce(token."Status", '') not in ({Statuses.Inactive}, {Statuses.Valid})
                    or token."ExpirationDate" < {time.GetUtcNow()}
                    or exists (
                        select from identity."OpenIddictAuthorizations" its
                        where its."Id" = token."AuthorizationId" and its."Status" is distinct from {Statuses.Valid}))
            limit {limit} for update skip locked)
        delete from {Table} token using useless where token."Id" = useless."Id"
        """,
        cancel);

    protected override OpenIdToken Read(NpgsqlDataReader reader, int at) => new()
    {
        ApplicationId = Text(reader, at),
        AuthorizationId = Text(reader, at + 1),
        CreationDate = Date(reader, at + 2),
        ExpirationDate = Date(reader, at + 3),
        Payload = Text(reader, at + 4),
        RedemptionDate = Date(reader, at + 5),
        ReferenceId = Text(reader, at + 6),
        Status = Text(reader, at + 7),
        Subject = Text(reader, at + 8),
        Type = Text(reader, at + 9),
    };

    protected override IEnumerable<Sql> Values(OpenIdToken token) =>
    [
        Text(token.ApplicationId), Text(token.AuthorizationId), Date(token.CreationDate), Date(token.ExpirationDate), Text(token.Payload),
        Date(token.RedemptionDate), Text(token.ReferenceId), Text(token.Status), Text(token.Subject), Text(token.Type),
    ];
}
