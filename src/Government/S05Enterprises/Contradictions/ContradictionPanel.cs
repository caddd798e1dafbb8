using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>The way from a case to what each side says.</summary>
internal sealed class ContradictionPanel : CasePanel
{
    public override Task<PanelNote?> Note(Case of, PanelPlace place, Caller who, CancellationToken cancel) => Task.FromResult(
        place == PanelPlace.Desk && of.Type == ContradictionType.Code && CaseRules.AnswersOf(of).GetValueOrDefault(ContradictionType.Number) is { } code && who.May(EnterpriseSystem.View)
            ? new PanelNote(Text.Contradictions, Text.PanelNote, Routes.Contradiction(code), Text.SidesTitle) : null);
}
