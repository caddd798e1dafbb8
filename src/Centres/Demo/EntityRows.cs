using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Platform.Registry.Load;

namespace Shali.Centres.Demo;

/// <summary>The generated firms as rows of the base of legal entities.</summary>
public sealed class EntityRows
{
    private static readonly object Yes = true;
    private static readonly object No = false;

    private readonly RowMap _entity = new(
        Resources.Entity, "organisation_code", "credit_code", "name", "kind", "state", "registrar", "established_on", "ended_on",
        "representative_name", "representative_person", "capital", "capital_currency", "industry", "scope", "address", "village", "parent",
        "phone", "insured", "reported_year", "abnormal", "serious_breach");

    private readonly RowMap _filing = new(Resources.Filing, "entity", "kind", "on", "document", "before", "after", "details");

    private readonly RowMap _old = new(Resources.OldNumber, "entity", "kind", "number", "until");

    private readonly RowMap _holder = new(
        Resources.Shareholder, "entity", "holder_name", "holder_person", "percent", "subscribed", "from");

    private readonly RowMap _licence = new(
        Resources.Licence, "entity", "number", "name", "content", "office", "decided_on", "valid_to", "state");

    private readonly RowMap _penalty = new(
        Resources.Penalty, "entity", "number", "fact", "ground", "content", "fine", "office", "decided_on", "shown_until");

    private readonly RowMap _listing = new(
        Resources.Listing, "entity", "list", "reason", "listed_on", "removed_on", "removed_reason");

    private readonly RowMap _report = new(Resources.AnnualReport, "entity", "year", "filed_on");

    public IReadOnlyList<RecordBatch> Of(DemoTrade trade) =>
    [
        new(_entity.Resource, [.. trade.Firms.Select(firm => (firm.Organisation, Row(firm)))]),
        new(_filing.Resource, [.. trade.Filings.Select(filing => (filing.Key, _filing.Row(
            filing.Entity, filing.Kind, filing.On, filing.Document, filing.Before, filing.After, filing.Details)))]),
        new(_old.Resource, [.. trade.OldNumbers.Select(old => (old.Key, _old.Row(old.Entity, old.Kind, old.Number, old.Until)))]),
        new(_holder.Resource, [.. trade.Shareholders.Select(holder => (holder.Key, _holder.Row(
            holder.Entity, holder.Name, holder.Person, holder.Percent, holder.Subscribed, holder.From)))]),
        new(_licence.Resource, [.. trade.Licences.Select(licence => (licence.Key, _licence.Row(
            licence.Entity, licence.Number, licence.Name, licence.Content, licence.Office, licence.On, licence.To, licence.State)))]),
        new(_penalty.Resource, [.. trade.Penalties.Select(penalty => (penalty.Key, _penalty.Row(
            penalty.Entity, penalty.Number, penalty.Fact, penalty.Ground, penalty.Content, penalty.Fine, penalty.Office, penalty.On,
            penalty.Until)))]),
        new(_listing.Resource, [.. trade.Listings.Select(listing => (listing.Key, _listing.Row(
            listing.Entity, listing.List, listing.Reason, listing.On, listing.Removed, listing.RemovedReason)))]),
        new(_report.Resource, [.. trade.Reports.Select(report => (report.Key, _report.Row(report.Entity, report.Year, report.Filed)))]),
    ];

    private object?[] Row(DemoFirm firm) => _entity.Row(
        firm.Organisation, firm.Credit, firm.Name, firm.Kind, firm.State, firm.Registrar, firm.Established, firm.Ended,
        firm.RepresentativeName, firm.RepresentativePerson, firm.Capital, firm.Capital is null ? null : "人民币", firm.Industry, firm.Scope,
        firm.Address, firm.Village, firm.Parent, firm.Phone, firm.Insured, firm.ReportedYear, firm.Abnormal ? Yes : No,
        firm.Serious ? Yes : No);
}
