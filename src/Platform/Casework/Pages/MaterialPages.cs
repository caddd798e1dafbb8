using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>The papers of an application, all on one page: what the government has is not asked for.</summary>
internal static class MaterialPages
{
    internal const string HowPrefix = "how.";
    internal const string DayPrefix = "until.";

    public static async Task<IResult> Ask(HttpContext context, Drafts drafts, TimeProvider time, string id, CancellationToken cancel)
    {
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        return draft is null ? answer : Page(context, draft, time, null, Refusals.None);
    }

    public static async Task<IResult> Save(HttpContext context, Drafts drafts, CaseFiles files, TimeProvider time, string id, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        if (draft is null)
        {
            return answer;
        }

        var refusals = Refusals.None;
        var given = draft.Materials.ToDictionary(material => material.Code ?? "", StringComparer.Ordinal);
        foreach (var material in draft.Needed)
        {
            var kept = await files.Take(material.Code, form.Files.GetFile(material.Code), context.Caller(), cancel);
            refusals = refusals.And(kept.Refusals);
            if (kept is { Ok: true, Value: { } stored })
            {
                given[material.Code] = new(material.Code, material.Name, MaterialSource.Uploaded) { File = stored.Address, FileName = stored.Name };
                continue;
            }

            var hows = form.All(HowPrefix + material.Code);
            if (hows.Contains(MaterialSource.Paper) && Applying.IsWindow(context))
            {
                given[material.Code] = new(material.Code, material.Name, MaterialSource.Paper);
            }
            else if (hows.Contains(MaterialSource.Promised) && material.Secondary)
            {
                var day = Day(form[DayPrefix + material.Code]);
                if (day is { } until && Promises.Holds(until, time.Today()))
                {
                    given[material.Code] = new(material.Code, material.Name, MaterialSource.Promised) { PromisedFor = until };
                }
                else
                {
                    refusals = refusals.And(Refusals.Of(new Refusal("CASE-M04", DayPrefix + material.Code, Casework.Text.PromiseTooLate(material.Name, Promises.DaysMax))));
                }
            }
            else if (form.Has(DayPrefix + material.Code) && given.GetValueOrDefault(material.Code) is { How: MaterialSource.Promised })
            {
                // The box was there and is empty now: he no longer wants to bring it later.
                given.Remove(material.Code);
            }
        }

        draft = draft with { Materials = [.. given.Values] };
        await drafts.Save(draft, cancel);
        return refusals.Any || form.Has("more") ? Page(context, draft, time, form, refusals) : Ui.Pages.SeeOther(Applying.Address(draft) + "/check");
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IResult Page(HttpContext context, Draft draft, TimeProvider time, Posted? sent, Refusals refusals) => context.Show<MaterialsPage>(
        new { Draft = draft, Sent = sent, Window = Applying.IsWindow(context), Today = time.Today(), Refusals = refusals },
        refusals.Any ? 422 : 200);
}
