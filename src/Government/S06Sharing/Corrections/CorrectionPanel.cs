using Microsoft.AspNetCore.Components;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>What is said to be wrong, for the offices and for the person whose record it is.</summary>
internal sealed class CorrectionPanel(ResourceRegistry registry, Offices offices) : CasePanel
{
    public override Task<RenderFragment?> Of(CaseFile file, PanelPlace place, Caller who, CancellationToken cancel)
    {
        if (place == PanelPlace.Track || file.Type.Code != CorrectionType.Code)
        {
            return Task.FromResult<RenderFragment?>(null);
        }

        var terms = CorrectionTerms.Of(file.Answers);
        return Task.FromResult<RenderFragment?>(builder =>
        {
            builder.OpenComponent<CorrectionView>(0);
            builder.AddComponentParameter(1, nameof(CorrectionView.Terms), terms);
            builder.AddComponentParameter(2, nameof(CorrectionView.Resource), registry.Find(terms.Resource));
            builder.AddComponentParameter(3, nameof(CorrectionView.By), offices.NameOf(terms.By));
            builder.AddComponentParameter(4, nameof(CorrectionView.To), offices.NameOf(terms.To));
            builder.AddComponentParameter(5, nameof(CorrectionView.Linked), place == PanelPlace.Desk);
            builder.AddComponentParameter(6, nameof(CorrectionView.Codes), (Func<string, CodeList?>)registry.Codes);
            builder.CloseComponent();
        });
    }
}

/// <summary>With a record: the way to say that it is wrong, and what is being verified.</summary>
internal sealed class CorrectionOffer(OpenCorrections corrections) : RecordOffer
{
    public override async Task<IReadOnlyList<RecordOffered>> Of(ShownRecord record, Caller caller, CancellationToken cancel)
    {
        if (caller.Kind != CallerKind.Staff)
        {
            return [];
        }

        var (resource, offered) = (record.Record.Definition, new List<RecordOffered>());
        var open = (await corrections.Of(resource.Id, record.Key, cancel)).Select(one => resource.Field(one.Field)?.Label ?? one.Field).Distinct(StringComparer.Ordinal).ToList();
        if (open.Count > 0)
        {
            offered.Add(new("", "", Text.BeingVerified(open)));
        }

        // Of the own office's fields he is told on the form: only some of them may be another office's.
        if (caller.May(SharingRights.Report) && (resource.Provenance || !OfficeCode.Matches(resource.Owner, caller.Office)))
        {
            offered.Add(new(Text.Report, Routes.ReportOf(resource, record.Key)));
        }

        return offered;
    }
}
