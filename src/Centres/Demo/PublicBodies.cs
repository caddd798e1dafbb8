using Shali.Platform.Regions;

namespace Shali.Centres.Demo;

/// <summary>
/// The entities of the city that are not in trade, each with the department that registers it and its category in the
/// credit code (GB 32100): an organ for every office of the city, its institutions, societies and schools, law firms,
/// village committees and village economic organisations. Organs are always all there; the rest grows with the people.
/// </summary>
internal sealed class PublicBodies(DemoPlan plan, DemoKeys keys, Places places, Founding founding)
{
    private const string Staffing = "机构编制委员会办公室";
    private const string Institutions = "institution";

    /// <summary>Villages and communities of the real city for each person: a smaller city has fewer of their committees.</summary>
    private const double VillagesPerPerson = 1336 / 2_367_490.0;

    private static readonly (string Name, string Scope)[] OfCity =
    [
        ("图书馆", "文献收集、整理、借阅和社会教育"), ("文化馆", "群众文化活动辅导和组织"), ("博物馆", "文物收藏、研究和展示"),
        ("疾病预防控制中心", "疾病预防控制和卫生检验监测"), ("中心血站", "采供血服务"), ("妇幼保健院", "妇女儿童保健和医疗"),
        ("不动产登记中心", "不动产登记的事务性工作"), ("公共资源交易中心", "公共资源交易服务"), ("社会保险中心", "社会保险经办服务"),
        ("住房公积金管理中心", "住房公积金归集、使用和管理"), ("城市建设档案馆", "城建档案收集、保管和利用"), ("环境监测站", "生态环境监测"),
        ("人才交流中心", "人才流动和档案管理服务"), ("食品药品检验检测中心", "食品、药品检验检测"), ("高级中学", "高中学历教育"),
    ];

    private static readonly (string Name, string Scope)[] OfCounty =
    [
        ("人民医院", "医疗、护理和预防保健"), ("疾病预防控制中心", "疾病预防控制"), ("妇幼保健院", "妇女儿童保健"), ("图书馆", "公共文献借阅"),
        ("文化馆", "群众文化活动"), ("不动产登记中心", "不动产登记的事务性工作"), ("第一高级中学", "高中学历教育"), ("职业教育中心", "中等职业教育"),
        ("农业技术推广中心", "农业技术推广"), ("社会保险事业服务中心", "社会保险经办"),
    ];

    private static readonly string[] Trades = ["食品", "餐饮", "物流", "建筑", "纺织", "造纸", "零售", "家居", "汽车维修", "养殖", "种植", "电子商务"];

    private static readonly string[] Interests = ["书法家协会", "太极拳协会", "摄影家协会", "登山协会", "老年体育协会", "许慎文化研究会", "志愿者协会", "钓鱼协会"];

    private static readonly (string Name, string Scope)[] Private =
    [
        ("幼儿园", "学前教育"), ("养老服务中心", "老年人照料和康养服务"), ("职业培训学校", "职业技能培训"), ("社会工作服务中心", "社区社会工作服务"),
        ("康复中心", "残疾儿童康复训练"), ("艺术培训中心", "艺术类非学历培训"),
    ];

    private static readonly string[] Marks = ["金色摇篮", "小太阳", "育才", "启明", "康乐", "夕阳红", "博雅", "新希望", "同心", "阳光", "星光", "晨曦", "爱心", "和谐"];

    private readonly HashSet<string> _villages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private double _villagesDue;

    /// <param name="heads">Who may lead one.</param>
    public void Make(DemoChunk chunk, List<DemoPerson> heads, DemoTrade trade)
    {
        // Chance of its own: what is made here changes nothing of the rest of the city.
        var dice = new Dice(Dice.Mix(plan.Seed + 0xB0D1E5UL + (ulong)chunk.Ordinal));
        var maker = new Maker(this, dice, heads, trade);
        if (chunk.Ordinal == 0)
        {
            Organs(maker);
            Fixed(maker);
        }

        Villages(maker, chunk);
        Grown(maker, chunk.Persons.Count);
    }

    private void Organs(Maker maker)
    {
        foreach (var office in new DemoOffices().All)
        {
            var county = office.Region.Length >= 6 ? office.Region[..6] : "";
            maker.Found("11", "organ", office.Name, StaffingOffice(county), office.Region, null, "92", 1949, 2008);
        }
    }

