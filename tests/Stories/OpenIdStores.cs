using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Shali.Platform.Identity;
using Shali.Tests.Support;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace Shali.Tests.Stories;

/// <summary>What OpenIddict relies on in its stores.</summary>
public sealed class OpenIdStores(City city)
{
    private ApplicationStore Applications => (ApplicationStore)city.Service<IOpenIddictApplicationStore<OpenIdApplication>>();

    private AuthorizationStore Authorizations => (AuthorizationStore)city.Service<IOpenIddictAuthorizationStore<OpenIdAuthorization>>();

    private TokenStore Tokens => (TokenStore)city.Service<IOpenIddictTokenStore<OpenIdToken>>();

    private ScopeStore Scopes => (ScopeStore)city.Service<IOpenIddictScopeStore<OpenIdScope>>();

    [Fact]
    public async Task Of_two_who_write_an_application_the_second_is_refused() =>
        await OnlyTheFirstWrites(Applications, NewApplication(), (row, mark) => row.DisplayName = mark, row => row.DisplayName);

    [Fact]
    public async Task Of_two_who_write_an_authorization_the_second_is_refused() =>
        await OnlyTheFirstWrites(Authorizations, new OpenIdAuthorization(), (row, mark) => row.Subject = mark, row => row.Subject);

    [Fact]
    public async Task Of_two_who_write_a_token_the_second_is_refused() =>
        await OnlyTheFirstWrites(Tokens, new OpenIdToken(), (row, mark) => row.Payload = mark, row => row.Payload);

    [Fact]
    public async Task Of_two_who_write_a_scope_the_second_is_refused() =>
        await OnlyTheFirstWrites(Scopes, new OpenIdScope(), (row, mark) => row.Description = mark, row => row.Description);

