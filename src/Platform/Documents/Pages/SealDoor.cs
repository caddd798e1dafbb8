using Microsoft.AspNetCore.Http;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Documents.Pages;

/// <summary>The security administrator looks after the seals.</summary>
internal static class SealDoor
{
    private const string Home = "/admin/seals";

    public static async Task<IResult> List(HttpContext context, CertificateAuthority authority, Offices offices, TimeProvider time, CancellationToken cancel) =>
        await List(context, authority, offices, time, Refusals.None, cancel);

    public static async Task<IResult> Ask(HttpContext context, CertificateAuthority authority, string serial, CancellationToken cancel) =>
        await authority.Find(serial, cancel) is { Use: CertificateUse.Seal, RevokedAt: null } seal
            ? context.Show<RevokeSealPage>(new { Seal = seal })
            : Results.NotFound();

    public static async Task<IResult> Revoke(HttpContext context, CertificateAuthority authority, string serial, CancellationToken cancel)
    {
        if (await authority.Find(serial, cancel) is not { Use: CertificateUse.Seal } seal)
        {
            return Results.NotFound();
        }

        var sent = await Shali.Platform.Registry.Pages.Posted.Read(context, cancel);
        var done = await authority.Revoke(context.Caller(), serial, sent["reason"], sent.Or("case"), cancel);
        return done.Ok
            ? Ui.Pages.SeeOther(Home)
            : context.Show<RevokeSealPage>(new { Seal = seal, done.Refusals }, StatusCodes.Status422UnprocessableEntity);
    }

    public static async Task<IResult> Replace(HttpContext context, CertificateAuthority authority, Offices offices, TimeProvider time, CancellationToken cancel)
    {
        var sent = await Shali.Platform.Registry.Pages.Posted.Read(context, cancel);
        var done = await authority.Replace(context.Caller(), sent["office"], cancel);
        return done.Ok ? Ui.Pages.SeeOther(Home) : await List(context, authority, offices, time, done.Refusals, cancel);
    }

    private static async Task<IResult> List(
        HttpContext context, CertificateAuthority authority, Offices offices, TimeProvider time, Refusals refusals, CancellationToken cancel) =>
        context.Show<SealsPage>(
            new { Seals = (IReadOnlyList<Certificate>)await authority.Seals(cancel), Offices = offices, Now = time.GetUtcNow(), Refusals = refusals },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
