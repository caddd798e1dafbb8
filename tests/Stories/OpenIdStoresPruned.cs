using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Shali.Tests.Stories;

/// <summary>What has lost its meaning goes; what still works or is young stays.</summary>
public sealed class OpenIdStoresPruned(City city)
{
    private static readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private static readonly DateTimeOffset _threshold = _now.AddDays(-14);
    private static readonly DateTimeOffset _old = _now.AddDays(-15);

    [Fact]
    public async Task Tokens_that_nobody_can_use_any_more_go()
    {
        await using var db = await OwnDatabase();
        var tokens = new TokenStore(db, TimeProvider.System);
        var valid = await Authorization(db, Statuses.Valid, AuthorizationTypes.Permanent, _old);
        var revoked = await Authorization(db, Statuses.Revoked, AuthorizationTypes.Permanent, _old);
        var none = await Authorization(db, null, AuthorizationTypes.Permanent, _old);
        var ahead = _now.AddDays(1);
        string[] staying =
        [
            await Token(Statuses.Valid, _old, ahead, valid),
            await Token(Statuses.Valid, _old, null, null),
            await Token(Statuses.Inactive, _old, ahead, null),
            await Token(Statuses.Redeemed, _now, ahead, null),
            await Token(Statuses.Valid, _now, _now.AddHours(-1), null),
            await Token(Statuses.Valid, null, _now.AddHours(-1), revoked),
        ];
        await Token(Statuses.Redeemed, _old, ahead, valid);
        await Token(Statuses.Revoked, _old, null, null);
        await Token(null, _old, ahead, null);
        await Token(Statuses.Valid, _old, _now.AddHours(-1), valid);
        await Token(Statuses.Valid, _old, ahead, revoked);
        await Token(Statuses.Inactive, _old, ahead, none);

        Assert.Equal(6, await tokens.PruneAsync(_threshold, Cancel));
        var left = await tokens.ListAsync(null, null, Cancel).Select(token => token.Id).ToListAsync(Cancel);
        Assert.Equal(staying.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));

        async Task<string> Token(string? status, DateTimeOffset? created, DateTimeOffset? expires, string? authorization)
        {
            var token = new OpenIdToken
            {
                Status = status,
                CreationDate = created,
                ExpirationDate = expires,
                AuthorizationId = authorization,
            };
            await tokens.CreateAsync(token, Cancel);
            return token.Id;
        }
    }

    [Fact]
    public async Task Authorizations_without_tokens_that_are_not_valid_or_were_for_one_token_go()
    {
        await using var db = await OwnDatabase();
        var authorizations = new AuthorizationStore(db);
        string[] staying =
        [
            await Authorization(db, Statuses.Valid, AuthorizationTypes.Permanent, _old),
            await Authorization(db, Statuses.Revoked, AuthorizationTypes.Permanent, _now),
            await Authorization(db, Statuses.Valid, AuthorizationTypes.AdHoc, _now),
            await Authorization(db, Statuses.Valid, AuthorizationTypes.AdHoc, null),
            await Authorization(db, Statuses.Revoked, AuthorizationTypes.AdHoc, _old),
        ];
        await new TokenStore(db, TimeProvider.System).CreateAsync(
            new()
            {
                AuthorizationId = staying[^1],
            },
            Cancel);
        await Authorization(db, Statuses.Revoked, AuthorizationTypes.Permanent, _old);
        await Authorization(db, null, AuthorizationTypes.Permanent, _old);
        await Authorization(db, Statuses.Valid, AuthorizationTypes.AdHoc, _old);

        Assert.Equal(3, await authorizations.PruneAsync(_threshold, Cancel));
        var left = await authorizations.ListAsync(null, null, Cancel).Select(each => each.Id).ToListAsync(Cancel);
        Assert.Equal(staying.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_nodes_prune_thousands_at_the_same_time_and_neither_waits_for_a_locked_row()
    {
        await using var db = await OwnDatabase();
        await db.Run(
            $"""
            insert into identity."OpenIddictAuthorizations" ("Id", "CreationDate", "Status")
            select 'authorization-' || number, {_old}, 'revoked' from generate_series(1, 3001) number
            """,
            Cancel);
        await db.Run(
            $"""
            insert into identity."OpenIddictTokens" ("Id", "CreationDate", "Status", "AuthorizationId")
            select 'token-' || number, {_old}, 'revoked', 'authorization-' || number from generate_series(1, 3001) number
            """,
            Cancel);
        await db.InTransaction(
            async session =>
            {
                await session.Run($"select from identity.\"OpenIddictTokens\" where \"Id\" = 'token-7' for update", Cancel);
                Assert.Equal(3000, await BothPrune(() => new TokenStore(db, TimeProvider.System).PruneAsync(_threshold, Cancel)));
                await session.Run($"select from identity.\"OpenIddictAuthorizations\" where \"Id\" = 'authorization-8' for update", Cancel);
                Assert.Equal(2999, await BothPrune(() => new AuthorizationStore(db).PruneAsync(_threshold, Cancel)));
            },
            Cancel);
        Assert.Equal(1, await new TokenStore(db, TimeProvider.System).PruneAsync(_threshold, Cancel));
        Assert.Equal(2, await new AuthorizationStore(db).PruneAsync(_threshold, Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<long> BothPrune(Func<ValueTask<long>> prune) =>
        (await Task.WhenAll(prune().AsTask(), prune().AsTask())).Sum();

    private static async Task<string> Authorization(Db db, string? status, string type, DateTimeOffset? created)
    {
        var authorization = new OpenIdAuthorization
        {
            Status = status,
            Type = type,
            CreationDate = created,
        };
        await new AuthorizationStore(db).CreateAsync(authorization, Cancel);
        return authorization.Id;
    }

    private async Task<Db> OwnDatabase() => Db.Briefly(await city.OwnDatabase());
}
