namespace Shali.Government.S05Enterprises.Demo;

/// <summary>A made-up firm as it truly is: what the departments' databases are made from.</summary>
/// <param name="Type">Of the code list registration-type.</param>
/// <param name="State">Of the code list registration-state.</param>
public sealed record DepartmentFirm(string Organisation, string Credit, string Name, string Type, string State, DateOnly Established)
{
    /// <summary>Its number with the registrar of before 2015.</summary>
    public string? OldNumber { get; init; }

    public DateOnly? Ended { get; init; }

    public string? Representative { get; init; }

    public string? RepresentativeNumber { get; init; }

    /// <summary>In 10,000 yuan.</summary>
    public decimal? Capital { get; init; }

    public string? Industry { get; init; }

    public string Address { get; init; } = "";

    public string? Phone { get; init; }

    public string? ParentCode { get; init; }

    public string Registrar { get; init; } = "";

    public long Insured { get; init; }

    public bool Gone => State is "3" or "4";

    public bool Living => State is "1" or "7" or "8";
}

/// <summary>A contradiction that was put in: its rule, and the subject by which the comparison must name it.</summary>
public sealed record SeededContradiction(string Rule, string Subject, string Note)
{
    public string Code => $"{Rule}:{Subject}";
}
