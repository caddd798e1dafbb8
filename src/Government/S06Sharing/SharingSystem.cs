using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S06Sharing.Corrections;
using Shali.Government.S06Sharing.Demands;
using Shali.Government.S06Sharing.Disputes;
using Shali.Government.S06Sharing.Grants;
using Shali.Government.S06Sharing.Pages;
using Shali.Government.S06Sharing.Requests;
using Shali.Government.S06Sharing.Watch;
using Shali.Platform.Api.OpenApi;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Catalogue;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Systems;

namespace Shali.Government.S06Sharing;

/// <summary>
/// 政务信息共享与交换 (S06): an office asks for another office's data, the authority looks whether the request is whole, the
/// provider answers, and what was agreed opens the interface. What every reader asks of a grant stands in the platform.
/// </summary>
public sealed class SharingSystem : CitySystem
{
    public override string Clause => "S06";

    public override string Name => Text.System;

    public override string Owner => RequestType.Authority;

    public override IReadOnlyList<ResourceDefinition> Resources => [GrantResources.Grant];

    public override IReadOnlyList<CodeList> CodeLists => [GrantState.Codes, GrantWay.Codes, GrantDisposal.Codes];

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(SharingRights.Apply, "申请使用其他部门的数据", Roles.Clerk, Roles.Head),
        Permission.For(SharingRights.Answer, "答复对本部门数据的共享申请，暂停、恢复和终止授权", Roles.Head),
        Permission.For(SharingRights.Report, "指出其他部门数据中的错误", Roles.Clerk, Roles.Head, Roles.InformationOfficer, Roles.Client),
        Permission.For(SharingRights.Verify, "核实其他部门指出的本部门数据中的错误", Roles.Clerk, Roles.Head),
        Permission.For(SharingRights.Manage, "审核共享申请的完整性，同意延期，监督授权（政务数据共享主管部门）", Roles.Clerk, Roles.Head).At(Owner),
    ];

    public override IReadOnlyList<RuleEntry> Rules => [.. RequestGuard.Rules, .. CorrectionGuard.Rules, .. DemandGuard.Rules, .. DisputeGuard.Rules];

    public override IReadOnlyList<CaseType> CaseTypes => [RequestType.Conditional, RequestType.Unconditional, CorrectionType.Type, DemandType.Type, DisputeType.Type];

    public override IReadOnlyList<ApiOperation> Operations => CorrectionApi.Operations;

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Desk, Text.Requests, Routes.Requests, SharingRights.Apply, Text.RequestsNote),
        new(MenuPlace.Desk, Text.Grants, Routes.Grants, SharingRights.Apply, Text.GrantsNote),
        new(MenuPlace.Desk, Watch.Text.Title, Routes.Watch, SharingRights.Report, Watch.Text.Note),
        new(MenuPlace.Desk, Quality.Text.Title, Routes.Quality, SharingRights.Report, Quality.Text.Note),
        new(MenuPlace.Desk, Demands.Text.Demands, Routes.Demands, SharingRights.Apply, Demands.Text.DemandsNote),
        new(MenuPlace.Desk, Corrections.Text.Corrections, Routes.Corrections, SharingRights.Report, Corrections.Text.CorrectionsNote),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<RequestDesk>()
        .AddSingleton<StepGuard, RequestGuard>()
        .AddSingleton<CaseEffect, RequestEffect>()
        .AddSingleton<CasePanel, RequestPanel>()
        .AddSingleton<EntryOffer, RequestOffer>()
        .AddSingleton<OpenCorrections>()
        .AddSingleton<CorrectionDesk>()
        .AddSingleton<Receivers>()
        .AddSingleton<StepGuard, CorrectionGuard>()
        .AddSingleton<CaseEffect, CorrectionEffect>()
        .AddSingleton<FollowUp, CorrectionWrite>()
        .AddSingleton<StepGuard, DemandGuard>()
        .AddSingleton<CaseEffect, DemandEffect>()
        .AddSingleton<FollowUp, DemandWatch>()
        .AddSingleton<StepGuard, DisputeGuard>()
        .AddSingleton<CaseEffect, DisputeEffect>()
        .AddSingleton<WatchReader>()
        .AddSingleton<GrantReminders>()
        .Periodically<GrantReminders>("reminders of grants that end", TimeSpan.FromHours(1), (reminders, cancel) => reminders.Run(cancel))
        .AddSingleton<CasePanel, DemandPanel>()
        .AddSingleton<CasePanel, DisputePanel>()
        .AddSingleton<CasePanel, CorrectionPanel>()
        .AddSingleton<RecordOffer, CorrectionOffer>();

    public override void Map(IEndpointRouteBuilder routes) => Routes.Map(routes);
}

/// <summary>The way from the catalogue to a request.</summary>
internal sealed class RequestOffer : EntryOffer
{
    public override (string Label, string Address)? Of(ResourceDefinition resource, Caller caller) =>
        caller.May(SharingRights.Apply) && resource.Sharing.Class != SharingClass.NotShared && !OfficeCode.Matches(resource.Owner, caller.Office)
            ? (Text.AskForData, Routes.New(resource.Address))
            : null;
}
