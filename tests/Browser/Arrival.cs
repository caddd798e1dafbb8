using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Shali.Tests.Browser;

/// <summary>
/// A page is there when its address is and its foot has come. The browser's own event of a loaded page is not waited for:
/// when it comes before somebody listens, it is waited for in vain.
/// </summary>
internal static class Arrival
{
    /// <param name="address">Two asterisks stand for anything, one for anything within a segment.</param>
    public static Task Arrives(this IPage page, string address)
    {
        var pattern = "^" + Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$";
        return page.Arrives(url => Regex.IsMatch(url, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
    }

    public static async Task Arrives(this IPage page, Func<string, bool> address)
    {
        for (var clock = Stopwatch.StartNew(); !address(page.Url); await Task.Delay(20))
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(90))
            {
                throw new TimeoutException($"Still {page.Url}: {await page.Locator("main").InnerTextAsync()}");
            }
        }

        await page.Locator("footer").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
