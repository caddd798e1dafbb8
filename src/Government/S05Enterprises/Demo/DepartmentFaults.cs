using System.Security.Cryptography;
using System.Text;
using Shali.Government.S05Enterprises.Contradictions;

namespace Shali.Government.S05Enterprises.Demo;

/// <summary>
/// Puts contradictions between the departments' rows of firms, one kind after the other, and remembers where. A firm gets one at
/// most, so that nothing else is to be found of it.
/// </summary>
internal sealed class DepartmentFaults(DepartmentCity city, int every, DateOnly today, IReadOnlyList<(string Name, string Number)> dead, string salt)
{
    private static readonly string[] Kinds = [.. ContradictionRules.All.Select(rule => rule.Code)];

    private readonly int[] _due = new int[Kinds.Length];
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private int _drawn;
    private int _buried;
    private int _turn;

    public List<SeededContradiction> Truth { get; } = [];

    public void Tell(string rule, string subject, string note) => Truth.Add(new(rule, subject, note));

    public void Spoil(Random dice, DepartmentFirm firm, FirmRows rows)
    {
        if (dice.Next(every) == 0)
        {
            _due[_drawn++ % Kinds.Length]++;
        }

        for (var i = 0; i < Kinds.Length; i++)
        {
            var kind = (_turn + i) % Kinds.Length;
            if (_due[kind] > 0 && Spoil(Kinds[kind], dice, firm, rows))
            {
                _turn = kind + 1;
                return;
            }
        }
    }

    /// <summary>False: the firm is not one in which this can be wrong.</summary>
    private bool Spoil(string kind, Random dice, DepartmentFirm firm, FirmRows rows)
    {
        var (open, company, taxed) = (firm.State == "1", firm.Type == "company", rows.Taxpayer is not null);
        switch (kind)
        {
            case "S05-C01" when open && firm.Established < today.AddDays(-60):
                rows.Taxpayer = null;
                return Done(kind, firm.Organisation);
            case "S05-C02" when open && company && taxed:
                rows.Taxpayer = rows.Taxpayer! with { State = "05", CreditGrade = "A" };
                return Done(kind, firm.Organisation);
            case "S05-C03" when firm.Gone:
                rows.Insured = city.InsuredUnit(firm, "1", dice.Between(1, 20));
                return Done(kind, firm.Organisation);
            case "S05-C04" when open && company && taxed:
                rows.Unit = city.Unit(firm, above: true);
                rows.Taxpayer = rows.Taxpayer! with { Turnover = dice.Between(1, 150) * 10_000m };
                return Done(kind, firm.Organisation);
            case "S05-C05" when open && company:
                rows.Permit = city.Permit(firm, firm.Address + "西邻厂院", "1");
                return Done(kind, rows.Permit.PermitNumber);
            case "S05-C06" when firm.Living:
                return Join(kind, firm.Phone, ContradictionRules.SharedMost, dice, phone => rows.Registration = rows.Registration with { Phone = phone }, phone => Digest(salt + phone));
            case "S05-C07" when firm.Living:
                return Join(kind, firm.Address, ContradictionRules.SharedMost, dice, address => rows.Registration = rows.Registration with { Address = address }, address => Digest(Place(address)));
            case "S05-C08" when firm.Living && _buried < dead.Count:
                var (name, number) = dead[_buried++];
                rows.Registration = rows.Registration with { Representative = name, RepresentativeNumber = number };
                rows.Taxpayer = rows.Taxpayer is { } heir ? heir with { Representative = name } : null;
                return Done(kind, firm.Organisation);
            case "S05-C09" when firm.State == "2":
                return Join(
                    kind, $"{firm.Representative}|{firm.RepresentativeNumber}", ContradictionRules.RevokedMost, dice,
                    person => rows.Registration = rows.Registration with { Representative = person.Split('|')[0], RepresentativeNumber = person.Split('|')[1] },
                    person => Digest(salt + person.Split('|')[1]));
            case "S05-C10" when open && company && taxed && rows.Unit is { } unit && firm.Industry is { } industry:
                var other = industry == "72" ? "51" : "72";
                (rows.Taxpayer, rows.Unit) = dice.Chance(0.5) ? (rows.Taxpayer! with { Industry = other }, unit) : (rows.Taxpayer, unit with { Industry = other });
                return Done(kind, firm.Organisation);
            case "S05-C11" when open && company && taxed && firm.Capital >= 50:
                if (dice.Chance(0.5))
                {
                    rows.Registration = rows.Registration with { Capital = firm.Capital * 10_000 };
                }
                else
                {
                    rows.Taxpayer = rows.Taxpayer! with { RegisteredCapital = firm.Capital };
                }

                return Done(kind, firm.Organisation);
            case "S05-C12" when taxed:
                rows.Taxpayer = rows.Taxpayer! with { RegisteredOn = today.AddDays(dice.Between(20, 3_000)) };
                return Done(kind, "t:" + rows.Taxpayer.TaxpayerNumber);
            case "S05-C13" when firm is { Type: "branch", State: "1" }:
                rows.Registration = rows.Registration with { ParentCode = null };
                return Done(kind, firm.Organisation);
            case "S05-C14" when firm.Gone && taxed:
                rows.Taxpayer = rows.Taxpayer! with { State = "03" };
                return Done(kind, firm.Organisation);
            case "S05-C15" when open && taxed:
                rows.Taxpayer = rows.Taxpayer! with { Name = "原" + firm.Name };
                return Done(kind, firm.Organisation);
            case "S05-C16" when open && taxed && firm.Representative is not null:
                rows.Taxpayer = rows.Taxpayer! with { Representative = firm.Representative + "（前任）" };
                return Done(kind, firm.Organisation);
            case "S05-C17" when company:
                rows.Parcel = city.Parcel(firm, dice.Chance(0.5) ? "ZZZZZZZZ9" : "999999" + firm.Organisation[..3] + "000000");
                return Done(kind, "l:" + rows.Parcel.ParcelNumber);
            case "S05-C18" when firm.Gone && company:
                rows.Premises ??= city.Premises(firm);
                rows.Permit = city.Permit(firm, firm.Address, "1");
                return Done(kind, rows.Permit.PermitNumber);
            case "S05-C19" when firm.Gone && company:
                rows.Licence = city.Licence(firm, "1");
                return Done(kind, rows.Licence.LicenceNumber);
            case "S05-C20" when firm.Gone && company:
                rows.Unit = city.Unit(firm, above: false) with { State = "1" };
                return Done(kind, firm.Organisation);
            default:
                return false;
        }
    }

