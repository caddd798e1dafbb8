namespace Shali.Centres.Demo;

/// <summary>A made-up legal entity.</summary>
public sealed class DemoFirm
{
    public required string Organisation { get; init; }

    public required string Credit { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public string State { get; set; } = "active";

    public required string Registrar { get; init; }

    public required DateOnly Established { get; set; }

    public DateOnly? Ended { get; set; }

    public string? RepresentativeName { get; set; }

    public string? RepresentativePerson { get; set; }

    public decimal? Capital { get; set; }

    public string? Industry { get; init; }

    public string? Scope { get; init; }

    public required string Address { get; set; }

    public required string Village { get; init; }

    public string? Parent { get; set; }

    public string? Phone { get; init; }

    public long? Insured { get; set; }

    public long? ReportedYear { get; set; }

    public bool Abnormal { get; set; }

    public bool Serious { get; set; }
}

public sealed record DemoFiling(
    string Key, string Entity, string Kind, DateOnly On, string? Document, string? Before, string After, string? Details);

public sealed record DemoOldNumber(string Key, string Entity, string Kind, string Number, DateOnly? Until);

public sealed record DemoShareholder(
    string Key, string Entity, string Name, string? Person, decimal Percent, decimal? Subscribed, DateOnly From);

public sealed record DemoLicence(
    string Key, string Entity, string Number, string Name, string Content, string Office, DateOnly On, DateOnly? To, string State);

public sealed record DemoPenalty(
    string Key, string Entity, string Number, string Fact, string Ground, string Content, decimal Fine, string Office, DateOnly On, DateOnly Until);

public sealed record DemoListing(
    string Key, string Entity, string List, string Reason, DateOnly On, DateOnly? Removed, string? RemovedReason);

public sealed record DemoReport(string Key, string Entity, long Year, DateOnly? Filed);

/// <summary>The firms of a stretch of the city and what the registers say of them.</summary>
public sealed class DemoTrade
{
    public List<DemoFirm> Firms { get; } = [];

    public List<DemoFiling> Filings { get; } = [];

    public List<DemoOldNumber> OldNumbers { get; } = [];

    public List<DemoShareholder> Shareholders { get; } = [];

    public List<DemoLicence> Licences { get; } = [];

    public List<DemoPenalty> Penalties { get; } = [];

    public List<DemoListing> Listings { get; } = [];

    public List<DemoReport> Reports { get; } = [];

    public List<DemoTruth> Truth { get; } = [];
}
