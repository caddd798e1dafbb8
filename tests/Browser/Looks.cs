using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Shali.Tests.Browser;

/// <summary>What must hold of every page: no grave finding of axe, nothing wider than the window, no complaint.</summary>
internal static class Looks
{
    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>Opens the address in a narrow window, asks axe there, then widens it to a screen.</summary>
    public static async Task AreGood(IPage page, string address)
    {
        var complaints = Complaints(page);
        await page.GotoAsync(address);
        var grave = (await page.RunAxe(Wcag)).Violations.Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id} at {node.Target} {node.Html}"));
        Assert.Empty(grave);
        Assert.True(await Overflow(page) <= 0, $"{address} is wider than a phone.");

        await page.SetViewportSizeAsync(1440, 900);
        Assert.True(await Overflow(page) <= 0, $"{address} is wider than a screen.");
        Assert.Empty(complaints.Where(line => !line.Contains("404", StringComparison.Ordinal)));
    }

    /// <summary>What the browser complains about: refused script and style, files that are not there.</summary>
    private static List<string> Complaints(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }

    private static Task<int> Overflow(IPage page) =>
        page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