    private bool Done(string kind, string subject)
    {
        _due[Array.IndexOf(Kinds, kind)]--;
        Truth.Add(new(kind, subject, ContradictionRules.Find(kind)!.Name));
        return true;
    }

    /// <summary>One firm after the other takes the value of the first, until there are enough and a few more.</summary>
    private bool Join(string kind, string? value, int most, Random dice, Action<string> take, Func<string, string> subject)
    {
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        if (!_groups.TryGetValue(kind, out var group))
        {
            _groups[kind] = group = new(value, most + dice.Between(1, 8));
        }

        take(group.Value);
        group.Count++;
        if (group.Count == most + 1)
        {
            Truth.Add(new(kind, subject(group.Value), ContradictionRules.Find(kind)!.Name));
        }

        if (group.Count == group.Size)
        {
            _due[Array.IndexOf(Kinds, kind)]--;
            _groups.Remove(kind);
        }

        return true;
    }

    private static string Place(string address)
    {
        var place = new StringBuilder();
        foreach (var letter in address.ToLowerInvariant().Where(letter => !" 　-－—–()（）".Contains(letter, StringComparison.Ordinal)))
        {
            place.Append(letter);
        }

        return place.ToString();
    }

#pragma warning disable CA5351 // The database's own digest, to name a group; it hides nothing.
    private static string Digest(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)))[..16];
#pragma warning restore CA5351

    private sealed class Group(string value, int size)
    {
        public string Value { get; } = value;

        public int Size { get; } = size;

        public int Count { get; set; }
    }
}
