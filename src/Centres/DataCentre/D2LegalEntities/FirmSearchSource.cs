using Shali.Platform.Identity;
using Shali.Platform.Systems;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>Firms in the one search line of the portal.</summary>
internal sealed class FirmSearchSource(FirmSearch search) : SearchSource
{
    public override string Label => Text.Firms;

    public override int Order => 30;

    public override async Task<SearchFound> Find(string words, Caller who, int limit, CancellationToken cancel)
    {
        var found = await search.Find(words, null, limit, cancel);
        return new(
            [
                .. found.Firms.Select(firm => new SearchHit(
                    firm.Text("name"), $"/firms/{firm.Key}", $"{firm.Text("kind")} · {firm.Text("state")} · {firm.Text("credit_code")}")),
            ],
            found.Next is null ? null : $"/firms?q={Uri.EscapeDataString(words)}");
    }
}
