using Shali.Government.S05Enterprises.Authorities;
using Shali.Platform.Registry.Load;

namespace Shali.Government.S05Enterprises.Demo;

/// <summary>The rows of one firm in the departments' databases: changed by a fault before they are written.</summary>
internal sealed class FirmRows
{
    public required Registration Registration { get; set; }

    public Taxpayer? Taxpayer { get; set; }

    public ProductLicence? Licence { get; set; }

    public LandParcel? Parcel { get; set; }

    public Premises? Premises { get; set; }

    public StatisticalUnit? Unit { get; set; }

    public PollutantPermit? Permit { get; set; }

    public InsuredUnit? Insured { get; set; }
}

/// <summary>Gathers rows of the departments' databases for writing.</summary>
internal sealed class DepartmentRows
{
    private readonly List<(string Key, object?[] Values)>[] _rows = [.. Authority.All.Select(_ => new List<(string, object?[])>())];

    public int Firms { get; private set; }

    /// <summary>Numbers that the insurer gave, for the crosswalk of the base of legal entities.</summary>
    public List<(string Organisation, string Number)> Numbers { get; } = [];

    public IReadOnlyList<RecordBatch> Batches => [.. Authority.All.Select((authority, i) => new RecordBatch(authority.Resource, _rows[i])).Where(batch => batch.Rows.Count > 0)];

    public void Add(FirmRows firm, string organisation)
    {
        Firms++;
        Add(0, firm.Registration, firm.Registration.CreditCode);
        Add(1, firm.Taxpayer, firm.Taxpayer?.TaxpayerNumber);
        Add(2, firm.Licence, firm.Licence?.LicenceNumber);
        Add(3, firm.Parcel, firm.Parcel?.ParcelNumber);
        Add(4, firm.Premises, firm.Premises?.UnitNumber);
        Add(5, firm.Unit, firm.Unit?.UnitCode);
        Add(6, firm.Permit, firm.Permit?.PermitNumber);
        Add(7, firm.Insured, firm.Insured?.UnitNumber);
        if (firm.Insured is { CreditCode: null } insured)
        {
            Numbers.Add((organisation, insured.UnitNumber));
        }
    }

    private void Add<T>(int authority, T? row, string? key)
        where T : class
    {
        if (row is not null)
        {
            _rows[authority].Add((key!, Row(row)));
        }
    }

    private static object?[] Row<T>(T value) => [.. Platform.Registry.Typed<T>.Values(value).Values];
}
