using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// The table of sessions. The cookie is 256 random bits of which only the hash is stored; everything else about a
/// session stays here, so that ending it takes effect on every node within a second.
/// </summary>
public sealed class Sessions(Db db, Revocations revocations, IdentitySettings settings, TimeProvider time)
{
    public const string Cookie = "shali";

    /// <summary>Opens a session after the first factor and gives the browser its cookie.</summary>
    public async Task<string> Open(HttpContext context, Account account, string? returnTo, bool secondFactor, CancellationToken cancel)
    {
        var secret = Passwords.Secret();
        var id = Ulid.Next(time);
        var now = time.GetUtcNow();
        var agent = context.Request.Headers.UserAgent.ToString();
        await db.Run(
            $"""
            insert into identity.session (id, secret_hash, account, second_factor_at, return_to, address, agent, created_at, last_seen_at, ends_at)
            values ({id}, {ShownHash.Bytes(secret)}, {account.Id}, {Sql.Value(secondFactor ? now : null, NpgsqlTypes.NpgsqlDbType.TimestampTz)},
                    {Sql.Value(LocalAddress.OrNull(returnTo), NpgsqlTypes.NpgsqlDbType.Text)},
                    {CallerOrigin.Of(context)}, {agent[..Math.Min(agent.Length, 300)]}, {now}, {now}, {now + settings.SessionLifetime})
            """,
            cancel);
        context.Response.Cookies.Append(Cookie, secret, Options(context));
        return id;
    }

    /// <summary>The session of a cookie, seen now; null when there is none, it has ended or was idle for too long.</summary>
    public Task<OpenSession?> Touch(string secret, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return db.One<OpenSession>(
            $"""
            with s as (
                update identity.session set last_seen_at = {now}
                where secret_hash = {ShownHash.Bytes(secret)} and ended_at is null and ends_at > {now}
                  and last_seen_at > case when acting_as like 'post:%' then {now - settings.StaffIdle} else {now - settings.ResidentIdle} end
                returning *)
            select {Sql.Trusted(Account.Columns)}, {Sql.Trusted(SignedSession.Columns)}
            from s join identity.account a on a.id = s.account
            where a.disabled_at is null
            """,
            row => new OpenSession(SignedSession.Read(row, Account.ColumnCount), Account.Read(row)),
            cancel);
    }

    /// <summary>The open sessions of a person, newest first.</summary>
    public Task<List<SignedSession>> Of(string account, CancellationToken cancel) => db.List(
        $"""
        select {Sql.Trusted(SignedSession.Columns)} from identity.session s
        where s.account = {account} and s.ended_at is null and s.ends_at > {time.GetUtcNow()}
          and s.last_seen_at > case when s.acting_as like 'post:%' then {time.GetUtcNow() - settings.StaffIdle} else {time.GetUtcNow() - settings.ResidentIdle} end
        order by s.created_at desc limit 100
        """,
        row => SignedSession.Read(row),
        cancel);

    public Task ChooseIdentity(string id, string actingAs, CancellationToken cancel) =>
        Change(id, $"update identity.session set acting_as = {actingAs} where id = {id}", cancel);

    public Task PassSecondFactor(string id, CancellationToken cancel) =>
        Change(id, $"update identity.session set second_factor_at = {time.GetUtcNow()}, ceremony = null where id = {id}", cancel);

    /// <summary>A passkey ceremony spans two requests; its state is kept here and read once.</summary>
    public Task KeepCeremony(string id, byte[] state, CancellationToken cancel) =>
        db.Run($"update identity.session set ceremony = {state} where id = {id}", cancel);

    public Task<byte[]?> TakeCeremony(string id, CancellationToken cancel) => db.Scalar<byte[]>(
        $"""
        with before as (select id, ceremony from identity.session where id = {id} for update)
        update identity.session s set ceremony = null from before where s.id = before.id returning before.ceremony
        """,
        cancel);

    /// <summary>Ends one session of its owner. False when it is not his, or not open.</summary>
    public async Task<bool> End(string account, string id, string why, CancellationToken cancel)
    {
        var ended = await db.InTransaction(
            async session =>
            {
                var rows = await session.Run(
                    $"""
                    update identity.session set ended_at = {time.GetUtcNow()}, ended_why = {why}
                    where id = {id} and account = {account} and ended_at is null
                    """,
                    cancel);
                if (rows > 0)
                {
                    await Revocations.Announce(session, cancel, $"session:{id}");
                }

                return rows > 0;
            },
            cancel);
        await revocations.Read(cancel);
        return ended;
    }

    /// <summary>Ends all sessions of a person but one, inside the transaction that gave the reason.</summary>
    public async Task EndAll(Session session, string account, string why, string? but, CancellationToken cancel)
    {
        await session.Run(
            $"""
            update identity.session set ended_at = {time.GetUtcNow()}, ended_why = {why}
            where account = {account} and ended_at is null and id <> {but ?? ""}
            """,
            cancel);
        await Revocations.Announce(session, cancel, $"account:{account}");
    }

    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    /// <summary>Sessions are kept half a year after their end, as the logs are (网络安全法: at least six months).</summary>
    public Task Prune(CancellationToken cancel) =>
        db.Run($"delete from identity.session where ends_at < {time.GetUtcNow() - TimeSpan.FromDays(190)}", cancel);

    private async Task Change(string id, Sql sql, CancellationToken cancel)
    {
        await db.InTransaction(
            async session =>
            {
                await session.Run(sql, cancel);
                await Revocations.Announce(session, cancel, $"session:{id}");
            },
            cancel);
        await revocations.Read(cancel);
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        Path = "/",
    };
}
