using System.Collections.Immutable;
using Npgsql;
using OpenIddict.Abstractions;
using Shali.Platform.Kernel;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Shali.Platform.Identity;

/// <summary>The authorizations of OpenIddict.</summary>
internal sealed class AuthorizationStore(Db db)
    : RevocableStore<OpenIdAuthorization>(db, "OpenIddictAuthorizations", Columns), IOpenIddictAuthorizationStore<OpenIdAuthorization>
{
    private static readonly IReadOnlyList<string> Columns =
        [.. CommonColumns, "ApplicationId", "CreationDate", "Scopes", "Status", "Subject", "Type"];

    protected override Sql Dependents => Sql.Of(
        $"""
        , tokens as (delete from identity."OpenIddictTokens" where "AuthorizationId" in (select "Id" from gone))
        """);

    /// <summary>Those that were given to at least these scopes.</summary>
    public IAsyncEnumerable<OpenIdAuthorization> FindAsync(
        string? subject, string? client, string? status, string? type, ImmutableArray<string>? scopes, CancellationToken cancel)
    {
        var matching = Matching(subject, client, status, type);
        return Many(
            scopes is { IsDefaultOrEmpty: false } wanted
                ? Sql.Of($"{matching} and coalesce(\"Scopes\", '[]')::jsonb ?& {wanted.ToArray()}")
                : matching,
            cancel);
    }

    public ValueTask<ImmutableArray<string>> GetScopesAsync(OpenIdAuthorization authorization, CancellationToken cancel) =>
        new(JsonColumn.Strings(authorization.Scopes));

    public ValueTask SetScopesAsync(OpenIdAuthorization authorization, ImmutableArray<string> scopes, CancellationToken cancel) =>
        Set(authorization.Scopes = JsonColumn.Of(scopes));

    /// <summary>
    /// Authorizations without tokens that are no longer valid or were made for one token. They are locked first and looked at
    /// again afterwards: to one that is locked nobody adds a token.
    /// </summary>
    protected override Task<int> Prune(DateTimeOffset before, int limit, CancellationToken cancel)
    {
        var unused = Sql.Of($"not exists (select from identity.\"OpenIddictTokens\" its where its.\"AuthorizationId\" = one.\"Id\")");
        return Db.InTransaction(
            async session =>
            {
                var ids = await session.List(
                    $"""
                    select one."Id" from {Table} one
                    where one."CreationDate" < {before}
                        and (one."Status" is distinct from {Statuses.Valid} or one."Type" = {AuthorizationTypes.AdHoc}) and {unused}
                    limit {limit} for update skip locked
                    """,
                    row => row.GetString(0),
                    cancel);
                return await session.Run($"delete from {Table} one where one.\"Id\" = any({ids.ToArray()}) and {unused}", cancel);
            },
            cancel);
    }

    protected override OpenIdAuthorization Read(NpgsqlDataReader reader, int at) => new()
    {
        ApplicationId = Text(reader, at),
        CreationDate = Date(reader, at + 1),
        Scopes = Text(reader, at + 2),
        Status = Text(reader, at + 3),
        Subject = Text(reader, at + 4),
        Type = Text(reader, at + 5),
    };

    protected override IEnumerable<Sql> Values(OpenIdAuthorization authorization) =>
    [
        Text(authorization.ApplicationId), Date(authorization.CreationDate), Text(authorization.Scopes), Text(authorization.Status),
        Text(authorization.Subject), Text(authorization.Type),
    ];
}
