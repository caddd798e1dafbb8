namespace Shali.Centres.Demo;

/// <summary>What the generator is asked for. Equal plans give equal cities, byte for byte.</summary>
/// <param name="People">Living persons whom the population base shall know.</param>
/// <param name="Today">The day on which the city stands as it is described.</param>
public sealed record DemoPlan(int People, ulong Seed, DateOnly Today)
{
    /// <summary>Events before this day are not told one by one.</summary>
    public DateOnly HistoryFrom => Today.AddYears(-5);
}

/// <summary>A made-up person.</summary>
public sealed class DemoPerson
{
    public required string Key { get; init; }

    public required string Name { get; set; }

    public string? FormerName { get; set; }

    public required bool Male { get; init; }

    public required DateOnly Birth { get; set; }

    public DateOnly? Death { get; set; }

    public required string Nationality { get; init; }

    public string? Number { get; set; }

    public string? BirthPlace { get; set; }

    public DemoHousehold? Household { get; set; }

    public string? Relation { get; set; }

    /// <summary>Registered address of a person who is registered elsewhere in the country.</summary>
    public string? AddressElsewhere { get; set; }

    public DemoPlace? Lives { get; set; }

    public string? LivesAt { get; set; }

    public DateOnly? LivesSince { get; set; }

    /// <summary>Where a person was registered who is registered nowhere in the city any more: still that area's to follow up.</summary>
    public DemoPlace? Left { get; set; }

    public string Marital { get; set; } = "10";

    public string? Education { get; set; }

    public string? Occupation { get; set; }

    public string? Employer { get; set; }

    public bool? Insured { get; set; }

    public string? Phone { get; set; }

    public string State { get; set; } = "normal";

    /// <summary>Empty: the population base judges it itself.</summary>
    public string? NumberState { get; set; }

    /// <summary>A second record of the same person, or a row that the truth file tells of.</summary>
    public bool Seeded { get; set; }

    public int AgeOn(DateOnly day) => day.Year - Birth.Year - (day.DayOfYear < Birth.DayOfYear ? 1 : 0);
}

/// <summary>A made-up household.</summary>
public sealed class DemoHousehold
{
    public required string Key { get; init; }

    public required string Kind { get; init; }

    public string? Head { get; set; }

    public required string Address { get; init; }

    public required DemoPlace Place { get; init; }

    public required DateOnly Established { get; init; }

    public DateOnly? Dissolved { get; set; }
}

/// <summary>A village or community of the city with the words of its addresses.</summary>
public sealed record DemoPlace(string Code, string Name, string Prefix, bool Urban, double Weight)
{
    public string County => Code[..6];

    public string Town => Code[..9];
}

/// <summary>Being registered in a household.</summary>
public sealed record DemoMembership(
    string Key, string Person, string Household, string Village, string Relation, DateOnly From, DateOnly? To, string OpenedBy, string? ClosedBy);

/// <summary>Living somewhere in the city.</summary>
public sealed record DemoResidence(
    string Key, string Person, string Village, string? Address, DateOnly From, DateOnly? To, string Ground, DateOnly? ReportedOn);

public sealed record DemoEvent(
    string Key, string Kind, string Person, string? Other, string? Household, DateOnly Date, DateOnly ReportedOn, bool Late, string? Village,
    string Details, string? Documents);

public sealed record DemoMarriage(string Key, string A, string B, DateOnly From, DateOnly? To, string? End, string Certificate);

public sealed record DemoNumber(string Key, string Person, string Value, DateOnly From, DateOnly? To, string Reason, string State);

public sealed record DemoTransfer(
    string Key, string Certificate, string Person, string? Household, string? Village, string Destination, string Reason,
    DateOnly Issued, DateOnly Expires, DateOnly? Surrendered, string State);

public sealed record DemoPermit(
    string Key, string Number, string Person, string Village, string Ground, DateOnly Issued, DateOnly? EndorsedOn, DateOnly EndorsedUntil, string State);

/// <summary>One seeded fault: what is wrong, and with which records.</summary>
public sealed record DemoTruth(string Kind, string Resource, string Key, string? Other, string Note);

/// <summary>A stretch of the city that is made, written and forgotten together.</summary>
public sealed class DemoChunk
{
    public int Ordinal { get; init; }

    public List<DemoPerson> Persons { get; } = [];

    public List<DemoHousehold> Households { get; } = [];

    public List<DemoMembership> Memberships { get; } = [];

    public List<DemoResidence> Residences { get; } = [];

    public List<DemoEvent> Events { get; } = [];

    public List<DemoMarriage> Marriages { get; } = [];

    public List<DemoNumber> Numbers { get; } = [];

    public List<DemoTransfer> Transfers { get; } = [];

    public List<DemoPermit> Permits { get; } = [];

    public List<DemoTruth> Truth { get; } = [];

    /// <summary>The firms that these people run.</summary>
    public DemoTrade Trade { get; set; } = new();
}
