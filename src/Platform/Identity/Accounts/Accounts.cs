using Microsoft.AspNetCore.Identity;
using NpgsqlTypes;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>The register of accounts and their passwords.</summary>
public sealed class Accounts(
    Db db, Passwords passwords, Sessions sessions, Revocations revocations, AuditLog log, IdentitySettings settings, TimeProvider time)
{
    public Task<Account?> Find(string id, CancellationToken cancel = default) =>
        db.One($"select {Sql.Trusted(Account.Columns)} from identity.account a where a.id = {id}", Account.Read, cancel);

    public Task<Account?> FindLogin(string login, CancellationToken cancel = default) =>
        db.One($"select {Sql.Trusted(Account.Columns)} from identity.account a where a.login = {Account.Normal(login)}", Account.Read, cancel);

    public Task<Account?> FindPerson(string person, CancellationToken cancel = default) =>
        db.One($"select {Sql.Trusted(Account.Columns)} from identity.account a where a.person = {person}", Account.Read, cancel);

    public Task<bool> Any(CancellationToken cancel = default) =>
        db.Scalar<bool>($"select exists (select 1 from identity.account)", cancel);

    /// <summary>By login, or the beginning of a name; by id order, fifty at a time.</summary>
    public Task<List<Account>> Search(string search, string? after, CancellationToken cancel = default) => db.List(
        $"""
        select {Sql.Trusted(Account.Columns)} from identity.account a
        where ({search} = '' or a.login = {Account.Normal(search)} or a.name like {Pattern(search)}) and a.login > {after ?? ""}
        order by a.login limit 51
        """,
        Account.Read,
        cancel);

    /// <summary>
    /// Makes an account. <paramref name="chosen"/>: its owner chose the password himself, so it need not be changed.
    /// </summary>
    public async Task<Outcome<Account>> Create(
        Caller who, string login, string name, string? person, string password, bool chosen, CancellationToken cancel = default)
    {
        login = Account.Normal(login);
        var refusals = await CheckNew(login, name, person, password, cancel);
        if (refusals.Any)
        {
            return refusals;
        }

        var account = New(login, name, person, passwords.Hash(password), !chosen && settings.FirstSignOnChangesPassword);
        try
        {
            await db.Run(Insert(account, who), cancel);
        }
        catch (Npgsql.PostgresException taken) when (taken.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            return new Refusal("ID-A02", "login", IdentityText.LoginTaken);
        }

        await log.Append(new AuditEntry("account.create", who) { Subjects = person is null ? [] : [person], Note = login }, cancel);
        return account;
    }

    /// <summary>Sets a new password after the old one, or after a second factor, was shown.</summary>
    public async Task<Refusals> ChangePassword(Caller who, Account account, string password, string? but, CancellationToken cancel)
    {
        var refusals = settings.Passwords.Check(password, account.Login, account.Name);
        if (!refusals.Any && await WasUsed(account, password, cancel))
        {
            refusals = Refusals.Of(new Refusal("ID-P06", "password", IdentityText.PasswordUsed(settings.Passwords.Remembered)));
        }

        if (refusals.Any)
        {
            return refusals;
        }

        await Store(account, passwords.Hash(password), due: false, but, cancel);
        await log.Append(new AuditEntry("password.change", who) { Note = account.Login }, cancel);
        return Refusals.None;
    }

    /// <summary>For somebody who forgot it: a random one that must be changed at once. All sessions end.</summary>
    public async Task<string> ResetPassword(Caller who, Account account, CancellationToken cancel)
    {
        var password = Passwords.Random();
        await Store(account, passwords.HashRandom(password), due: true, null, cancel);
        await log.Append(new AuditEntry("password.reset", who) { Note = account.Login }, cancel);
        return password;
    }

    /// <summary>Sessions and tokens of a disabled account end within a second.</summary>
    public async Task Disable(Caller who, Account account, bool disabled, CancellationToken cancel)
    {
        await db.InTransaction(
            async session =>
            {
                await session.Run(
                    $"""
                    update identity.account set disabled_at = {Sql.Value(disabled ? time.GetUtcNow() : null, NpgsqlDbType.TimestampTz)}
                    where id = {account.Id}
                    """,
                    cancel);
                await sessions.EndAll(session, account.Id, "account.disable", null, cancel);
            },
            cancel);
        await revocations.Read(cancel);
        await log.Append(new AuditEntry(disabled ? "account.disable" : "account.enable", who) { Note = account.Login }, cancel);
    }

    /// <summary>For somebody who lost his telephone: he sets up a new second factor at the next sign-on.</summary>
    public async Task ResetSecondFactor(Caller who, Account account, CancellationToken cancel)
    {
        await db.InTransaction(
            async session =>
            {
                await session.Run(
                    $"update identity.account set totp_secret = null, totp_confirmed_at = null, totp_step = 0 where id = {account.Id}", cancel);
                await session.Run($"delete from identity.passkey where account = {account.Id}", cancel);
                await sessions.EndAll(session, account.Id, "second-factor.reset", null, cancel);
            },
            cancel);
        await revocations.Read(cancel);
        await log.Append(new AuditEntry("second-factor.reset", who) { Note = account.Login }, cancel);
    }

    internal Account New(string login, string name, string? person, string hash, bool due) => new()
    {
        Id = Ulid.Next(time),
        Login = login,
        Name = name,
        Person = person,
        PasswordHash = hash,
        PasswordChangedAt = time.GetUtcNow(),
        PasswordChangeDue = due,
        CreatedAt = time.GetUtcNow(),
    };

    /// <summary>A hash made with less work than today's is renewed when its password is at hand.</summary>
    internal Task Renew(Account account, string password, CancellationToken cancel) =>
        db.Run($"update identity.account set password_hash = {passwords.Hash(password)} where id = {account.Id}", cancel);

    private async Task<Refusals> CheckNew(string login, string name, string? person, string password, CancellationToken cancel) =>
        Refusals.Of(
        [
            LoginName.IsGood(login) ? null : new Refusal("ID-A01", "login", IdentityText.LoginShape),
            string.IsNullOrWhiteSpace(name) ? new Refusal("ID-A03", "name", IdentityText.NameMissing) : null,
            await FindLogin(login, cancel) is null ? null : new Refusal("ID-A02", "login", IdentityText.LoginTaken),
            person is not null && await FindPerson(person, cancel) is not null ? new Refusal("ID-A04", "number", IdentityText.PersonHasAccount) : null,
            .. settings.Passwords.Check(password, login, name),
        ]);

    private async Task<bool> WasUsed(Account account, string password, CancellationToken cancel)
    {
        var past = await db.List(
            $"""
            select password_hash from identity.password_past where account = {account.Id}
            order by ended_at desc limit {settings.Passwords.Remembered - 1}
            """,
            row => row.GetString(0),
            cancel);
        return past.Prepend(account.PasswordHash).Any(hash => passwords.Verify(hash, password) != PasswordVerificationResult.Failed);
    }

    private async Task Store(Account account, string hash, bool due, string? but, CancellationToken cancel)
    {
        await db.InTransaction(
            async session =>
            {
                await session.Run(
                    $"""
                    insert into identity.password_past (account, password_hash, ended_at)
                    select id, password_hash, {time.GetUtcNow()} from identity.account where id = {account.Id}
                    on conflict do nothing
                    """,
                    cancel);
                await session.Run(
                    $"""
                    update identity.account
                    set password_hash = {hash}, password_changed_at = {time.GetUtcNow()}, password_change_due = {due}
                    where id = {account.Id}
                    """,
                    cancel);
                await sessions.EndAll(session, account.Id, "password.change", but, cancel);
            },
            cancel);
        await revocations.Read(cancel);
    }

    internal static Sql Insert(Account account, Caller who) => Sql.Of(
        $"""
        insert into identity.account (id, login, name, person, password_hash, password_changed_at, password_change_due, created_at, created_by)
        values ({account.Id}, {account.Login}, {account.Name}, {Sql.Value(account.Person, NpgsqlDbType.Text)}, {account.PasswordHash},
                {account.PasswordChangedAt}, {account.PasswordChangeDue}, {account.CreatedAt}, {who.Id})
        """);

    private static string Pattern(string search) =>
        search.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
