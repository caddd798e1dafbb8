using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>Packages at the desk of their lead office: what is in force, and new editions with two people.</summary>
internal static class PackageDeskPages
{
    public const string Address = "/approvals/packages";

    public static string Of(string key) => $"{Address}/{Uri.EscapeDataString(key)}";

    public static async Task<IResult> List(HttpContext context, PackageReader packages, Offices offices, CancellationToken cancel) => context.Show<PackagesPage>(new
    {
        InForce = await packages.All(cancel),
        Waiting = (IReadOnlyList<PackageFile>)[.. (await packages.Editions(null, cancel)).Where(file => file.Edition.State == EditionState.Submitted && Sees(context, file))],
        OfficeName = (Func<string, string>)offices.NameOf,
    });

    public static async Task<IResult> Show(HttpContext context, PackageReader packages, string key, CancellationToken cancel, string? done = null) =>
        await Find(context, packages, key, cancel) is { } file ? await Page(context, packages, file, done ?? "", null, Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> Revise(HttpContext context, PackageReader packages, PackageDesk desk, string key, CancellationToken cancel)
    {
        if (await Find(context, packages, key, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var (package, refusals) = Inputs.Apply(file.Edition.Package, PackageInputs.Of(file.Edition.Package, await packages.Items(file.Edition.Package, cancel)), input => Sent(form, input));
        var submitted = refusals.Any ? refusals : await desk.Submit(context.Caller(), package, cancel);
        return submitted.Ok ? Platform.Ui.Pages.SeeOther(Of(submitted.Value) + "?done=submitted") : await Page(context, packages, file, "", form, submitted.Refusals, cancel);
    }

    /// <summary>What was sent for an input; checkboxes that are all off send nothing, and mean it.</summary>
    internal static string? Sent(Posted form, Input<ServicePackage> input) =>
        input.Kind == FieldKind.Checkboxes ? string.Join('\n', form.All(input.Name)) : form.Has(input.Name) ? form[input.Name] : null;

    public static Task<IResult> Return(HttpContext context, PackageReader packages, PackageDesk desk, string key, CancellationToken cancel) =>
        Act(context, packages, key, (form, version) => desk.Return(context.Caller(), key, version, form["reason"], cancel), "returned", cancel);

    public static Task<IResult> Publish(HttpContext context, PackageReader packages, PackageDesk desk, string key, CancellationToken cancel) =>
        Act(context, packages, key, (_, version) => desk.Publish(context.Caller(), key, version, cancel), "published", cancel);

    private static async Task<IResult> Act(
        HttpContext context, PackageReader packages, string key, Func<Posted, int, Task<Outcome<Platform.Registry.Written>>> act, string done, CancellationToken cancel)
    {
        if (await Find(context, packages, key, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var acted = await act(form, int.TryParse(form[Posted.Version], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1);
        return acted.Ok ? Platform.Ui.Pages.SeeOther($"{Of(key)}?done={done}") : await Page(context, packages, file, "", form, acted.Refusals, cancel);
    }

    /// <summary>What is in force is everybody's who makes items; what is not yet is its lead office's.</summary>
    private static async Task<PackageFile?> Find(HttpContext context, PackageReader packages, string key, CancellationToken cancel) =>
        await packages.Edition(key, cancel) is { } file && Sees(context, file) ? file : null;

    private static bool Sees(HttpContext context, PackageFile file) =>
        file.Edition.State is EditionState.Published or EditionState.Superseded || file.Edition.Office == context.Caller().Office || context.Caller().May(ApprovalSystem.Supervise);

    private static async Task<IResult> Page(
        HttpContext context, PackageReader packages, PackageFile file, string done, Posted? sent, Refusals refusals, CancellationToken cancel)
    {
        var items = await packages.Items(file.Edition.Package, cancel);
        var offices = (Offices)context.RequestServices.GetService(typeof(Offices))!;
        var who = context.Caller();
        var own = file.Edition.Office == who.Office;
        return context.Show<PackageEditionPage>(
            new
            {
                File = file,
                Items = items,
                Union = PackageUnion.Of(file.Edition.Package, items),
                Fields = (IReadOnlyList<EditorField>)[.. PackageInputs.Of(file.Edition.Package, items).Select(input => new EditorField(
                    input.Name, input.Label, input.Hint, input.Kind, input.Choices, (sent is null ? null : Sent(sent, input)) ?? input.Get(file.Edition.Package))
                {
                    Optional = input.Optional, Rows = input.Rows, Width = input.Width, Unit = input.Unit,
                })],
                Editions = await packages.Editions(file.Edition.Code, cancel),
                OfficeName = (Func<string, string>)offices.NameOf,
                Done = done,
                MayRevise = own && file.Edition.State == EditionState.Published,
                MayReview = own && file.Edition.State == EditionState.Submitted && who.May(ApprovalSystem.PublishItems) && file.Edition.Author != who.Id,
                MayTakeBack = own && file.Edition.State == EditionState.Submitted && file.Edition.Author == who.Id,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
