using Microsoft.AspNetCore.Http;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Window;

/// <summary>综合窗口: whoever comes with whatever matter, of whichever office, is received here, with one number.</summary>
internal static class WindowPages
{
    public const string Address = "/desk/window";

    private const int WordsMax = 100;
    private const int FoundMax = 40;

    public static async Task<IResult> Show(
        HttpContext context, ItemReader items, Drafts drafts, Offices offices, ReceivedToday received, CancellationToken cancel, string? q = null)
    {
        var words = (q ?? "").Trim() is { Length: > WordsMax } many ? many[..WordsMax] : (q ?? "").Trim();
        var all = await items.All(cancel);
        var search = new ServiceSearch(words, null, null, null);
        return context.Show<WindowPage>(new
        {
            Words = words,
            Found = words.Length > 0 ? (IReadOnlyList<PublishedItem>)[.. all.Where(search.Holds).Take(FoundMax)] : null,
            Count = all.Count,
            Drafts = await drafts.Of(context.Caller(), cancel),
            Received = await received.By(context.Caller(), cancel),
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }
}
