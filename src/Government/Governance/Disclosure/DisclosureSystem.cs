using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// 政府信息公开和保密审查 (G3, and the disclosure half of P4): what goes on line, after whose review, and what is given
/// on request. It stands under governance, not in the portal: the duty to review lies with each organ, the portal is
/// one place where the result shows.
/// </summary>
public sealed class DisclosureSystem : CitySystem
{
    public const string Write = "disclosure.document.draft";
    public const string Review = "disclosure.document.review";
    public const string Publish = "disclosure.document.publish";
    public const string Requests = "disclosure.request.handle";

    public override string Clause => "G3";

    public override string Name => Text.System;

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => DisclosureResources.All;

    public override IReadOnlyList<CodeList> CodeLists => Codes.All;

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(Write, "起草拟公开的信息", Roles.Clerk, Roles.Head),
        Permission.For(Review, "单位审查和保密审查", Roles.Head),
        Permission.For(Publish, "公开、登记和撤下信息（公开工作机构）", Roles.InformationOfficer, Roles.Leader),
        Permission.For(Requests, "办理政府信息公开申请和意见建议", Roles.Clerk, Roles.Head),
    ];

    public override IReadOnlyList<RuleEntry> Rules => DraftRules.All;

    public override IReadOnlyList<CaseType> CaseTypes => [RequestType.Type, FeedbackType.Type];

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Desk, Text.Drafts, Routes.Desk, Write, Text.DraftsNote),
        new(MenuPlace.Desk, Text.ToPublish, Routes.Desk + "?state=" + DraftState.Office, Publish, Text.ToPublishNote),
        new(MenuPlace.Desk, Text.Consultations, Routes.DeskConsultations, Publish),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<FileReading>()
        .AddSingleton<DraftCheck>()
        .AddSingleton<DraftReader>()
        .AddSingleton<DraftDesk>()
        .AddSingleton<DocumentReader>()
        .AddSingleton<RequestRegister>()
        .AddSingleton<ConsultationDesk>()
        .AddSingleton<DisclosureSeed>()
        .AddSingleton<SearchSource, DocumentSearch>()
        .AddSingleton<RecordGuard, DocumentGuard>()
        .AddSingleton<RecordGuard, DocumentFileGuard>()
        .AddSingleton<StepGuard, RequestGuard>();

    public override void Map(IEndpointRouteBuilder routes) => Routes.Map(routes);
}

/// <summary>Published documents in the one search line of the portal.</summary>
internal sealed class DocumentSearch(DocumentReader documents) : SearchSource
{
    public override string Label => Text.Documents;

    public override int Order => 20;

    public override async Task<SearchFound> Find(string words, Caller who, int limit, CancellationToken cancel)
    {
        var (found, next) = await documents.Find(new() { Words = words }, limit, cancel);
        return new(
            [.. found.Select(document => new SearchHit(document.Title, Routes.Document(document.Index), $"{document.OfficeName} · {document.Summary}"))],
            next is null ? null : $"{Routes.Documents}?q={Uri.EscapeDataString(words)}");
    }
}
