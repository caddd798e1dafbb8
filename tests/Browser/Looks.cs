using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Shali.Tests.Browser;

/// <summary>What must hold of every page in a real browser, on a screen and on a phone.</summary>
internal static class Looks
{
    /// <summary>Given to a window before any page of it opens: one page of ours has no frames, so one run is enough.</summary>
    public static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// What axe finds grave. How text stands out from its ground is asked once for each look of text: of one tag and class, in one colour,
    /// size and weight, on the same grounds, the answer is the same on every page, and asking costs ten times as much as all else.
    /// </summary>
    private const string Grave =
        """
        async ([part, asked]) => {
          const root = document.querySelector(part) ?? document.documentElement;
          const known = new Set(asked.split(' '));
          const looks = new Set();
          const grounds = new Map([[null, '']]);
          const groundOf = element => {
            if (!grounds.has(element)) {
              const style = getComputedStyle(element);
              grounds.set(element, [
                groundOf(element.parentElement), style.backgroundColor.replace('rgba(0, 0, 0, 0)', ''), style.backgroundImage.replace('none', ''),
                style.opacity.replace(/^1$/, ''), style.position === 'static' ? '' : style.position + element.className,
              ].filter(text => text !== '').join('/'));
            }
            return grounds.get(element);
          };

          // 53 bits tell looks apart.
          const short = text => {
            let [high, low] = [0xdeadbeef, 0x41c6ce57];
            for (let i = 0; i < text.length; i++) {
              high = Math.imul(high ^ text.charCodeAt(i), 2654435761);
              low = Math.imul(low ^ text.charCodeAt(i), 1597334677);
            }
            high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
            low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
            return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
          };
          const fresh = new Set([...root.querySelectorAll('*')].filter(element => {
            if (!/^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) && ![...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '')) {
              return false;
            }
            const style = getComputedStyle(element);
            const look = short([element.tagName, element.className, style.color, style.fontSize, style.fontWeight, style.textShadow, groundOf(element)].join('|'));
            return !known.has(look) && looks.size < looks.add(look).size;
          }));

          // One run for all: axe reads the whole page each time.
          const contrast = axe._audit.rules.find(rule => rule.id === 'color-contrast');
          const matches = contrast.matches;
          contrast.matches = (node, virtual, context) => fresh.has(node) && matches(node, virtual, context);
          const elsewhere = axe._audit.rules.filter(rule => ['minor', 'moderate'].includes(rule.impact));
          const found = await axe.run(root, {
            runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] },
            rules: Object.fromEntries([...elsewhere.map(rule => [rule.id, { enabled: false }]), ['color-contrast', { enabled: fresh.size > 0 }]]),
            resultTypes: ['violations'], elementRef: false, preload: false,
          });
          contrast.matches = matches;
          return {
            faults: found.violations.filter(violation => violation.impact === 'serious' || violation.impact === 'critical')
              .flatMap(violation => violation.nodes.map(node => `${violation.id} at ${node.target} ${node.html.slice(0, 200)}`)),
            looks: [...looks],
          };
        }
        """;

    /// <summary>The looks of text that were asked for, on any page of this run.</summary>
    private static readonly ConcurrentDictionary<string, bool> Asked = new(StringComparer.Ordinal);

    private const int Screen = 1440;
    private const int Phone = 390;

    private const string NoAxe = "no axe";

    /// <summary>The driver waits for ever for a page that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Facts of a page that axe does not count as grave; asked at once.</summary>
    private const string Facts =
        """
        () => [
          typeof axe === 'undefined' ? 'no axe' : '',
          document.documentElement.scrollWidth > document.documentElement.clientWidth ? 'wider than a screen' : '',
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

    /// <summary>Everything that is wrong with the page, on a screen and on a phone.</summary>
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

        // The page opens in the window as the one before left it, and is laid out anew once, not twice.
        var phoneFirst = page.ViewportSize?.Width == Phone;
        if (!phoneFirst)
        {
            await page.SetViewportSizeAsync(Screen, 900);
        }

        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        if (phoneFirst)
        {
            await OnAPhone(page, faults);
            await page.SetViewportSizeAsync(Screen, 900);
        }

        var facts = await Ask<string[]>(page, Facts);
        if (facts.Contains(NoAxe))
        {
            await Ask<System.Text.Json.JsonElement?>(page, $"() => {{ {Axe} }}");
        }

        faults.AddRange(facts.Where(fact => fact != NoAxe));

        // A page that comes from no server has a style of its own.
        var served = page.Url.StartsWith("http", StringComparison.Ordinal);
        var found = await Ask<Found>(page, Grave, new[] { part, served ? string.Join(' ', Asked.Keys) : "" });
        faults.AddRange(found.Faults);
        foreach (var look in served ? found.Looks : [])
        {
            Asked[look] = true;
        }

        if (!phoneFirst)
        {
            await page.SetViewportSizeAsync(Phone, 844);
            await OnAPhone(page, faults);
        }

        page.Console -= Complained;
        page.PageError -= Failed;
        return faults;
    }

    private static async Task OnAPhone(IPage page, List<string> faults)
    {
        if (await Ask<bool>(page, "document.documentElement.scrollWidth > document.documentElement.clientWidth"))
        {
            faults.Add("wider than a phone");
        }
    }

    private static Task<T> Ask<T>(IPage page, string script, object? about = null) =>
        page.EvaluateAsync<T>(script, about).WaitAsync(Patience, TestContext.Current.CancellationToken);

    private sealed class Found
    {
        public string[] Faults { get; set; } = [];

        public string[] Looks { get; set; } = [];
    }
}
