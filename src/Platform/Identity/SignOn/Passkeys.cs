using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using NpgsqlTypes;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// Passkeys (WebAuthn) as second factor: the key stays in the person's device and signs only for this site, so that
/// a forged sign-on page gains nothing.
/// </summary>
public sealed class Passkeys(
    IPasskeyHandler<Account> handler, UserManager<Account> users, IUserPasskeyStore<Account> store, Sessions sessions,
    Identities identities, IdentitySettings settings, AuditLog log, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Shali.Identity.PasskeyCeremony");

    /// <summary>Options for the browser to make a new passkey; the state of the ceremony stays in the session.</summary>
    public async Task<string> BeginNew(HttpContext context, OpenSession open)
    {
        var entity = new PasskeyUserEntity { Id = open.Account.Id, Name = open.Account.Login, DisplayName = open.Account.Name };
        var options = await handler.MakeCreationOptionsAsync(entity, context);
        await Keep(open, options.AttestationState, context.RequestAborted);
        return options.CreationOptionsJson;
    }

    public async Task<bool> FinishNew(HttpContext context, OpenSession open, string credential, string name)
    {
        if (await Take(open, context.RequestAborted) is not { } state)
        {
            return false;
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = context,
            CredentialJson = credential,
            AttestationState = state,
        });
        if (!result.Succeeded || result.UserEntity.Id != open.Account.Id)
        {
            return false;
        }

        result.Passkey.Name = name;
        await store.AddOrUpdatePasskeyAsync(open.Account, result.Passkey, context.RequestAborted);
        var who = SignOnSteps.Somebody(context, open.Account, open.Session.Id);
        await log.Append(new AuditEntry("second-factor.enrol", who) { Note = "passkey" }, context.RequestAborted);
        return true;
    }

    /// <summary>Those of an account, in the order in which they were made.</summary>
    public Task<IList<UserPasskeyInfo>> Of(Account account, CancellationToken cancel) => store.GetPasskeysAsync(account, cancel);

    /// <summary>
    /// Takes away one of the person's own. Staff keep at least one second factor where it is demanded: whoever finds a
    /// session open must not be able to make the next sign-on easier.
    /// </summary>
    public async Task<Refusals> Remove(HttpContext context, OpenSession open, string credential)
    {
        var cancel = context.RequestAborted;
        var id = Base64Url.IsValid(credential) ? Base64Url.DecodeFromChars(credential) : [];
        if (await store.FindPasskeyAsync(open.Account, id, cancel) is not { } passkey)
        {
            return Refusals.Of(new Refusal("ID-S09", "", IdentityText.NoSuchPasskey));
        }

        if (settings.SecondFactor && open.Account is { HasTotp: false, Passkeys: <= 1 }
            && (await identities.Of(open.Account, cancel)).Any(identity => identity.IsPost))
        {
            return Refusals.Of(new Refusal("ID-S10", "", IdentityText.LastSecondFactor));
        }

        await store.RemovePasskeyAsync(open.Account, id, cancel);
        await log.Append(new AuditEntry("second-factor.remove", context.Caller()) { Note = passkey.Name }, cancel);
        return Refusals.None;
    }

    /// <summary>Options for the browser to show a passkey of this account.</summary>
    public async Task<string> BeginShow(HttpContext context, OpenSession open)
    {
        var user = await users.FindByIdAsync(open.Account.Id);
        var options = await handler.MakeRequestOptionsAsync(user, context);
        await Keep(open, options.AssertionState, context.RequestAborted);
        return options.RequestOptionsJson;
    }

    public async Task<bool> FinishShow(HttpContext context, OpenSession open, string credential)
    {
        if (await Take(open, context.RequestAborted) is not { } state)
        {
            return false;
        }

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = context,
            CredentialJson = credential,
            AssertionState = state,
        });
        if (!result.Succeeded || result.User.Id != open.Account.Id)
        {
            return false;
        }

        await store.AddOrUpdatePasskeyAsync(open.Account, result.Passkey, context.RequestAborted);
        return true;
    }

    private Task Keep(OpenSession open, string? state, CancellationToken cancel) =>
        sessions.KeepCeremony(open.Session.Id, _protector.Protect(Encoding.UTF8.GetBytes(state ?? "")), cancel);

    private async Task<string?> Take(OpenSession open, CancellationToken cancel) =>
        await sessions.TakeCeremony(open.Session.Id, cancel) is { } kept ? Encoding.UTF8.GetString(_protector.Unprotect(kept)) : null;
}

/// <summary>Lets the framework's passkey ceremonies read and write our tables.</summary>
internal sealed class AccountStore(Accounts accounts, Db db, TimeProvider time) : IUserPasskeyStore<Account>
{
    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => accounts.Find(userId, cancellationToken);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        accounts.FindLogin(normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var data = Sql.Value(JsonSerializer.Serialize(Stored.Of(passkey)), NpgsqlDbType.Jsonb);
        await db.Run(
            $"""
            insert into identity.passkey (credential, account, name, data, created_at)
            values ({passkey.CredentialId}, {user.Id}, {passkey.Name ?? ""}, {data}, {now})
            on conflict (credential) do update set data = excluded.data, used_at = {now} where passkey.account = {user.Id}
            """,
            cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) => await db.List(
        $"select credential, name, data::text from identity.passkey where account = {user.Id} order by created_at", Read, cancellationToken);

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Scalar<string>($"select account from identity.passkey where credential = {credentialId}", cancellationToken) is { } id
            ? await accounts.Find(id, cancellationToken)
            : null;

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => db.One(
        $"select credential, name, data::text from identity.passkey where account = {user.Id} and credential = {credentialId}",
        Read,
        cancellationToken);

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        db.Run($"delete from identity.passkey where account = {user.Id} and credential = {credentialId}", cancellationToken);

    public void Dispose()
    {
    }

    // Accounts are made and changed by Accounts alone.
    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static UserPasskeyInfo Read(Npgsql.NpgsqlDataReader row)
    {
        var passkey = JsonSerializer.Deserialize<Stored>(row.GetString(2))!.ToPasskey(row.GetFieldValue<byte[]>(0));
        passkey.Name = row.GetString(1);
        return passkey;
    }

    private sealed record Stored(
        byte[] PublicKey, DateTimeOffset CreatedAt, uint SignCount, string[]? Transports, bool Verified, bool BackupEligible, bool BackedUp,
        byte[] Attestation, byte[] ClientData)
    {
        public static Stored Of(UserPasskeyInfo key) => new(
            key.PublicKey, key.CreatedAt, key.SignCount, key.Transports, key.IsUserVerified, key.IsBackupEligible, key.IsBackedUp,
            key.AttestationObject, key.ClientDataJson);

        public UserPasskeyInfo ToPasskey(byte[] id) =>
            new(id, PublicKey, CreatedAt, SignCount, Transports, Verified, BackupEligible, BackedUp, Attestation, ClientData);
    }
}
