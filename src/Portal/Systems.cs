using Shali.Centres.DataCentre.D1Population;
using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Government.Governance.Disclosure;
using Shali.Government.S05Enterprises;
using Shali.Government.S06Sharing;
using Shali.Government.S11Approvals;
using Shali.Platform.Audit;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Documents;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Regions;
using Shali.Platform.Systems;
using Shali.Portal.Site;

namespace Shali.Portal;

/// <summary>
/// The systems of this city, in the order of the programme. A system that is not listed here does not run.
/// </summary>
public static class Systems
{
    public static readonly IReadOnlyList<CitySystem> All =
    [
        new IdentitySystem(),
        new AuditSystem(),
        new RegionSystem(),
        new LedgerSystem(),
        new CalendarSystem(),
        new PortalSystem(),
        new RecordsSystem(),
        new CaseworkSystem(),
        new SupervisionSystem(),
        new DocumentSystem(),
        new PopulationSystem(),
        new LegalEntitySystem(),
        new EnterpriseSystem(),
        new SharingSystem(),
        new ExchangeSystem(),
        new ApprovalSystem(),
        new DisclosureSystem(),
    ];
}
