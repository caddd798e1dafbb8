using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Items;

/// <summary>On the home page: the events of life and business for which most items are needed, the fullest first.</summary>
internal sealed class ItemFront(ItemReader items) : FrontSection
{
    private const int Most = 8;

    public override string Title => Text.ByTheme;

    public override int Order => 20;

    public override async Task<IReadOnlyList<FrontLink>> Links(CancellationToken cancel)
    {
        var all = await items.All(cancel);
        return
        [
            .. ItemCodes.Themes.Codes.Select(theme => (Theme: theme, Count: all.Count(item => item.Themes.Split(' ').Contains(theme.Value, StringComparer.Ordinal))))
                .Where(theme => theme.Count > 0).OrderByDescending(theme => theme.Count).Take(Most)
                .Select(theme => new FrontLink(theme.Theme.Label, $"{ServicePages.Address}?theme={theme.Theme.Value}", Text.ItemCount(theme.Count))),
            new(Text.AllServices, ServicePages.Address, Text.ItemCount(all.Count)),
        ];
    }
}
