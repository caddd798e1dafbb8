using Microsoft.AspNetCore.Components;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;

namespace Shali.Platform.Casework;

/// <summary>The notices of a case on its page: for the office with what was objected, for the applicant with where it stands.</summary>
internal sealed class PublicNoticePanel(PublicNoticeReader notices, CaseTypes types) : CasePanel
{
    public override async Task<PanelNote?> Note(Case of, PanelPlace place, Caller who, CancellationToken cancel) =>
        place == PanelPlace.Own && of.Stage == PublicNotices.Stage && PublicNotices.In(await types.Of(of.Type, of.TypeVersion, cancel)) && (await notices.Of(of.Number, cancel)).LastOrDefault(notices.Runs) is { } notice
            ? new(Text.OwnNotice, Text.NoticePeriod(notice.ShownFrom, notice.ShownUntil), PublicNoticeRoutes.Of(notice.Key), Text.SeeNotice)
            : null;

    public override async Task<RenderFragment?> Of(CaseFile file, PanelPlace place, Caller who, CancellationToken cancel)
    {
        if (place != PanelPlace.Desk)
        {
            return await base.Of(file, place, who, cancel);
        }

        if (!PublicNotices.In(file.Type) || file.Sight != Sight.Office || who.Office != file.Case.Office || await notices.Of(file.Case.Number, cancel) is not { Count: > 0 } published)
        {
            return null;
        }

        var objections = await notices.Objections(who, file.Case, cancel);
        return builder =>
        {
            builder.OpenComponent<PublicNoticeView>(0);
            builder.AddComponentParameter(1, nameof(PublicNoticeView.File), file);
            builder.AddComponentParameter(2, nameof(PublicNoticeView.Notices), published);
            builder.AddComponentParameter(3, nameof(PublicNoticeView.Objections), objections);
            builder.AddComponentParameter(4, nameof(PublicNoticeView.Answers), CaseRules.Possible(file.Facts, who).Any(step => step.Code == PublicNotices.Answer));
            builder.CloseComponent();
        };
    }
}
