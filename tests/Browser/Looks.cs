using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Shali.Tests.Browser;

/// <summary>What must hold of every page in a real browser, on a screen and on a phone.</summary>
internal static class Looks
{
    /// <summary>Given to a window before any page of it opens: one page of ours has no frames, so one run is enough.</summary>
    public static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private const string Grave =
        """
        part => axe.run(document.querySelector(part) ?? document, {
          runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] },
          rules: Object.fromEntries(axe._audit.rules.filter(rule => ['minor', 'moderate'].includes(rule.impact)).map(rule => [rule.id, { enabled: false }])),
          resultTypes: ['violations'],
          elementRef: false,
          preload: false,
        }).then(found => found.violations.filter(violation => violation.impact === 'serious' || violation.impact === 'critical')
          .flatMap(violation => violation.nodes.map(node => `${violation.id} at ${node.target} ${node.html.slice(0, 200)}`)))
        """;

    /// <summary>Facts of a page that axe does not count as grave; asked at once.</summary>
    private const string Facts =
        """
        () => [
          document.documentElement.lang === 'zh-CN' ? '' : 'no language',
          document.title.trim() === '' ? 'no title' : '',
          document.querySelectorAll('h1').length === 1 ? '' : document.querySelectorAll('h1').length + ' first headings',
          ...[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
            .filter(input => input.labels.length === 0 && !input.getAttribute('aria-label') && !input.getAttribute('aria-labelledby'))
            .map(input => 'no label: ' + input.outerHTML.slice(0, 120)),
          ...[...document.querySelectorAll('[id]')].map(element => element.id)
            .filter((id, place, all) => all.indexOf(id) !== place).map(id => 'twice the id ' + id),
        ].filter(fault => fault !== '')
        """;

    /// <summary>Everything that is wrong with the page; the window is left as wide as a phone.</summary>
    /// <param name="part">What axe looks at; the rest of the page was looked at elsewhere.</param>
    public static async Task<IReadOnlyList<string>> Faults(IPage page, string address, string part = "html")
    {
        var faults = new List<string>();
        void Complained(object? sender, IConsoleMessage message)
        {
            // The browser notes every answer that is not 2xx, whatever the page is.
            if (message.Type == "error" && !message.Text.Contains("the server responded with a status of", StringComparison.Ordinal))
            {
                faults.Add(message.Text);
            }
        }

        void Failed(object? sender, string error) => faults.Add(error);
        page.Console += Complained;
        page.PageError += Failed;
        await page.SetViewportSizeAsync(1440, 900);
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'"))
        {
            await page.EvaluateAsync($"() => {{ {Axe} }}");
        }

        faults.AddRange(await page.EvaluateAsync<string[]>(Facts));
        faults.AddRange(await page.EvaluateAsync<string[]>(Grave, part));
        await TooWide(page, "screen", faults);
        await page.SetViewportSizeAsync(390, 844);
        await TooWide(page, "phone", faults);
        page.Console -= Complained;
        page.PageError -= Failed;
        return faults;
    }

    private static async Task TooWide(IPage page, string window, List<string> faults)
    {
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0)
        {
            faults.Add($"wider than a {window}");
        }
    }
}
