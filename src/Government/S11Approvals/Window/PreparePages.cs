using Microsoft.AspNetCore.Http;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Window;

/// <summary>先看我要准备什么: one question a page, then the list; without login, by address alone, so it can be kept and sent on.</summary>
internal static class PreparePages
{
    public static string Of(string code) => $"{ServicePages.Of(code)}/prepare";

    public static async Task<IResult> Show(HttpContext context, ItemReader items, string code, CancellationToken cancel)
    {
        if (await items.InForce(code, cancel) is not { } found)
        {
            return Results.NotFound();
        }

        var query = context.Request.Query;
        var check = PreCheck.Of(found.Item, name => query[name].FirstOrDefault());
        if (check.Next is not { } next)
        {
            return context.Show<PrepareListPage>(new { found.Record, Check = check, Model = await GuideModel.Of(context, items, found.Item, cancel) });
        }

        // The button was pressed and nothing chosen, or something that is not offered.
        var refusals = query.ContainsKey("asked") && query["asked"] == next.Name
            ? Refusals.Of(new Refusal("S11-R40", next.Name, Text.ChooseOne(next.Label))) : Refusals.None;
        return context.Show<PreparePage>(new { Check = check, Question = next, Refusals = refusals }, refusals.Any ? 422 : 200);
    }
}
