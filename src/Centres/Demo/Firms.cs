using System.Globalization;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Centres.Demo;

/// <summary>
/// Makes the firms of a chunk: run by its people, at its addresses; about four sole traders and one and a half
/// enterprises for each hundred persons. Their codes are right in every part and given to nobody.
/// </summary>
internal sealed class Firms(DemoPlan plan, DemoKeys keys, Places places)
{
    private static readonly Weighted<(string Industry, string Word, string Scope)> Trades = new(
    [
        (("52", "商行", "日用百货、预包装食品零售"), 30), (("51", "商贸", "农产品、建筑材料批发"), 14), (("62", "餐饮店", "餐饮服务"), 14),
        (("13", "食品", "肉制品、速冻食品生产加工"), 9), (("14", "食品", "休闲食品制造"), 6), (("54", "物流", "道路普通货物运输"), 5),
        (("80", "美容美发店", "居民服务"), 6), (("81", "汽修", "机动车维修"), 4), (("47", "建筑工程", "房屋建筑工程施工"), 4),
        (("65", "科技", "软件开发和信息技术服务"), 3), (("01", "种植", "粮食、蔬菜种植和销售"), 4), (("03", "养殖", "生猪养殖和销售"), 3),
        (("22", "纸业", "纸制品制造"), 1.5), (("17", "纺织", "棉纱、面料生产"), 1.5), (("72", "商务服务", "企业管理咨询"), 3), (("70", "置业", "房地产开发经营"), 1),
    ]);

    private static readonly string[] Marks =
    [
        "沙澧", "许慎", "源汇", "澧河", "颍川", "郾城", "召陵", "龙城", "金凤", "宏达", "鑫源", "豫兴", "盛世", "恒通", "天顺", "永昌", "嘉禾", "瑞丰",
        "福源", "华泰", "中原", "长江", "昌建", "开源", "银鸽", "润泽", "万隆", "同心", "祥和", "德诚", "博远", "佳惠", "新合作", "百事达", "金谷", "绿源",
    ];

    private static readonly string[] Facts =
        ["销售超过保质期的食品", "未按规定明码标价", "未取得许可从事食品经营", "发布虚假广告", "使用未经检定的计量器具", "未按规定公示年度报告"];

    private readonly Founding _founding = new(keys);
    private PublicBodies? _bodies;

    public DemoTrade Make(Dice dice, DemoChunk chunk)
    {
        var trade = new DemoTrade();
        var owners = chunk.Persons
            .Where(person => person.Death is null && person.Lives is not null && !person.Seeded && person.AgeOn(plan.Today) is >= 20 and <= 66)
            .ToList();
        if (owners.Count == 0)
        {
            return trade;
        }

        var persons = chunk.Persons.Count;
        Times(persons * 0.04, dice, () => Trader(dice, trade, dice.Pick(owners)));
        Times(persons * 0.0145, dice, () => Enterprise(dice, trade, owners));
        Times(persons * 0.0012, dice, () => Cooperative(dice, trade, dice.Pick(owners)));
        Times(persons * 0.0008, dice, () => Branch(dice, trade, dice.Pick(owners)));
        FirmFaults.Seed(dice, plan, chunk, trade);
        (_bodies ??= new(plan, keys, places, _founding)).Make(chunk, owners, trade);
        return trade;
    }

    private static void Times(double mean, Dice dice, Action make)
    {
        for (var rest = mean; rest > 0; rest--)
        {
            if (rest >= 1 || dice.Chance(rest))
            {
                make();
            }
        }
    }

    private void Trader(Dice dice, DemoTrade trade, DemoPerson owner)
    {
        var (industry, word, scope) = Trades.Pick(dice);
        var place = owner.Lives!;
        var name = $"{County(place)}{Mark(dice, owner)}{word}{(word.EndsWith('店') || word.EndsWith('行') ? "" : "经营部")}";
        var firm = Found(dice, "92", "sole-trader", place, name, industry, scope, owner);
        firm.Capital = dice.Between(1, 30);
        Register(dice, trade, firm, owner);
    }

    private void Enterprise(Dice dice, DemoTrade trade, List<DemoPerson> owners)
    {
        var owner = dice.Pick(owners);
        var (industry, word, scope) = Trades.Pick(dice);
        var place = places.PickUrban(dice);
        var name = $"{(dice.Chance(0.6) ? "漯河市" : "河南")}{Mark(dice, owner)}{word.TrimEnd('店', '行')}有限公司";
        var firm = Found(dice, "91", "enterprise", place, name, industry, scope, owner);
        firm.Capital = dice.Pick<decimal>([10, 50, 50, 100, 100, 200, 200, 300, 500, 500, 1000, 1000, 2000, 5000, 10_000]);
        firm.Insured = dice.Chance(0.3) ? 0 : (long)Math.Abs(dice.Normal(6, 14));
        Register(dice, trade, firm, owner);
        Shareholders(dice, trade, firm, owner, owners);
    }

