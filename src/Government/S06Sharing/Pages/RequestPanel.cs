using Microsoft.AspNetCore.Components;
using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;

namespace Shali.Government.S06Sharing.Pages;

/// <summary>What is asked for, in the words of the resource, and the ways from the case to correction and grant.</summary>
internal sealed class RequestPanel(SharedResources shared, GrantDesk grants, Offices offices) : CasePanel
{
    public override async Task<RenderFragment?> Of(CaseFile file, PanelPlace place, Caller who, CancellationToken cancel)
    {
        if (place != PanelPlace.Desk || !RequestType.Is(file.Type))
        {
            return null;
        }

        var terms = RequestTerms.Of(file.Answers);
        var granted = await grants.Get(who, file.Case.Number, cancel) is not null;
        var corrects = file.Case.Stage == "correcting" && file.Case.Office == who.Office;
        var disputable = file.Case.Stage == RequestType.Refused && terms.Consumer == who.Office && who.May(SharingRights.Apply);
        return builder =>
        {
            builder.OpenComponent<RequestTermsView>(0);
            builder.AddComponentParameter(1, nameof(RequestTermsView.Terms), terms);
            builder.AddComponentParameter(2, nameof(RequestTermsView.Resource), shared.Find(terms.Resource));
            builder.AddComponentParameter(3, nameof(RequestTermsView.Provider), offices.NameOf(shared.Find(terms.Resource)?.Owner ?? file.Answers.GetValueOrDefault(RequestTerms.Provider, "")));
            builder.AddComponentParameter(4, nameof(RequestTermsView.Consumer), offices.NameOf(terms.Consumer));
            builder.AddComponentParameter(5, nameof(RequestTermsView.Correction), corrects ? Routes.Correct(file.Case.Number) : null);
            builder.AddComponentParameter(6, nameof(RequestTermsView.Granted), granted ? GrantDesk.Address(file.Case.Number) : null);
            builder.AddComponentParameter(7, nameof(RequestTermsView.Dispute), disputable ? Routes.Dispute(file.Case.Number) : null);
            builder.CloseComponent();
        };
    }
}
