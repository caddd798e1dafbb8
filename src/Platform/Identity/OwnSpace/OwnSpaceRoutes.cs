using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Audit;
using Shali.Platform.Identity.OwnSpace;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>
/// What a person sees and settles about his own account: sessions, identity, password, second factor. A program with
/// a token has none of these: for it the pages do not exist.
/// </summary>
internal static class OwnSpaceRoutes
{
    public const string SecurityPage = "/me/security";
    private const string SessionsPage = "/me/sessions";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SessionsPage, ShowSessions).NeedsSignIn();
        routes.MapPost("/me/sessions/others/end", EndOthers).NeedsSignIn();
        routes.MapPost("/me/sessions/{id}/end", EndSession).NeedsSignIn();
        routes.MapGet("/me/identity", ShowIdentities).NeedsSignIn();
        routes.MapPost("/me/identity", Switch).NeedsSignIn();
        routes.MapGet(SecurityPage, (HttpContext context, SignOnSteps steps, Passkeys passkeys, IdentitySettings settings, string? done) =>
            ShowSecurity(context, steps, passkeys, settings, Refusals.None, done)).NeedsSignIn();
        routes.MapPost("/me/security/passkeys/remove", RemovePasskey).NeedsSignIn();
        routes.MapPost(SecurityPage, ChangePassword).NeedsSignIn();
    }

    private static async Task<IResult> ShowSessions(HttpContext context, Sessions sessions) => context.Show<SessionsPage>(new
    {
        Sessions = await sessions.Of(context.Caller().Id, context.RequestAborted),
    });

    /// <summary>Only one's own: another person's session is simply not found.</summary>
    private static async Task<IResult> EndSession(HttpContext context, Sessions sessions, AuditLog log, string id)
    {
        var caller = context.Caller();
        if (!await sessions.End(caller.Id, id, "owner", context.RequestAborted))
        {
            return Results.NotFound();
        }

        await log.Append(new AuditEntry("session.end", caller) { Note = id }, context.RequestAborted);
        return Pages.SeeOther(id == caller.Session ? "/" : SessionsPage);
    }

    private static async Task<IResult> EndOthers(HttpContext context, Sessions sessions, Db db, Revocations revocations, AuditLog log)
    {
        var caller = context.Caller();
        var cancel = context.RequestAborted;
        await db.InTransaction(session => sessions.EndAll(session, caller.Id, "owner", caller.Session, cancel), cancel);
        await revocations.Read(cancel);
        await log.Append(new AuditEntry("session.end", caller) { Note = "others" }, cancel);
        return Pages.SeeOther(SessionsPage);
    }

    private static async Task<IResult> ShowIdentities(HttpContext context, SignOnSteps steps, Identities identities) =>
        await steps.Current(context) is { } open
            ? context.Show<IdentityPage>(new { All = await identities.Of(open.Account, context.RequestAborted), Current = open.Session.ActingAs })
            : Results.NotFound();

    private static async Task<IResult> Switch(HttpContext context, SignOnSteps steps, Identities identities)
    {
        if (await steps.Current(context) is not { } open)
        {
            return Results.NotFound();
        }

        if (await steps.Choose(context, open, (await context.Form()).Text("identity")) is { } address)
        {
            return Pages.SeeOther(address);
        }

        var refusals = Refusals.Of(new Refusal("ID-S07", "identity", IdentityText.NotYourIdentity));
        var all = await identities.Of(open.Account, context.RequestAborted);
        return context.Show<IdentityPage>(
            new { All = all, Current = open.Session.ActingAs, Refusals = refusals }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ShowSecurity(
        HttpContext context, SignOnSteps steps, Passkeys passkeys, IdentitySettings settings, Refusals refusals, string? done) =>
        await steps.Current(context) is { } open
            ? context.Show<SecurityPage>(
                new
                {
                    open.Account,
                    Policy = settings.Passwords,
                    Passkeys = await passkeys.Of(open.Account, context.RequestAborted),
                    Refusals = refusals,
                    Done = done switch
                    {
                        "password" => IdentityText.PasswordChanged,
                        "passkey" => IdentityText.PasskeyRemoved,
                        _ => "",
                    },
                },
                refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
            : Results.NotFound();

    private static async Task<IResult> RemovePasskey(HttpContext context, SignOnSteps steps, Passkeys passkeys, IdentitySettings settings)
    {
        if (await steps.Current(context) is not { } open)
        {
            return Results.NotFound();
        }

        var refusals = await passkeys.Remove(context, open, (await context.Form()).Text("credential"));
        return refusals.Any
            ? await ShowSecurity(context, steps, passkeys, settings, refusals, null)
            : Pages.SeeOther(SecurityPage + "?done=passkey");
    }

    private static async Task<IResult> ChangePassword(
        HttpContext context, SignOnSteps steps, Accounts accounts, Passwords passwords, Passkeys passkeys, SignOnFailures failures,
        IdentitySettings settings)
    {
        if (await steps.Current(context) is not { } open)
        {
            return Results.NotFound();
        }

        var form = await context.Form();
        var cancel = context.RequestAborted;
        var refusals = await CheckOld(context, open.Account, form.Raw("old"), passwords, failures, cancel);
        if (form.Raw("password") != form.Raw("again"))
        {
            refusals = refusals.And(Refusals.Of(new Refusal("ID-P07", "again", IdentityText.PasswordsDiffer)));
        }

        if (!refusals.Any)
        {
            refusals = await accounts.ChangePassword(context.Caller(), open.Account, form.Raw("password"), open.Session.Id, cancel);
        }

        return refusals.Any ? await ShowSecurity(context, steps, passkeys, settings, refusals, null) : Pages.SeeOther(SecurityPage + "?done=password");
    }

    private static async Task<Refusals> CheckOld(
        HttpContext context, Account account, string old, Passwords passwords, SignOnFailures failures, CancellationToken cancel)
    {
        var address = CallerOrigin.Of(context);
        if (await failures.Check(account.Login, address, cancel) is { } blocked)
        {
            return Refusals.Of(blocked with { Field = "old" });
        }

        if (passwords.Verify(account.PasswordHash, old) != PasswordVerificationResult.Failed)
        {
            return Refusals.None;
        }

        await failures.Count(account.Login, address, cancel);
        return Refusals.Of(new Refusal("ID-P08", "old", IdentityText.OldPasswordWrong));
    }
}
