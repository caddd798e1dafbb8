using Microsoft.AspNetCore.Http;
using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S06Sharing.Disputes;

/// <summary>Raising a dispute about a refused request.</summary>
internal static class DisputePages
{
    public static async Task<IResult> Ask(HttpContext context, CaseReader cases, TimeProvider time, string number, CancellationToken cancel) =>
        await Refused(context, cases, number, cancel) is { } file ? Form(context, file, "", Ulid.Next(time), Refusals.None) : Results.NotFound();

    public static async Task<IResult> Open(HttpContext context, CaseReader cases, CaseDesk desk, SharedResources shared, TimeProvider time, string number, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (await Refused(context, cases, number, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var once = form.Or(Posted.Once) ?? Ulid.Next(time);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [DisputeType.Request] = file.Case.Number,
            [DisputeType.Consumer] = context.Caller().Office,
            ["why"] = form["why"].Trim(),
        };
        var opened = await desk.Open(context.Caller(), new OpenRequest(DisputeType.Code, answers) { Title = Text.Title(shared.Find(RequestTerms.Of(file.Answers).Resource)?.Name ?? file.Case.Title) }, "dispute:" + once, cancel);
        return opened.Ok ? Platform.Ui.Pages.SeeOther(CaseAddresses.Desk(opened.Value.Number)) : Form(context, file, form["why"], once, opened.Refusals);
    }

    /// <summary>A refused request of the caller's office; null: none.</summary>
    private static async Task<CaseFile?> Refused(HttpContext context, CaseReader cases, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { } file
            && file.Type.Code == RequestType.Code && file.Case.Stage == RequestType.Refused
            && file.Answers.GetValueOrDefault(RequestTerms.Consumer) == context.Caller().Office ? file : null;

    private static IResult Form(HttpContext context, CaseFile file, string why, string once, Refusals refusals) => context.Show<DisputeFormPage>(
        new { File = file, Why = why, Once = once, Refusals = refusals }, refusals.Any ? 422 : 200);
}