    [Fact]
    public async Task A_token_is_kept_whole()
    {
        var application = NewApplication();
        await Applications.CreateAsync(application, Cancel);
        var authorization = new OpenIdAuthorization
        {
            ApplicationId = application.Id,
        };
        await Authorizations.CreateAsync(authorization, Cancel);
        var local = new DateTimeOffset(2031, 2, 3, 12, 30, 0, TimeSpan.FromHours(8));
        var token = new OpenIdToken
        {
            ApplicationId = application.Id,
            AuthorizationId = authorization.Id,
            CreationDate = local,
            ExpirationDate = local.AddHours(1),
            Payload = "载荷",
            Properties = "{\"a\":1}",
            RedemptionDate = local.AddHours(2),
            ReferenceId = Guid.NewGuid().ToString(),
            Status = Statuses.Valid,
            Subject = "somebody",
            Type = TokenTypeIdentifiers.RefreshToken,
        };
        await Tokens.CreateAsync(token, Cancel);
        Assert.True(Guid.TryParseExact(token.Id, "D", out _));
        var read = (await Tokens.FindByReferenceIdAsync(token.ReferenceId, Cancel))!;
        Assert.Equivalent(token, read, strict: true);
        Assert.Equal(TimeSpan.Zero, read.CreationDate!.Value.Offset);
        Assert.Equal(token.Id, (await Tokens.FindByAuthorizationIdAsync(authorization.Id, Cancel).SingleAsync(Cancel)).Id);
        Assert.Equal(token.Id, (await Tokens.FindByApplicationIdAsync(application.Id, Cancel).SingleAsync(Cancel)).Id);
        Assert.Empty(await Tokens.FindAsync("somebody", application.Id, Statuses.Revoked, null, Cancel).ToListAsync(Cancel));
        Assert.Single(await Tokens.FindAsync("somebody", application.Id, null, token.Type, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Of_two_who_redeem_a_token_at_the_same_time_one_gets_through()
    {
        var token = new OpenIdToken
        {
            Status = Statuses.Valid,
            Subject = "somebody",
            Type = TokenTypeIdentifiers.RefreshToken,
        };
        await Tokens.CreateAsync(token, Cancel);
        await using var here = city.Services.CreateAsyncScope();
        await using var there = city.Services.CreateAsyncScope();
        IOpenIddictTokenManager[] nodes = [Manager<IOpenIddictTokenManager>(here), Manager<IOpenIddictTokenManager>(there)];
        var found = await Task.WhenAll(nodes.Select(async node => (await node.FindByIdAsync(token.Id, Cancel))!));
        var redeemed = await Task.WhenAll(nodes.Zip(found, (node, each) => node.TryRedeemAsync(each, Cancel).AsTask()));
        Assert.Single(redeemed, done => done);
        Assert.Equal(Statuses.Redeemed, (await Tokens.FindByIdAsync(token.Id, Cancel))!.Status);
    }

    [Fact]
    public async Task A_revoked_token_does_not_come_back_and_the_count_says_how_many_were_revoked()
    {
        var authorization = new OpenIdAuthorization
        {
            Subject = "revoked-" + Guid.NewGuid(),
            Status = Statuses.Valid,
        };
        await Authorizations.CreateAsync(authorization, Cancel);
        foreach (var status in (string?[])[Statuses.Valid, Statuses.Redeemed, Statuses.Revoked, null])
        {
            await Tokens.CreateAsync(
                new()
                {
                    AuthorizationId = authorization.Id,
                    Subject = authorization.Subject,
                    Status = status,
                    Type = status is null ? "odd" : "plain",
                },
                Cancel);
        }

        var before = await Tokens.FindBySubjectAsync(authorization.Subject, Cancel).ToListAsync(Cancel);
        Assert.Equal(1, await Tokens.RevokeAsync(authorization.Subject, null, null, "odd", Cancel));
        Assert.Equal(2, await Tokens.RevokeByAuthorizationIdAsync(authorization.Id, Cancel));
        Assert.Equal(0, await Tokens.RevokeBySubjectAsync(authorization.Subject, Cancel));
        Assert.Equal(0, await Tokens.RevokeByApplicationIdAsync(authorization.Id, Cancel));
        Assert.Equal(0, await Authorizations.RevokeAsync(authorization.Subject, null, Statuses.Inactive, null, Cancel));
        Assert.Equal(1, await Authorizations.RevokeBySubjectAsync(authorization.Subject, Cancel));
        Assert.Equal(Statuses.Revoked, (await Authorizations.FindByIdAsync(authorization.Id, Cancel))!.Status);

        var after = await Tokens.FindBySubjectAsync(authorization.Subject, Cancel).ToListAsync(Cancel);
        Assert.All(after, token => Assert.Equal(Statuses.Revoked, token.Status));
        Assert.Equal(3, after.Select(token => token.ConcurrencyToken).Except(before.Select(token => token.ConcurrencyToken)).Count());
        var valid = before.Single(token => token.Status == Statuses.Valid);
        await Assert.ThrowsAsync<ConcurrencyException>(async () => await Tokens.UpdateAsync(valid, Cancel));
    }

    [Fact]
    public async Task An_application_goes_with_its_authorizations_and_tokens_or_not_at_all()
    {
        var application = NewApplication();
        await Applications.CreateAsync(application, Cancel);
        var authorization = new OpenIdAuthorization
        {
            ApplicationId = application.Id,
        };
        await Authorizations.CreateAsync(authorization, Cancel);
        OpenIdToken[] tokens = [new() { ApplicationId = application.Id }, new() { AuthorizationId = authorization.Id }];
        foreach (var token in tokens)
        {
            await Tokens.CreateAsync(token, Cancel);
        }

        var old = (await Applications.FindByIdAsync(application.Id, Cancel))!;
        await Applications.UpdateAsync(application, Cancel);
        await Assert.ThrowsAsync<ConcurrencyException>(async () => await Applications.DeleteAsync(old, Cancel));
        Assert.NotNull(await Tokens.FindByIdAsync(tokens[0].Id, Cancel));
        await Applications.DeleteAsync(application, Cancel);
        Assert.Null(await Authorizations.FindByIdAsync(authorization.Id, Cancel));
        Assert.Null(await Tokens.FindByIdAsync(tokens[0].Id, Cancel));
        Assert.Null(await Tokens.FindByIdAsync(tokens[1].Id, Cancel));
    }

    [Fact]
    public async Task An_authorization_goes_with_its_tokens()
    {
        var authorization = new OpenIdAuthorization();
        await Authorizations.CreateAsync(authorization, Cancel);
        var token = new OpenIdToken
        {
            AuthorizationId = authorization.Id,
        };
        await Tokens.CreateAsync(token, Cancel);
        await Authorizations.DeleteAsync(authorization, Cancel);
        Assert.Null(await Tokens.FindByIdAsync(token.Id, Cancel));
    }

    [Fact]
    public async Task Rows_are_found_by_what_their_lists_hold()
    {
        var mark = Guid.NewGuid().ToString();
        var application = NewApplication();
        application.RedirectUris = $"[\"https://a.example/{mark}\",\"https://b.example/{mark}\"]";
        application.PostLogoutRedirectUris = $"[\"https://c.example/{mark}\"]";
        await Applications.CreateAsync(application, Cancel);
        Assert.Single(await Applications.FindByRedirectUriAsync($"https://b.example/{mark}", Cancel).ToListAsync(Cancel));
        Assert.Empty(await Applications.FindByRedirectUriAsync($"https://b.example/{mark[..9]}", Cancel).ToListAsync(Cancel));
        Assert.Single(await Applications.FindByPostLogoutRedirectUriAsync($"https://c.example/{mark}", Cancel).ToListAsync(Cancel));
        foreach (var scopes in (string?[])["[\"openid\",\"api.read\"]", "[\"openid\"]", null])
        {
            await Authorizations.CreateAsync(
                new()
                {
                    Subject = mark,
                    Scopes = scopes,
                },
                Cancel);
        }

        Assert.Equal(1, await Given("api.read", "openid"));
        Assert.Equal(2, await Given("openid"));
        Assert.Equal(3, await Given());
        var scope = new OpenIdScope
        {
            Name = mark,
            Resources = $"[\"{mark}\"]",
        };
        await Scopes.CreateAsync(scope, Cancel);
        Assert.Equal(scope.Id, (await Scopes.FindByNameAsync(mark, Cancel))!.Id);
        Assert.Single(await Scopes.FindByNamesAsync([mark, "other"], Cancel).ToListAsync(Cancel));
        Assert.Single(await Scopes.FindByResourceAsync(mark, Cancel).ToListAsync(Cancel));

        async Task<int> Given(params string[] asked) =>
            await Authorizations.FindAsync(mark, null, null, null, [.. asked], Cancel).CountAsync(Cancel);
    }

    [Fact]
    public async Task A_question_that_only_LINQ_can_answer_is_refused_in_a_sentence()
    {
        await using var scope = city.Services.CreateAsyncScope();
        var tokens = Manager<IOpenIddictTokenManager>(scope);
        await Applications.CreateAsync(NewApplication(), Cancel);
        Assert.True(await Applications.CountAsync(Cancel) > 0);
        Assert.Single(await Applications.ListAsync(1, 0, Cancel).ToListAsync(Cancel));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await tokens.CountAsync(all => all.Take(1), Cancel));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await tokens.GetAsync(all => all.Take(1), Cancel));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await tokens.ListAsync(all => all.Take(1), Cancel).CountAsync(Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static OpenIdApplication NewApplication() => new()
    {
        ClientId = "store-" + Guid.NewGuid(),
    };

    private static T Manager<T>(AsyncServiceScope scope)
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    private static async Task OnlyTheFirstWrites<T>(OpenIdStore<T> store, T row, Action<T, string> change, Func<T, string?> changed)
        where T : OpenIdRow, new()
    {
        await store.CreateAsync(row, Cancel);
        var first = (await store.FindByIdAsync(row.Id, Cancel))!;
        var second = (await store.FindByIdAsync(row.Id, Cancel))!;
        Assert.Equivalent(row, first, strict: true);
        change(first, "first");
        await store.UpdateAsync(first, Cancel);
        Assert.NotEqual(row.ConcurrencyToken, first.ConcurrencyToken);
        change(second, "second");
        await Assert.ThrowsAsync<ConcurrencyException>(async () => await store.UpdateAsync(second, Cancel));
        await Assert.ThrowsAsync<ConcurrencyException>(async () => await store.UpdateAsync(second, Cancel));
        await Assert.ThrowsAsync<ConcurrencyException>(async () => await store.DeleteAsync(second, Cancel));
        var kept = (await store.FindByIdAsync(row.Id, Cancel))!;
        Assert.Equal("first", changed(kept));
        Assert.Equivalent(first, kept, strict: true);
        await store.DeleteAsync(first, Cancel);
        Assert.Null(await store.FindByIdAsync(row.Id, Cancel));
    }
}
