using System.Globalization;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;

namespace Shali.Government.S05Enterprises.Demo;

/// <summary>
/// Makes what seven departments would know of firms: each in its own shape, with its own numbers and its own gaps, and
/// contradictions at known places. The same firms and dice give the same rows.
/// </summary>
public sealed class DepartmentCity
{
    private static readonly string[] Makers = ["13", "14", "15", "17", "22", "26", "33"];

    private static readonly string[] Products = ["食品用塑料包装", "食品用纸制品", "危险化学品", "电线电缆", "化肥", "水泥", "建筑用钢筋"];

    private readonly Random _dice;
    private readonly DateOnly _today;
    private readonly DepartmentFaults _faults;
    private readonly HashSet<string> _dead;
    private int _made;

    /// <param name="seed">Of the dice.</param>
    /// <param name="today">The day on which the databases stand.</param>
    /// <param name="every">About one firm in so many gets a contradiction.</param>
    /// <param name="dead">People who have died: name and number.</param>
    /// <param name="salt">With which the database names people without their numbers.</param>
    public DepartmentCity(ulong seed, DateOnly today, int every, IReadOnlyList<(string Name, string Number)> dead, string salt)
    {
        (_dice, _today, _dead) = (new(unchecked((int)seed)), today, [.. dead.Select(one => one.Number)]);
        _faults = new(this, every, today, dead, salt);
    }

    /// <summary>What was put in so far.</summary>
    public IReadOnlyList<SeededContradiction> Truth => _faults.Truth;

    /// <param name="firm">A firm as it truly is.</param>
    /// <param name="rows">Gets its rows.</param>
    internal void Make(DepartmentFirm firm, DepartmentRows rows)
    {
        _made++;
        var made = Rows(firm);
        if (!Flawed(firm, made))
        {
            _faults.Spoil(_dice, firm, made);
        }

        rows.Add(made, firm.Organisation);
    }

    /// <summary>What contradicts itself in the base of legal entities already is told and nothing is added to it.</summary>
    private bool Flawed(DepartmentFirm firm, FirmRows made)
    {
        var before = _faults.Truth.Count;
        if (firm.Gone && firm.Insured > 0)
        {
            made.Insured = InsuredUnit(firm, "1", firm.Insured);
            _faults.Tell("S05-C03", firm.Organisation, "已注销，仍有参保人员");
        }

        if (firm.Established > _today)
        {
            _faults.Tell("S05-C12", "r:" + firm.Credit, "成立日期晚于今天");
        }

        if (firm.Living && firm.Capital >= ContradictionRules.ImplausibleCapital && made.Taxpayer is { } taxpayer)
        {
            made.Taxpayer = taxpayer with { RegisteredCapital = firm.Capital };
            _faults.Tell("S05-C11", firm.Organisation, "注册资本单位应为万元，按元录入");
        }

        if (firm is { Type: "branch", State: "1", ParentCode: not { Length: 18 } })
        {
            _faults.Tell("S05-C13", firm.Organisation, "隶属单位不存在");
        }

        if (firm.Living && firm.RepresentativeNumber is { } number && _dead.Contains(number))
        {
            _faults.Tell("S05-C08", firm.Organisation, "法定代表人已死亡，单位仍存续");
        }

        return _faults.Truth.Count > before;
    }

    private FirmRows Rows(DepartmentFirm firm)
    {
        var since = Earlier(firm.Established.AddDays(_dice.Between(1, 25)), _today);
        var company = firm.Type == "company";
        var maker = company && firm.Industry is { } industry && Makers.Contains(industry, StringComparer.Ordinal);
        var turnover = Turnover(firm);
        var made = new FirmRows
        {
            Registration = new()
            {
                CreditCode = firm.Credit,
                RegistrationNumber = firm.OldNumber,
                Name = firm.Name,
                Type = firm.Type,
                State = firm.State,
                Representative = firm.Representative,
                RepresentativeNumber = firm.RepresentativeNumber,
                Capital = firm.Capital,
                Industry = firm.Industry,
                EstablishedOn = firm.Established,
                ApprovedOn = Earlier(firm.Established, _today),
                EndedOn = firm.Ended,
                Address = firm.Address,
                Phone = firm.Phone,
                ParentCode = firm.ParentCode,
                Registrar = firm.Registrar,
            },
        };
        if (firm.Established <= _today.AddDays(-ContradictionRules.TaxRegistrationDays) || _dice.Chance(0.5))
        {
            made.Taxpayer = new()
            {
                TaxpayerNumber = firm.OldNumber is { } old && _dice.Chance(0.3) ? old : firm.Credit,
                Name = firm.Name,
                State = firm.State switch { "1" => "03", "7" => "04", "8" => "06", "2" => "05", _ => "07" },
                CreditGrade = firm.State is "2" ? "D" : firm.Type == "sole-trader" ? null : _dice.Pick(["A", "B", "B", "B", "M", "M", "C"]),
                RegisteredOn = since,
                Representative = firm.Representative,
                RegisteredCapital = firm.Capital * 10_000,
                Industry = firm.Industry,
                Turnover = firm.Gone ? null : turnover,
            };
        }

        if (maker && _dice.Chance(0.25))
        {
            made.Licence = Licence(firm, firm.Gone ? "3" : "1");
        }

        if (maker && _dice.Chance(0.4))
        {
            made.Parcel = Parcel(firm, firm.Organisation);
        }

        if (_dice.Chance(0.55))
        {
            made.Premises = Premises(firm);
        }

        if (company && !firm.Gone && _dice.Chance(0.6))
        {
            made.Unit = Unit(firm, turnover >= 20_000_000m);
        }

        if (maker && !firm.Gone && _dice.Chance(0.45))
        {
            made.Premises ??= Premises(firm);
            made.Permit = Permit(firm, firm.Address, "1");
        }

        if (firm is { Gone: false, Insured: > 0 })
        {
            made.Insured = InsuredUnit(firm, firm.State == "1" ? "1" : "2", firm.Insured);
        }

        return made;
    }

