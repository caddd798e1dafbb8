using Microsoft.AspNetCore.Components;
using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;

namespace Shali.Government.S06Sharing.Disputes;

/// <summary>Who mediates sees at once which refusal it is about, without opening the request.</summary>
internal sealed class DisputePanel(CaseReader cases, Offices offices) : CasePanel
{
    public override async Task<RenderFragment?> Of(CaseFile file, PanelPlace place, Caller who, CancellationToken cancel)
    {
        if (place != PanelPlace.Desk || file.Type.Code != DisputeType.Code)
        {
            return null;
        }

        var number = file.Answers.GetValueOrDefault(DisputeType.Request, "");
        var request = await cases.Get(who, number, cancel);
        return builder =>
        {
            builder.OpenComponent<DisputeView>(0);
            builder.AddComponentParameter(1, nameof(DisputeView.Number), number);
            builder.AddComponentParameter(2, nameof(DisputeView.File), request);
            builder.AddComponentParameter(3, nameof(DisputeView.Consumer), offices.NameOf(file.Answers.GetValueOrDefault(DisputeType.Consumer, "")));
            builder.AddComponentParameter(4, nameof(DisputeView.Provider), offices.NameOf(request?.Answers.GetValueOrDefault(RequestTerms.Provider) ?? ""));
            builder.CloseComponent();
        };
    }
}
