using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;
using Shali.Platform.Identity.SignOn;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>Signing on, step by step; registering; the first administrator.</summary>
internal static class SignOnRoutes
{
    private const string BeforeSignOn = "登录之前的页面";
    private const string NextStep = "登录的下一步，只对刚通过上一步的会话有效";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", ShowSignIn).Public(BeforeSignOn);
        routes.MapPost("/sign-in", SignIn).Public(BeforeSignOn);
        routes.MapGet(SignOnSteps.SecondFactorPage, (HttpContext context, SignOnSteps steps) => Step(context, steps, SignOnSteps.SecondFactorPage)).Public(NextStep);
        routes.MapPost(SignOnSteps.SecondFactorPage, SecondFactor).Public(NextStep);
        routes.MapGet(SignOnSteps.PasswordPage, (HttpContext context, SignOnSteps steps) => Step(context, steps, SignOnSteps.PasswordPage)).Public(NextStep);
        routes.MapPost(SignOnSteps.PasswordPage, ChangePassword).Public(NextStep);
        routes.MapGet(SignOnSteps.IdentityPage, (HttpContext context, SignOnSteps steps) => Step(context, steps, SignOnSteps.IdentityPage)).Public(NextStep);
        routes.MapPost(SignOnSteps.IdentityPage, ChooseIdentity).Public(NextStep);
        routes.MapGet("/sign-in/next", async (HttpContext context, SignOnSteps steps) =>
            Pages.SeeOther(await steps.Current(context) is { } open ? await steps.Next(context, open) : "/sign-in")).Public(NextStep);
        EnrolRoutes.Map(routes, NextStep);
        routes.MapGet("/sign-out", (HttpContext context) => context.Show<SignOutPage>()).Public(BeforeSignOn);
        routes.MapPost("/sign-out", SignOut).Public("没有登录时什么也不做");
        routes.MapGet("/register", (HttpContext context) => ShowRegister(context, RegistrationForm.Empty, Refusals.None)).Public(BeforeSignOn);
        routes.MapPost("/register", Register).Public(BeforeSignOn);
        routes.MapGet("/setup", (HttpContext context) => ShowSetup(context, SetupForm.Empty, Refusals.None)).Public("只凭一次性启用码");
        routes.MapPost("/setup", Setup).Public("只凭一次性启用码");
    }

    private static async Task<IResult> ShowSignIn(HttpContext context, SignOnSteps steps, string? to)
    {
        if (context.Caller().Kind != CallerKind.Anonymous)
        {
            return Pages.SeeOther(LocalAddress.OrNull(to) ?? "/me");
        }

        return to is null && await steps.Current(context) is { } open
            ? Pages.SeeOther(await steps.Next(context, open))
            : context.Show<SignInPage>(new { To = LocalAddress.OrNull(to) });
    }

    private static async Task<IResult> SignIn(HttpContext context, SignOnSteps steps)
    {
        var form = await context.Form();
        var to = LocalAddress.OrNull(form.Text("to"));
        var refusals = await steps.Password(context, form.Text("login"), form.Raw("password"), to);
        return refusals.Any
            ? context.Show<SignInPage>(new { To = to, Login = form.Text("login"), Refusals = refusals }, StatusCodes.Status422UnprocessableEntity)
            : Pages.SeeOther("/sign-in/next");
    }

    /// <summary>Shows a step only to a session that stands before it; others go where they belong.</summary>
    private static async Task<IResult> Step(HttpContext context, SignOnSteps steps, string page)
    {
        if (await steps.Current(context) is not { } open)
        {
            return Pages.SeeOther("/sign-in");
        }

        var next = await steps.Next(context, open);
        return next == page ? await Show(context, page, open, Refusals.None) : Pages.SeeOther(next);
    }

    private static async Task<IResult> Show(HttpContext context, string page, OpenSession open, Refusals refusals)
    {
        var status = refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        return page switch
        {
            SignOnSteps.SecondFactorPage => context.Show<SecondFactorPage>(new { open.Account, Refusals = refusals }, status),
            SignOnSteps.PasswordPage => context.Show<NewPasswordPage>(
                new { Policy = context.RequestServices.GetRequiredService<IdentitySettings>().Passwords, Due = open.Account.PasswordChangeDue, Refusals = refusals }, status),
            _ => context.Show<ChooseIdentityPage>(
                new { All = await context.RequestServices.GetRequiredService<Identities>().Of(open.Account, context.RequestAborted), Current = open.Session.ActingAs, Refusals = refusals }, status),
        };
    }

    private static async Task<IResult> SecondFactor(HttpContext context, SignOnSteps steps)
    {
        if (await steps.Current(context) is not { } open || open.Session.SecondFactorAt is not null)
        {
            return Pages.SeeOther("/sign-in");
        }

        var refusals = await steps.Code(context, open, (await context.Form()).Text("code"));
        return refusals.Any ? await Show(context, SignOnSteps.SecondFactorPage, open, refusals) : Pages.SeeOther("/sign-in/next");
    }

    private static async Task<IResult> ChangePassword(HttpContext context, SignOnSteps steps, Accounts accounts)
    {
        if (await steps.Current(context) is not { } open || await steps.Next(context, open) != SignOnSteps.PasswordPage)
        {
            return Pages.SeeOther("/sign-in");
        }

        var form = await context.Form();
        var refusals = form.Raw("password") == form.Raw("again")
            ? await accounts.ChangePassword(
                SignOnSteps.Somebody(context, open.Account, open.Session.Id), open.Account, form.Raw("password"), open.Session.Id, context.RequestAborted)
            : Refusals.Of(new Refusal("ID-P07", "again", IdentityText.PasswordsDiffer));
        return refusals.Any ? await Show(context, SignOnSteps.PasswordPage, open, refusals) : Pages.SeeOther("/sign-in/next");
    }

    private static async Task<IResult> ChooseIdentity(HttpContext context, SignOnSteps steps)
    {
        if (await steps.Current(context) is not { } open)
        {
            return Pages.SeeOther("/sign-in");
        }

        var address = await steps.Choose(context, open, (await context.Form()).Text("identity"));
        return address is null
            ? await Show(context, SignOnSteps.IdentityPage, open, Refusals.Of(new Refusal("ID-S07", "identity", IdentityText.NotYourIdentity)))
            : Pages.SeeOther(address);
    }

    private static async Task<IResult> SignOut(HttpContext context, SignOnSteps steps, Sessions sessions, AuditLog log)
    {
        if (await steps.Current(context) is { } open)
        {
            await sessions.End(open.Account.Id, open.Session.Id, "sign-out", context.RequestAborted);
            await log.Append(
                new AuditEntry("logout", SignOnSteps.Somebody(context, open.Account, open.Session.Id)), context.RequestAborted);
        }

        Sessions.Forget(context);
        return Pages.SeeOther("/");
    }

    private static IResult ShowRegister(HttpContext context, RegistrationForm form, Refusals refusals) => context.Show<RegisterPage>(
        new { Form = form, Policy = context.RequestServices.GetRequiredService<IdentitySettings>().Passwords, Refusals = refusals },
        refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static async Task<IResult> Register(HttpContext context, Registration registration, Sessions sessions)
    {
        var posted = await context.Form();
        var form = new RegistrationForm(
            posted.Text("name"), posted.Text("number").ToUpperInvariant(), posted.Text("login"), posted.Raw("password"), posted.Raw("again"));
        var outcome = await registration.Register(form, CallerOrigin.Of(context), context.RequestAborted);
        if (!outcome.Ok)
        {
            return ShowRegister(context, form, outcome.Refusals);
        }

        await sessions.Open(context, outcome.Value, null, secondFactor: false, context.RequestAborted);
        return Pages.SeeOther("/sign-in/next");
    }

    private static IResult ShowSetup(HttpContext context, SetupForm form, Refusals refusals) => context.Show<SetupPage>(
        new { Form = form, Policy = context.RequestServices.GetRequiredService<IdentitySettings>().Passwords, Refusals = refusals },
        refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static async Task<IResult> Setup(HttpContext context, FirstAdministrator first)
    {
        var posted = await context.Form();
        var form = new SetupForm(
            posted.Text("code"), posted.Text("city"), posted.Text("login"), posted.Text("name"), posted.Raw("password"), posted.Raw("again"));
        var refusals = await first.Use(form, CallerOrigin.Of(context), context.RequestAborted);
        return refusals.Any ? ShowSetup(context, form, refusals) : Pages.SeeOther("/sign-in");
    }
}
