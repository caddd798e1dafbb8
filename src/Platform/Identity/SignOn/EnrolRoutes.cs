using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using QRCoder;
using Shali.Platform.Audit;
using Shali.Platform.Identity.SignOn;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>
/// Setting up a second factor: at sign-on for staff who have none, from the own space for everybody. A person who
/// has one already must have shown it in this session before he adds another.
/// </summary>
internal static class EnrolRoutes
{
    public static void Map(IEndpointRouteBuilder routes, string reason)
    {
        routes.MapGet(SignOnSteps.EnrolPage, Show).Public(reason);
        routes.MapPost(SignOnSteps.EnrolPage, Confirm).Public(reason);
        routes.MapPost("/sign-in/enrol/passkey/options", BeginPasskey).Public(reason);
        routes.MapPost("/sign-in/enrol/passkey", FinishPasskey).Public(reason);
        routes.MapPost("/sign-in/second-factor/passkey/options", BeginShow).Public(reason);
        routes.MapPost("/sign-in/second-factor/passkey", FinishShow).Public(reason);
        routes.MapGet("/sign-in/passkey.js", Script).Public("登录页的脚本");
    }

    private static async Task<IResult> Show(HttpContext context, SignOnSteps steps, Totp totp) =>
        await Allowed(context, steps) is { } open ? await Page(context, open, totp, Refusals.None) : Pages.SeeOther("/sign-in");

    private static async Task<IResult> Page(HttpContext context, OpenSession open, Totp totp, Refusals refusals)
    {
        byte[]? secret = open.Account.HasTotp ? null : await totp.Begin(open.Account, context.RequestAborted);
        var installation = (Installation?)context.RequestServices.GetService(typeof(Installation));
        var (square, side) = secret is null ? ("", 0) : Square(Totp.Uri(secret, open.Account.Login, installation?.City ?? "Shali"));
        return context.Show<EnrolPage>(
            new
            {
                Square = square,
                Side = side,
                Typed = secret is null ? "" : Totp.Typed(secret),
                Refusals = refusals,
            },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Confirm(HttpContext context, SignOnSteps steps, Totp totp, AuditLog log)
    {
        if (await Allowed(context, steps) is not { } open || open.Account.HasTotp)
        {
            return Pages.SeeOther("/sign-in");
        }

        var refusals = await steps.Code(context, open, (await context.Form()).Text("code"));
        if (refusals.Any)
        {
            return await Page(context, open, totp, refusals);
        }

        var who = SignOnSteps.Somebody(context, open.Account, open.Session.Id);
        await log.Append(new AuditEntry("second-factor.enrol", who) { Note = "totp" }, context.RequestAborted);
        return Done(open);
    }

    private static async Task<IResult> BeginPasskey(HttpContext context, SignOnSteps steps, Passkeys passkeys) =>
        await Allowed(context, steps) is { } open
            ? Results.Content(await passkeys.BeginNew(context, open), "application/json")
            : Results.StatusCode(StatusCodes.Status403Forbidden);

    private static async Task<IResult> FinishPasskey(HttpContext context, SignOnSteps steps, Passkeys passkeys, Totp totp)
    {
        if (await Allowed(context, steps) is not { } open)
        {
            return Pages.SeeOther("/sign-in");
        }

        var form = await context.Form();
        if (!await passkeys.FinishNew(context, open, form.Raw("credential"), form.Text("name")))
        {
            return await Page(context, open, totp, Refusals.Of(new Refusal("ID-S08", "", IdentityText.WrongPasskey)));
        }

        await steps.PassSecondFactor(context, open, "passkey");
        return Done(open);
    }

    private static async Task<IResult> BeginShow(HttpContext context, SignOnSteps steps, Passkeys passkeys) =>
        await steps.Current(context) is { } open
            ? Results.Content(await passkeys.BeginShow(context, open), "application/json")
            : Results.StatusCode(StatusCodes.Status403Forbidden);

    private static async Task<IResult> FinishShow(HttpContext context, SignOnSteps steps, Passkeys passkeys)
    {
        if (await steps.Current(context) is not { } open)
        {
            return Pages.SeeOther("/sign-in");
        }

        if (!await passkeys.FinishShow(context, open, (await context.Form()).Raw("credential")))
        {
            await steps.Failed(context, open.Account.Login, open.Account, "passkey");
            return context.Show<SecondFactorPage>(
                new { open.Account, Refusals = Refusals.Of(new Refusal("ID-S08", "", IdentityText.WrongPasskey)) },
                StatusCodes.Status422UnprocessableEntity);
        }

        await steps.PassSecondFactor(context, open, "passkey");
        return Pages.SeeOther("/sign-in/next");
    }

    private static IResult Script() => Results.Text(
        Resource.Text(typeof(EnrolRoutes).Assembly, "Identity/Assets/passkey.js"), "text/javascript", Encoding.UTF8);

    private static async Task<OpenSession?> Allowed(HttpContext context, SignOnSteps steps) =>
        await steps.Current(context) is { } open && (!open.Account.HasSecondFactor || open.Session.SecondFactorAt is not null) ? open : null;

    private static IResult Done(OpenSession open) =>
        Pages.SeeOther(open.Session.ActingAs is null ? "/sign-in/next" : OwnSpaceRoutes.SecurityPage);

    /// <summary>The square code as the outline of its dark cells: one path, no style.</summary>
    private static (string Path, int Side) Square(string content)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < data.ModuleMatrix[y].Count; x++)
            {
                if (data.ModuleMatrix[y][x])
                {
                    path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return (path.ToString(), data.ModuleMatrix.Count);
    }
}