    private void Fixed(Maker maker)
    {
        var city = Places.City[0].Code[..4];
        var name = Regions.Short(city)!;
        foreach (var (what, scope) in OfCity)
        {
            maker.Institution(name + what, "", city, scope);
        }

        foreach (var county in Counties())
        {
            foreach (var (what, scope) in OfCounty)
            {
                maker.Institution(Regions.Short(county) + what, county, county, scope);
            }
        }

        foreach (var trade in Trades)
        {
            maker.Found("51", "association", $"{name}{trade}行业协会", CivilAffairs(""), city, $"{trade}行业自律、交流和服务", "95", 1995, 2024, 3);
        }

        foreach (var interest in Interests)
        {
            maker.Found("51", "association", name + interest, CivilAffairs(""), city, "会员交流、培训和公益活动", "95", 1990, 2024, 3);
        }

        foreach (var county in Counties())
        {
            LawFirm(maker, county);
        }

        maker.Found("53", "foundation", $"{name}慈善基金会", CivilAffairs(""), city, "扶贫济困、助学助医", "95", 2005, 2022, 400);
        maker.Found("53", "foundation", $"{name}教育发展基金会", CivilAffairs(""), city, "奖教助学", "95", 2008, 2023, 200);
    }

    private void Villages(Maker maker, DemoChunk chunk)
    {
        _villagesDue += chunk.Persons.Count * VillagesPerPerson;
        foreach (var place in chunk.Persons.Select(person => person.Lives).OfType<DemoPlace>())
        {
            if (_villagesDue < 1)
            {
                return;
            }

            if (!_villages.Add(place.Code))
            {
                continue;
            }

            _villagesDue--;
            var (county, town) = (place.County, place.Prefix[..^place.Name.Length]);
            var plain = Plain(place);
            maker.Found(
                "54", "self-governing", $"{town}{plain}{(place.Urban ? "社区居民" : "村民")}委员会", CivilAffairs(county), place.Code, null, "96", 1988, 2008);
            if (!place.Urban)
            {
                maker.Found(
                    "N2", "collective", $"{town}{plain}村股份经济合作社", "漯河市农业农村局", place.Code,
                    "集体资产经营管理、集体资源开发利用", "01", 2018, 2022, 100);
            }
        }
    }

    private void Grown(Maker maker, int persons)
    {
        maker.Times(persons * 0.0004, place => maker.Institution(
            $"{Regions.Short(place.County)}{Plain(place)}小学", place.County, place.Code, "小学学历教育"));
        maker.Times(persons * 0.00005, place => maker.Institution(
            $"{Regions.Short(place.County)}{Town(place)}{(place.Urban ? "社区卫生服务中心" : "卫生院")}", place.County, place.Code, "基本医疗和公共卫生服务"));
        maker.Times(persons * 0.0004, place =>
        {
            var (what, scope) = maker.Dice.Pick(Private);
            maker.Found(
                "52", "private-non-enterprise", $"{Regions.Short(place.County)}{maker.Dice.Pick(Marks)}{Plain(place)}{what}", CivilAffairs(place.County),
                place.Code, scope, what is "幼儿园" or "职业培训学校" or "艺术培训中心" ? "83" : "84", 2003, 2025, maker.Dice.Between(3, 100));
        });
        maker.Times(persons * 0.0002, place => maker.Found(
            "51", "association", $"{Regions.Short(place.County)}{Town(place)}{maker.Dice.Pick(["商会", "老年协会", "红白理事会", "志愿服务协会"])}",
            CivilAffairs(place.County), place.Code, "会员服务和公益活动", "95", 2000, 2025, 3));
        maker.Times(persons * 0.00002, place => LawFirm(maker, place.Code));
    }

    private static void LawFirm(Maker maker, string region) => maker.Found(
        "31", "law-firm", $"河南{maker.Dice.Pick(Marks)}{maker.Head().Name[..1]}{maker.Dice.Pick(["衡", "正", "信", "达", "诚"])}律师事务所",
        "河南省司法厅", region, "律师服务", "72", 1998, 2024, 30);

    private static IEnumerable<string> Counties() => Places.City.Select(region => region.Code[..6]).Distinct();

    private static string StaffingOffice(string county) =>
        county.Length == 0 ? $"中共{Regions.Short(Places.City[0].Code[..4])}委{Staffing}" : $"中共{Regions.Short(county)}委{Staffing}";

    /// <summary>The civil affairs office, by the name that it has among the offices.</summary>
    private static string CivilAffairs(string county) => Civil.Value[county.Length == 0 ? "civil-affairs" : $"{county}.civil-affairs"];

    private static readonly Lazy<Dictionary<string, string>> Civil = new(() => new DemoOffices().All
        .Where(office => office.Code.EndsWith("civil-affairs", StringComparison.Ordinal))
        .ToDictionary(office => office.Code, office => office.Name, StringComparer.Ordinal));