    private void Cooperative(Dice dice, DemoTrade trade, DemoPerson owner)
    {
        var place = owner.Lives!;
        var firm = Found(
            dice, "93", "cooperative", place, $"{County(place)}{Mark(dice, owner)}{(dice.Chance(0.5) ? "种植" : "养殖")}农民专业合作社", "01",
            "组织成员开展农产品种植、养殖、销售和技术服务", owner);
        firm.Capital = dice.Between(10, 500);
        Register(dice, trade, firm, owner);
    }

    private void Branch(Dice dice, DemoTrade trade, DemoPerson head)
    {
        var parent = trade.Firms.FindLast(firm => firm is { Kind: "enterprise", State: "active" });
        if (parent is null)
        {
            return;
        }

        var place = places.PickUrban(dice);
        var firm = Found(dice, "91", "branch", place, $"{parent.Name}{County(place)[^3..^1]}分公司", parent.Industry!, parent.Scope!, head);
        (firm.Parent, firm.Established, firm.State, firm.Ended) =
            (parent.Organisation, Later(parent.Established.AddDays(60), firm.Established), "active", null);
        if (firm.Established < plan.Today)
        {
            Register(dice, trade, firm, head);
        }
    }

    private DemoFirm Found(
        Dice dice, string category, string kind, DemoPlace place, string name, string industry, string scope, DemoPerson head)
    {
        var organisation = _founding.NextCode();
        var adult = head.Birth.AddYears(19);
        var days = Math.Max(60, Math.Min(plan.Today.DayNumber - adult.DayNumber, 7500));
        var luck = dice.Share();
        var established = plan.Today.AddDays(-1 - (int)(luck * luck * days));
        var firm = new DemoFirm
        {
            Organisation = organisation,
            Credit = Founding.Credit(category, place.County, organisation),
            Name = name,
            Kind = kind,
            Registrar = kind == "enterprise" ? "漯河市市场监督管理局" : $"{County(place)}市场监督管理局",
            Established = established,
            RepresentativeName = head.Name,
            RepresentativePerson = head.Key,
            Industry = industry,
            Scope = scope,
            Address = Places.Premises(dice, place),
            Village = place.Code,
            Phone = head.Phone,
        };
        End(dice, firm);
        return firm;
    }

    private void End(Dice dice, DemoFirm firm)
    {
        var age = plan.Today.DayNumber - firm.Established.DayNumber;
        if (age < 200)
        {
            return;
        }

        firm.State = dice.Share() switch
        {
            < 0.115 => "deregistered",
            < 0.145 => "revoked",
            < 0.150 => "suspended",
            < 0.155 => "liquidating",
            < 0.158 => "simple-notice",
            < 0.161 => "moved-out",
            _ => "active",
        };
        if (firm.State is "deregistered" or "moved-out")
        {
            firm.Ended = firm.Established.AddDays(dice.Between(150, age - 1));
        }
    }

    private void Register(Dice dice, DemoTrade trade, DemoFirm firm, DemoPerson head)
    {
        trade.Firms.Add(firm);
        _founding.File(trade, firm, "establish", firm.Established, null, "active", firm.Name);
        var year = plan.Today.Year;
        if (firm.State != "active")
        {
            var day = firm.Ended ?? Later(firm.Established.AddDays(100), plan.Today.AddDays(-dice.Between(5, 900)));
            var kind = firm.State switch
            {
                "deregistered" => dice.Chance(0.6) ? "simple-deregister" : "deregister",
                "revoked" => "revoke",
                "suspended" => "suspend",
                "liquidating" => "liquidate",
                "simple-notice" => "simple-notice",
                _ => "move-out",
            };
            _founding.File(trade, firm, kind, day, kind == "deregister" ? "liquidating" : kind == "simple-deregister" ? "simple-notice" : "active", firm.State, null);
        }
        else if (dice.Chance(0.15))
        {
            var day = firm.Established.AddDays(dice.Next(Math.Max(1, plan.Today.DayNumber - firm.Established.DayNumber)));
            _founding.File(trade, firm, "change", day, "active", "active", "经营范围变更");
        }

        if (firm.Established.Year <= 2015 && firm.Kind is "enterprise" or "sole-trader" && firm.Established < new DateOnly(2015, 10, 1))
        {
            trade.OldNumbers.Add(new(keys.Next(), firm.Organisation, "registration", OldNumber(firm), new DateOnly(2017, 12, 31)));
        }

        Reports(dice, trade, firm, year);
        Publicity(dice, trade, firm);
        _ = head;
    }