    private decimal Turnover(DepartmentFirm firm) => firm.Type == "sole-trader" ? _dice.Between(2, 120) * 10_000m
        : _dice.Chance(0.06) ? _dice.Between(2_100, 90_000) * 10_000m : _dice.Between(10, 1_900) * 10_000m;

    internal LandParcel Parcel(DepartmentFirm firm, string holder) => new()
    {
        ParcelNumber = $"411102{Serial(3)}{Serial(3)}GB{Serial(5)}{_made:D7}",
        HolderCode = holder,
        HolderName = firm.Name,
        Location = firm.Address,
        Area = _dice.Between(600, 80_000),
        Use = "工业用地",
        RegisteredOn = Earlier(firm.Established.AddDays(_dice.Between(20, 400)), _today),
    };

    internal Premises Premises(DepartmentFirm firm) => new()
    {
        UnitNumber = $"411102{Serial(6)}GB{Serial(5)}F{_made:D8}",
        OccupantCode = firm.OldNumber ?? firm.Credit,
        OccupantName = firm.Name,
        Location = firm.Address,
        FloorArea = _dice.Between(20, 3_000),
        Right = _dice.Chance(0.3) ? "own" : "rent",
        RegisteredOn = Earlier(firm.Established.AddDays(_dice.Between(0, 60)), _today),
    };

    internal StatisticalUnit Unit(DepartmentFirm firm, bool above) => new()
    {
        UnitCode = firm.Organisation,
        Name = firm.Name,
        State = firm.State switch { "1" => "1", "7" => "2", "2" => "7", _ => "4" },
        SizeClass = above ? _dice.Pick(["2", "3", "3"]) : "4",
        AboveThreshold = above,
        Industry = firm.Industry,
        Employees = _dice.Between(1, above ? 400 : 20),
        SurveyedOn = new DateOnly(_today.Year - 1, 12, 31),
    };

    internal PollutantPermit Permit(DepartmentFirm firm, string site, string state) => new()
    {
        PermitNumber = firm.Credit + "001" + _dice.Pick(["P", "Q", "V", "X"]),
        HolderCode = firm.Credit,
        HolderName = firm.Name,
        SiteAddress = site,
        ManagementClass = _dice.Pick(["key", "simple", "simple", "register"]),
        IssuedOn = Earlier(firm.Established.AddDays(_dice.Between(60, 900)), _today),
        ValidTo = _today.AddYears(_dice.Between(1, 4)),
        State = state,
    };

    internal ProductLicence Licence(DepartmentFirm firm, string state) => new()
    {
        LicenceNumber = $"XK{_dice.Between(10, 27):D2}-{Serial(3)}-{_made:D7}",
        HolderCode = firm.Organisation,
        HolderName = firm.Name,
        Product = _dice.Pick(Products),
        IssuedOn = Earlier(firm.Established.AddDays(_dice.Between(60, 900)), _today),
        ValidTo = _today.AddYears(_dice.Between(1, 4)),
        State = state,
    };

    internal InsuredUnit InsuredUnit(DepartmentFirm firm, string state, long insured) => new()
    {
        UnitNumber = $"4111{_made:D8}",
        CreditCode = _dice.Chance(0.7) ? firm.Credit : null,
        Name = firm.Name,
        State = state,
        Insured = insured,
        RegisteredOn = Earlier(firm.Established.AddDays(_dice.Between(10, 90)), _today),
        PaidThrough = new DateOnly(_today.Year, _today.Month, 1).AddDays(-1),
    };

    private string Serial(int digits) => _dice.Next((int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
