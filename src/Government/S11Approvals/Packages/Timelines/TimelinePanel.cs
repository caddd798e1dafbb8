using Microsoft.AspNetCore.Components;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;

namespace Shali.Government.S11Approvals.Packages.Timelines;

/// <summary>The timeline with the case of a package: for whoever applied, for the offices, and in few words for anyone with the code.</summary>
internal sealed class TimelinePanel(TimelineReader timelines, Offices offices) : CasePanel
{
    public override async Task<RenderFragment?> Of(CaseFile file, PanelPlace place, Caller who, CancellationToken cancel)
    {
        if (!PackageProgress.IsPackage(file.Type) || await timelines.Of(file, cancel) is not { } timeline)
        {
            return null;
        }

        return builder =>
        {
            builder.OpenComponent<TimelineView>(0);
            builder.AddComponentParameter(1, nameof(TimelineView.Timeline), timeline);
            builder.AddComponentParameter(2, nameof(TimelineView.Place), place);
            builder.AddComponentParameter(3, nameof(TimelineView.OfficeName), (Func<string, string>)offices.NameOf);
            builder.CloseComponent();
        };
    }
}
