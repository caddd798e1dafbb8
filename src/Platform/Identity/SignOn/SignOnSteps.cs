using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// The way from nobody to somebody who acts: password, second factor where it is demanded, a password of one's own,
/// the choice of the identity. Until the last step is done the session is nobody's.
/// </summary>
public sealed class SignOnSteps(
    Db db, Accounts accounts, Passwords passwords, Sessions sessions, Identities identities, SignOnFailures failures, Totp totp,
    AuditLog log, IdentitySettings settings, TimeProvider time)
{
    public const string SecondFactorPage = "/sign-in/second-factor";
    public const string EnrolPage = "/sign-in/enrol";
    public const string PasswordPage = "/sign-in/password";
    public const string IdentityPage = "/sign-in/identity";

    /// <summary>The session of the request, whether or not its sign-on is finished.</summary>
    public async Task<OpenSession?> Current(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Sessions.Cookie, out var secret) && secret is { Length: > 0 and < 200 }
            ? await sessions.Touch(secret, context.RequestAborted)
            : null;

    /// <summary>The first step. A wrong login and a wrong password are answered alike, also in time.</summary>
    public async Task<Refusals> Password(HttpContext context, string login, string password, string? returnTo)
    {
        login = Account.Normal(login);
        var cancel = context.RequestAborted;
        var empty = Refusals.Of(
            login.Length == 0 ? new Refusal("ID-S04", "login", IdentityText.LoginMissing) : null,
            password.Length == 0 ? new Refusal("ID-S05", "password", IdentityText.PasswordMissing) : null);
        if (empty.Any || login.Length > 100)
        {
            return empty.Any ? empty : Refusals.Of(new Refusal("ID-S01", "login", IdentityText.WrongPassword));
        }

        if (await failures.Check(login, CallerOrigin.Of(context), cancel) is { } blocked)
        {
            return Refusals.Of(blocked);
        }

        var account = await accounts.FindLogin(login, cancel);
        var verified = passwords.Verify(account?.PasswordHash, password);
        if (account is null || verified == PasswordVerificationResult.Failed || account.DisabledAt is not null)
        {
            return await Failed(context, login, account, "password");
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await accounts.Renew(account, password, cancel);
        }

        await failures.Clear(login, cancel);
        if (await Current(context) is { } old)
        {
            await sessions.End(old.Account.Id, old.Session.Id, "sign-in", cancel);
        }

        await db.Run($"update identity.account set last_sign_in_at = {time.GetUtcNow()} where id = {account.Id}", cancel);
        var session = await sessions.Open(context, account, returnTo, secondFactor: false, cancel);
        await log.Append(Entry("login", context, account, session), cancel);
        return Refusals.None;
    }

    /// <summary>The second step, by a code from the authenticator. Wrong codes count like wrong passwords.</summary>
    public async Task<Refusals> Code(HttpContext context, OpenSession open, string code)
    {
        var cancel = context.RequestAborted;
        if (await failures.Check(open.Account.Login, CallerOrigin.Of(context), cancel) is { } blocked)
        {
            return Refusals.Of(blocked with { Field = "code" });
        }

        if (!await totp.Verify(open.Account, code, cancel))
        {
            await Failed(context, open.Account.Login, open.Account, "totp");
            return Refusals.Of(new Refusal("ID-S06", "code", IdentityText.WrongCode));
        }

        await PassSecondFactor(context, open, "totp");
        return Refusals.None;
    }

    public async Task PassSecondFactor(HttpContext context, OpenSession open, string kind)
    {
        await failures.Clear(open.Account.Login, context.RequestAborted);
        await sessions.PassSecondFactor(open.Session.Id, context.RequestAborted);
        await log.Append(
            Entry("login.second-factor", context, open.Account, open.Session.Id) with { Note = kind }, context.RequestAborted);
    }

    public async Task<Refusals> Failed(HttpContext context, string login, Account? account, string factor)
    {
        var locked = await failures.Count(login, CallerOrigin.Of(context), context.RequestAborted);
        var who = Caller.Anonymous with { Address = CallerOrigin.Of(context) };
        await log.Append(
            new AuditEntry(locked ? "login.locked" : "login.failed", who)
            {
                Success = false,
                Subjects = account?.Person is { } person ? [person] : [],
                Note = account is null ? factor : $"{factor} {account.Id}",
            },
            context.RequestAborted);
        return Refusals.Of(locked
            ? new Refusal("ID-S02", "login", IdentityText.Locked(time.GetUtcNow() + settings.LockOut))
            : new Refusal("ID-S01", "login", IdentityText.WrongPassword));
    }

    /// <summary>Where the person goes now: to the next step, or to where he wanted to go.</summary>
    public async Task<string> Next(HttpContext context, OpenSession open)
    {
        var cancel = context.RequestAborted;
        var all = await identities.Of(open.Account, cancel);
        if (open.Account.HasSecondFactor && open.Session.SecondFactorAt is null)
        {
            return SecondFactorPage;
        }

        if (settings.SecondFactor && !open.Account.HasSecondFactor && all.Any(identity => identity.IsPost))
        {
            return EnrolPage;
        }

        if (MustChangePassword(open.Account))
        {
            return PasswordPage;
        }

        if (open.Session.ActingAs is null && all.Count != 1)
        {
            return IdentityPage;
        }

        var actingAs = open.Session.ActingAs ?? all[0].Id;
        if (open.Session.ActingAs is null)
        {
            await sessions.ChooseIdentity(open.Session.Id, actingAs, cancel);
        }

        return open.Session.ReturnTo ?? Home(actingAs);
    }

    /// <summary>Acts as another of his identities from now on. Null when it is not one of his, or lacks a step.</summary>
    public async Task<string?> Choose(HttpContext context, OpenSession open, string actingAs)
    {
        var cancel = context.RequestAborted;
        var chosen = (await identities.Of(open.Account, cancel)).FirstOrDefault(identity => identity.Id == actingAs);
        var missing = NeedsSecondFactor(settings, open, actingAs);
        if (chosen is null || missing || MustChangePassword(open.Account))
        {
            return null;
        }

        await sessions.ChooseIdentity(open.Session.Id, actingAs, cancel);
        await log.Append(Entry("login.identity", context, open.Account, open.Session.Id) with { Note = chosen.Label }, cancel);
        return open.Session.ActingAs is null ? open.Session.ReturnTo ?? Home(actingAs) : Home(actingAs);
    }

    /// <summary>
    /// Who has a second factor shows it, whatever he acts as; staff must have one (GB/T 22239, 8.1.4.1 d). Holds at every
    /// request: a step that was left out lets nobody in.
    /// </summary>
    public static bool NeedsSecondFactor(IdentitySettings settings, OpenSession open, string actingAs) =>
        open.Session.SecondFactorAt is null
        && (open.Account.HasSecondFactor || (settings.SecondFactor && actingAs.StartsWith(ActingAs.PostPrefix, StringComparison.Ordinal)));

    public bool MustChangePassword(Account account) =>
        account.PasswordChangeDue || settings.Passwords.IsExpired(account.PasswordChangedAt, time.GetUtcNow());

    /// <summary>The person as the log names him before he has chosen an identity.</summary>
    public static Caller Somebody(HttpContext context, Account account, string session) => new()
    {
        Id = account.Id,
        Name = account.Name,
        Kind = CallerKind.Resident,
        Person = account.Person,
        Session = session,
        Address = CallerOrigin.Of(context),
    };

    private static AuditEntry Entry(string kind, HttpContext context, Account account, string session) =>
        new(kind, Somebody(context, account, session)) { Subjects = account.Person is { } person ? [person] : [] };

    private static string Home(string actingAs) =>
        actingAs.StartsWith(ActingAs.PostPrefix, StringComparison.Ordinal) ? "/desk" : "/me";
}