    private void Reports(Dice dice, DemoTrade trade, DemoFirm firm, int year)
    {
        if (firm.State is "deregistered" or "moved-out")
        {
            return;
        }

        for (var of = Math.Max(firm.Established.Year, year - 3); of < year; of++)
        {
            var filed = dice.Chance(0.93) && firm.State == "active";
            trade.Reports.Add(new(
                keys.Next(), firm.Organisation, of, filed ? new DateOnly(of + 1, 1, 1).AddDays(dice.Next(180)) : null));
            if (filed)
            {
                firm.ReportedYear = of;
            }
            else if (of == year - 1 && plan.Today.Month >= 7)
            {
                firm.Abnormal = true;
                trade.Listings.Add(new(
                    keys.Next(), firm.Organisation, "abnormal", "未依照规定的期限公示年度报告", new DateOnly(year, 7, dice.Between(3, 20)), null, null));
            }
        }

        if (dice.Chance(0.002))
        {
            firm.Serious = true;
            trade.Listings.Add(new(
                keys.Next(), firm.Organisation, "serious", "被列入经营异常名录满三年仍未履行公示义务",
                Later(firm.Established.AddDays(30), plan.Today.AddDays(-dice.Between(20, 700))), null, null));
        }
    }

    private void Publicity(Dice dice, DemoTrade trade, DemoFirm firm)
    {
        if (firm.Industry is "13" or "14" or "52" or "62" && dice.Chance(0.5))
        {
            var day = firm.Established.AddDays(dice.Between(3, 40));
            if (day < plan.Today)
            {
                var made = firm.Industry is "13" or "14";
                trade.Licences.Add(new(
                    keys.Next(), firm.Organisation, $"{(made ? "SC1" : "JY1")}{firm.Credit[2..8]}{_founding.NextPaper():0000000}",
                    made ? "食品生产许可证" : "食品经营许可证", firm.Scope ?? "", $"{firm.Registrar}", day, day.AddYears(5),
                    firm.State is "deregistered" ? "withdrawn" : day.AddYears(5) < plan.Today ? "expired" : "valid"));
            }
        }

        if (dice.Chance(0.02) && firm.Established.AddDays(120) < plan.Today)
        {
            var day = Later(firm.Established.AddDays(60), plan.Today.AddDays(-dice.Between(10, 1000)));
            trade.Penalties.Add(new(
                keys.Next(), firm.Organisation, $"漯市监处罚〔{day.Year}〕{_founding.NextPaper() % 9000 + 1}号", dice.Pick(Facts),
                "《中华人民共和国行政处罚法》及相关市场监管法律法规", "警告、罚款", dice.Between(1, 60) * 500, firm.Registrar, day, day.AddYears(1)));
        }
    }

    private void Shareholders(Dice dice, DemoTrade trade, DemoFirm firm, DemoPerson owner, List<DemoPerson> owners)
    {
        var count = dice.Pick([1, 1, 2, 2, 2, 3, 4]);
        var rest = 100;
        for (var i = 0; i < count; i++)
        {
            var holder = i == 0 ? owner : dice.Pick(owners);
            var percent = i == count - 1 ? rest : Math.Max(5, rest / 2 + dice.Between(-4, 8));
            rest -= percent;
            trade.Shareholders.Add(new(
                keys.Next(), firm.Organisation, holder.Name, holder.Key, percent, decimal.Round(firm.Capital!.Value * percent / 100, 4), firm.Established));
            if (rest <= 5)
            {
                break;
            }
        }

        if (rest > 0 && trade.Shareholders[^1] is var last && last.Entity == firm.Organisation && rest <= 5)
        {
            trade.Shareholders[^1] = last with { Percent = last.Percent + rest };
        }
    }

    private static string OldNumber(DemoFirm firm)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture, $"{firm.Credit[2..8]}{(firm.Kind == "enterprise" ? 0 : 6)}0{Serial(firm.Organisation):000000}");
        return body + CheckDigits.Mod1110(body);
    }

    private static int Serial(string organisation)
    {
        var serial = 0;
        foreach (var letter in organisation.AsSpan(3, 5))
        {
            serial = ((serial * 31) + Founding.Letters.IndexOf(letter, StringComparison.Ordinal)) % 1_000_000;
        }

        return serial;
    }

    private static string Mark(Dice dice, DemoPerson owner) => dice.Chance(0.3)
        ? dice.Pick(Marks) + owner.Name[..1] + Last(owner.Name)
        : dice.Chance(0.5) ? owner.Name : dice.Pick(Marks) + dice.Pick(Marks) + Last(owner.Name);

    private static string County(DemoPlace place) => Platform.Regions.Regions.Short(place.County)!;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    /// <summary>The last character of a name; a rare one takes two units.</summary>
    private static string Last(string name) => char.IsLowSurrogate(name[^1]) ? name[^2..] : name[^1..];
}