    private static string Town(DemoPlace place) => Places.City.First(region => region.Code == place.Town).Name;

    /// <summary>The name of a village without the word that says what it is.</summary>
    private static string Plain(DemoPlace place)
    {
        var name = place.Name;
        foreach (var end in (string[])["居民委员会", "村民委员会", "居委会", "村委会", "社区", "村"])
        {
            if (name.Length > end.Length && name.EndsWith(end, StringComparison.Ordinal))
            {
                return name[..^end.Length];
            }
        }

        return name;
    }

    private sealed class Maker(PublicBodies bodies, Dice dice, List<DemoPerson> heads, DemoTrade trade)
    {
        public Dice Dice => dice;

        public DemoPerson Head() => dice.Pick(heads);

        public void Times(double mean, Action<DemoPlace> make)
        {
            for (var rest = mean; rest > 0; rest--)
            {
                if (rest >= 1 || dice.Chance(rest))
                {
                    make(bodies.Place(dice, ""));
                }
            }
        }

        public void Institution(string name, string county, string region, string scope)
        {
            if (Found("12", Institutions, name, StaffingOffice(county), region, scope, Industry(scope), 1952, 2015, dice.Between(10, 3000)) is { } made)
            {
                made.Insured = dice.Between(8, 260);
                trade.OldNumbers.Add(new(
                    bodies.NextKey(), made.Organisation, Institutions, $"事证第1{made.Credit[2..8]}{bodies.NextPaper() % 100_000:00000}号", new DateOnly(2016, 12, 31)));
            }
        }

        private static string Industry(string scope) => scope switch
        {
            _ when scope.Contains("教育", StringComparison.Ordinal) && scope.Contains('学') => "83",
            _ when scope.Contains('医') || scope.Contains("保健", StringComparison.Ordinal) || scope.Contains("疾病", StringComparison.Ordinal) || scope.Contains('血') => "84",
            _ when scope.Contains('文') => "88",
            _ => "92",
        };

        /// <summary>Null when there is one of that name already.</summary>
        public DemoFirm? Found(
            string category, string kind, string name, string registrar, string region, string? scope, string industry, int first, int last,
            decimal? capital = null)
        {
            if (!bodies._names.Add(name))
            {
                return null;
            }

            var head = Head();
            var place = bodies.Place(dice, region);
            var organisation = bodies.NextCode();
            var year = Math.Max(Math.Min(dice.Between(first, last), bodies.Today.Year - 1), first);
            var firm = new DemoFirm
            {
                Organisation = organisation,
                Credit = Founding.Credit(category, region.Length >= 6 ? region[..6] : region, organisation),
                Name = name,
                Kind = kind,
                Registrar = registrar,
                Established = new DateOnly(year, dice.Between(1, 12), dice.Between(1, 28)),
                RepresentativeName = head.Name,
                RepresentativePerson = head.Key,
                Industry = industry,
                Scope = scope,
                Address = Places.Premises(dice, place),
                Village = place.Code,
                Capital = capital,
            };
            trade.Firms.Add(firm);
            bodies.File(trade, firm);
            return firm;
        }
    }

    private DateOnly Today => plan.Today;

    private string NextCode() => founding.NextCode();

    private string NextKey() => keys.Next();

    private int NextPaper() => founding.NextPaper();

    private void File(DemoTrade trade, DemoFirm firm) =>
        founding.File(trade, firm, "establish", firm.Established, null, "active", firm.Name, Series(firm.Kind));

    private static string Series(string kind) => kind switch
    {
        "organ" or Institutions => "漯编登字",
        "association" or "private-non-enterprise" or "foundation" or "self-governing" => "漯民登字",
        "law-firm" => "豫司许字",
        _ => "漯农登字",
    };

    /// <summary>A place in the region; anywhere in the built-up city when the region is the city or none.</summary>
    private DemoPlace Place(Dice dice, string region)
    {
        if (region.Length < 6)
        {
            return places.PickUrban(dice);
        }

        if (!_byRegion.TryGetValue(region, out var within))
        {
            // Organs and institutions of a county sit in its town, not in a village.
            within = [.. places.All.Where(place => place.Code.StartsWith(region, StringComparison.Ordinal))];
            within = region.Length == 6 && within.Any(place => place.Urban) ? [.. within.Where(place => place.Urban)] : within;
            _byRegion[region] = within;
        }

        return dice.Pick(within);
    }

    private readonly Dictionary<string, List<DemoPlace>> _byRegion = new(StringComparer.Ordinal);
}
