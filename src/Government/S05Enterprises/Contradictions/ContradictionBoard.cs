using Shali.Platform.Identity;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>How far the departments agree about firms, on the leaders' board.</summary>
internal sealed class ContradictionBoard(ContradictionReader reader, Offices offices) : BoardPanel
{
    public override string Title => Text.System;

    public override int Order => 25;

    public override string Permission => EnterpriseSystem.View;

    public override async Task<BoardContent> Read(Caller who, CancellationToken cancel)
    {
        var standings = await reader.League(cancel);
        var compared = await reader.ComparedAt(cancel);
        return new(
            [
                new(Text.OpenContradictions, Text.Count(standings.Sum(one => one.Open)), "处", compared is { } at ? Text.ComparedAt(at) : Text.NeverCompared, Routes.Contradictions),
                new(Text.ClosedLately, Text.Count(standings.Sum(one => one.Closed)), "处"),
                new(Text.RedOffices, Text.Count(standings.Count(one => one.Band == StandingBand.Red)), "个", Text.RedNote, Routes.Offices),
            ],
            [new BoardChart.Bars(Text.ByOffice, "处", Text.Office, [.. standings.Where(one => one.Open > 0).OrderByDescending(one => one.Open).Select(one => new Bar(offices.NameOf(one.Office), one.Open))])]);
    }
}
