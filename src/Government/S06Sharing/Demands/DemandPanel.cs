using Microsoft.AspNetCore.Components;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;

namespace Shali.Government.S06Sharing.Demands;

/// <summary>Which office needs the data: whoever gives it to a provider has to know.</summary>
internal sealed class DemandPanel(Offices offices) : CasePanel
{
    public override Task<RenderFragment?> Of(CaseFile file, PanelPlace place, Caller who, CancellationToken cancel) =>
        Task.FromResult<RenderFragment?>(place != PanelPlace.Desk || file.Type.Code != DemandType.Code ? null : builder =>
        {
            builder.OpenComponent<DemandView>(0);
            builder.AddComponentParameter(1, nameof(DemandView.Consumer), offices.NameOf(file.Answers.GetValueOrDefault(DemandType.Consumer, "")));
            builder.AddComponentParameter(2, nameof(DemandView.Provider), Text.ProviderOf(offices, file.Case.Office));
            builder.CloseComponent();
        });
}
