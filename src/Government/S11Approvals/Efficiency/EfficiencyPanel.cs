using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Approvals on the leaders' board: today's cases, limits kept, cards, ratings.</summary>
internal sealed class EfficiencyPanel(EfficiencyReading reading, Offices offices, RatingResults results, StandardBook standards, TimeProvider time) : BoardPanel
{
    public override string Title => Text.Panel;

    public override int Order => 200;

    public override string? Permission => SupervisionSystem.Look;

    public override async Task<BoardContent> Read(Caller who, CancellationToken cancel)
    {
        var (now, quarter) = (await reading.Today(cancel), Quarter.Of(time.Today()));
        var byOffice = await results.Count("office", quarter.Begin, quarter.End, cancel);
        var shown = RatingResults.Public(byOffice, (int)(await standards.Today(cancel))[StandardKinds.SmallCell]).Shown;
        var period = SupervisorPages.PeriodOf(quarter);
        return new(
            [
                new("今日收件", Wording.Number(now.Received), "件", $"今日办结 {Wording.Number(now.Ended)} 件", EfficiencyRoutes.Desk + "/today/received"),
                new("正在办理", Wording.Number(now.Open), "件", "", EfficiencyRoutes.Desk + "/today/open"),
                new("按期率", now.Share is { } share ? $"{share}" : "", now.Share is null ? "" : "%", $"本季度 {Wording.Number(now.Kept + now.Missed)} 个时限", EfficiencyRoutes.Desk),
                new("黄牌", Wording.Number(now.Yellow), "张", "本季度", $"/supervision/cards?kind=yellow&counted=1&{period}"),
                new("红牌", Wording.Number(now.Red), "张", "本季度", $"/supervision/cards?kind=red&counted=1&{period}"),
                new("差评", Wording.Number(now.Poor), $"/ {Wording.Number(now.Rated)}", $"核实整改中 {Wording.Number(now.Waiting)} 件", EfficiencyRoutes.Results),
            ],
            shown.Count == 0 ? [] :
            [
                new BoardChart.Bars("满意率（本季度办结）", "%", Text.Office, [.. shown.Select(row => new Bar(offices.NameOf(row.Group), (double)row.Content!.Value))]),
            ]);
    }
}
