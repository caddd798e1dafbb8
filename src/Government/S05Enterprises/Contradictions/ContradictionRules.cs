using Shali.Government.S05Enterprises.Authorities;
using Shali.Platform.Kernel;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>
/// The contradictions that are looked for, in the order in which a page lists them. In the tables <c>r</c> (registration), <c>t</c>
/// (tax), <c>q</c> (product licences), <c>l</c> (land), <c>h</c> (premises), <c>s</c> (statistics), <c>e</c> (pollutant permits) and
/// <c>i</c> (insurance) each row carries <c>org</c>, the organisation code that its number leads to.
/// </summary>
public static class ContradictionRules
{
    /// <summary>Days that a firm has for its tax registration (税收征收管理法 art. 15).</summary>
    public const int TaxRegistrationDays = 30;

    /// <summary>More firms than this behind one telephone or address are asked about.</summary>
    public const int SharedMost = 20;

    /// <summary>More revoked firms than this of one representative are asked about.</summary>
    public const int RevokedMost = 10;

    /// <summary>Yearly sales in yuan below which no firm is above the statisticians' threshold: a tenth of 20 million.</summary>
    public const decimal TinyTurnover = 2_000_000m;

    /// <summary>In 10,000 yuan: from here on it is the registrar's figure that is out by 10,000, not the tax office's.</summary>
    public const decimal ImplausibleCapital = 100_000m;

    private const string Registry = "市场主体登记管理条例";
    private const string TaxLaw = "税收征收管理法";

    /// <summary>In business, out of business for a time, or being wound up: there is somebody to be.</summary>
    private const string Living = "in ('1', '7', '8')";

    private const string Gone = "in ('3', '4')";

    /// <summary>A telephone is nobody's to read here: that it is the same says enough.</summary>
    private static readonly Sql Masked = Sql.Trusted("left(r.phone, -8) || '****' || right(r.phone, 4)");

    private static readonly Basis OneSource = new("政务数据共享条例", "第十三条");

    public static readonly IReadOnlyList<ContradictionRule> All =
    [
        new("S05-C01", "已登记，没有税务登记", new(TaxLaw, "第十五条"), [new("r", "名称"), new("r", "成立日期"), new("t", "有效的税务登记") { Says = Text.NoneThere }],
            day => Sql.Of(
                $"""
                select r.org, r.org, r.name, 'tax', array[r.name, r.established_on::text] from r
                where r.state = '1' and r.established_on <= {day.Today.AddDays(-TaxRegistrationDays)}
                    and not exists (select 1 from t where t.org = r.org and t.state in ('03', '04', '05', '06'))
                """),
            Text.NoTaxRegistration),
        new("S05-C02", "税务非正常户，信用级别为A级", new("纳税缴费信用管理办法", ""), [new("t", "名称"), new("t", "纳税人状态"), new("t", "纳税信用级别")],
            _ => Sql.Of($"select t.org, t.org, t.name, 'tax', array[t.name, t.state, t.credit_grade] from t where t.org is not null and t.state in ('05', '08') and t.credit_grade = 'A'"),
            Text.NonNormalWithGradeA),
        new("S05-C03", "已注销，仍有参保人员", new("社会保险经办条例", "第十条"), [new("r", "名称"), new("r", "登记状态"), new("i", "参保人数")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name, 'labour', array[r.name, r.state, sum(i.insured)::text] from r join i on i.org = r.org
                where r.state {Sql.Trusted(Gone)} and i.state <> '3' and i.insured > 0 group by r.org, r.name, r.state
                """),
            Text.GoneWithInsured),
        new("S05-C04", "统计为规模以上，税务申报收入过小", new("统计法", "第七条"), [new("s", "名称"), new("s", "规模以上")],
            _ => Sql.Of(
                $"""
                select s.org, s.org, s.name, 'statistics', array[s.name, '是'] from s join t on t.org = s.org
                where s.above_threshold and s.state = '1' and t.state = '03' and t.turnover < {TinyTurnover}
                """),
            Text.AboveThresholdButTiny),
        new("S05-C05", "排污许可的场所没有用地、房屋登记", new("排污许可管理条例", ""), [new("e", "名称"), new("e", "生产经营场所地址")],
            _ => Sql.Of(
                $"""
                select {Named("e.key")}, e.org, e.holder_name, 'environment', array[e.holder_name, e.site_address] from e
                where e.state = '1' and e.org is not null
                    and not exists (select 1 from l where l.place = e.place) and not exists (select 1 from h where h.place = e.place)
                """),
            Text.PermitWithoutPremises) { WholeOnly = true },
        new("S05-C06", "一个电话号码用于多家企业", new(Registry, "第十七条"), [new("r", "联系电话"), new("r", "企业数")],
            _ => Sql.Of(
                $"""
                select substr(md5(c.salt || r.phone), 1, 16), null::text, {Masked}, 'market-regulation', array[{Masked}, count(*)::text]
                from r cross join enterprises.comparison c where r.phone <> '' and r.state {Sql.Trusted(Living)}
                group by c.salt, r.phone having count(*) > {SharedMost}
                """),
            Text.SharedPhone) { OfMany = true },
        new("S05-C07", "一个住所用于多家企业", new(Registry, "第十七条"), [new("r", "住所"), new("r", "企业数")],
            _ => Sql.Of(
                $"""
                select substr(md5(r.place), 1, 16), null::text, min(r.address), 'market-regulation', array[min(r.address), count(*)::text] from r
                where r.place <> '' and r.state {Sql.Trusted(Living)} group by r.place having count(*) > {SharedMost}
                """),
            Text.SharedAddress) { OfMany = true, WholeOnly = true },
        new("S05-C08", "法定代表人已经死亡", new(Registry, "第二十四条"), [new("r", "名称"), new("r", "法定代表人"), new("", "死亡日期")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name, 'market-regulation', array[r.name, r.representative, d.died_on::text]
                from r join enterprises.death d on d.number = r.representative_number and d.name = r.representative where r.state {Sql.Trusted(Living)}
                """),
            Text.RepresentativeDied),
        new("S05-C09", "一人担任多家被吊销企业的法定代表人", new(Registry, "第十二条"), [new("r", "法定代表人"), new("r", "被吊销企业数")],
            _ => Sql.Of(
                $"""
                select substr(md5(c.salt || r.representative_number), 1, 16), null::text, min(r.representative), 'market-regulation', array[min(r.representative), count(*)::text]
                from r cross join enterprises.comparison c where r.representative_number <> '' and r.state = '2'
                group by c.salt, r.representative_number having count(*) > {RevokedMost}
                """),
            Text.ManyRevoked) { OfMany = true },
        new("S05-C10", "三个部门的行业代码不一致", new("国民经济行业分类 GB/T 4754-2017", ""), [new("r", "名称"), new("r", "行业代码"), new("t", "行业代码"), new("s", "行业代码")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name,
                    case when t.industry = s.industry then 'market-regulation' when r.industry = s.industry then 'tax' else 'statistics' end,
                    array[r.name, r.industry, t.industry, s.industry]
                from r join t on t.org = r.org join s on s.org = r.org
                where r.state {Sql.Trusted(Living)} and t.state in ('03', '04') and (r.industry <> t.industry or t.industry <> s.industry)
                """),
            Text.IndustriesDiffer),
        new("S05-C11", "注册资本相差一万倍", new(Registry, "第八条"), [new("r", "名称"), new("r", "注册资本（万元）"), new("t", "注册资本（元）")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name, case when r.capital = t.registered_capital and r.capital >= {ImplausibleCapital} then 'market-regulation' else 'tax' end,
                    array[r.name, trim_scale(r.capital)::text, trim_scale(t.registered_capital)::text]
                from r join t on t.org = r.org
                where r.state {Sql.Trusted(Living)} and r.capital > 0 and t.registered_capital > 0 and (r.capital = t.registered_capital or r.capital * 100000000 = t.registered_capital)
                """),
            Text.CapitalUnit),
        new("S05-C12", "日期晚于今天", OneSource, [new("", "名称"), new("", "数据库"), new("", "日期")],
            day => Sql.Join(" union all ", Authority.All.Select(authority => Sql.Of(
                $"""
                select {authority.Alias} || ':' || {Named("x.key")}, x.org, x.firm, {authority.Resource.Owner}, array[x.firm, {authority.Resource.Name}, x.day::text]
                from {Sql.Trusted(authority.Alias)} as x where x.day > {day.Today}
                """))),
            Text.FutureDate),
        new("S05-C13", "分支机构的隶属企业不存在或者已经终止", new(Registry, "第二十三条"), [new("r", "名称"), new("r", "隶属企业代码")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name, 'market-regulation', array[r.name, coalesce(r.parent_code, '')] from r
                where r.type = 'branch' and r.state = '1' and not exists (
                    select 1 from enterprises.registration p where p.credit_code = r.parent_code and p.state not in ('3', '4', '5'))
                """),
            Text.BranchWithoutParent),
        new("S05-C14", "已注销，税务状态仍为正常", new(TaxLaw, "第十六条"), [new("r", "名称"), new("r", "登记状态"), new("t", "纳税人状态")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name, 'tax', array[r.name, r.state, t.state] from r join t on t.org = r.org
                where r.state {Sql.Trusted(Gone)} and t.state = '03'
                """),
            Text.GoneWithTax),
        new("S05-C15", "税务登记的名称与登记名称不一致", new(TaxLaw, "第十六条"), [new("r", "名称"), new("t", "名称")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name, 'tax', array[r.name, t.name] from r join t on t.org = r.org
                where r.state {Sql.Trusted(Living)} and t.state in ('03', '04') and replace(replace(t.name, '（', '('), '）', ')') <> replace(replace(r.name, '（', '('), '）', ')')
                """),
            Text.NamesDiffer),
        new("S05-C16", "税务登记的法定代表人与登记不一致", new(TaxLaw, "第十六条"), [new("r", "名称"), new("r", "法定代表人"), new("t", "法定代表人")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name, 'tax', array[r.name, r.representative, t.representative] from r join t on t.org = r.org
                where r.state {Sql.Trusted(Living)} and t.state in ('03', '04') and t.representative <> r.representative
                """),
            Text.RepresentativesDiffer),
        new("S05-C17", "号码对应不到任何单位", OneSource, [new("", "名称"), new("", "数据库"), new("", "号码")],
            _ => Sql.Join(" union all ", Authority.All.Where(authority => authority != Authority.Registration).Select(authority => Sql.Of(
                $"""
                select {authority.Alias} || ':' || {Named("x.key")}, x.org, x.firm, {authority.Resource.Owner}, array[x.firm, {authority.Resource.Name}, x.number]
                from {Sql.Trusted(authority.Alias)} as x
                where not exists (select 1 from r where r.org = x.org) and (x.org is null or not exists (select 1 from enterprises.crosswalk c where c.organisation = x.org))
                """))),
            Text.UnknownNumber),
        new("S05-C18", "已注销，排污许可证仍有效", new("排污许可管理条例", ""), [new("r", "名称"), new("r", "登记状态"), new("e", "许可证编号")],
            _ => Sql.Of(
                $"""
                select {Named("e.key")}, r.org, r.name, 'environment', array[r.name, r.state, e.key] from r join e on e.org = r.org
                where r.state {Sql.Trusted(Gone)} and e.state = '1'
                """),
            Text.GoneWithPermit),
        new("S05-C19", "已注销，工业产品生产许可证仍有效", new("工业产品生产许可证管理条例", ""), [new("r", "名称"), new("r", "登记状态"), new("q", "许可证编号")],
            _ => Sql.Of(
                $"""
                select {Named("q.key")}, r.org, r.name, 'market-regulation', array[r.name, r.state, q.key] from r join q on q.org = r.org
                where r.state {Sql.Trusted(Gone)} and q.state = '1'
                """),
            Text.GoneWithLicence),
        new("S05-C20", "已注销，统计名录仍为正常运营", new("统计法", "第七条"), [new("r", "名称"), new("r", "登记状态"), new("s", "运营状态")],
            _ => Sql.Of(
                $"""
                select r.org, r.org, r.name, 'statistics', array[r.name, r.state, s.state] from r join s on s.org = r.org
                where r.state {Sql.Trusted(Gone)} and s.state = '1'
                """),
            Text.GoneInStatistics),
    ];

    /// <summary>A record's key as part of a contradiction's code: as it is where it is letters and digits, else its digest.</summary>
    private static Sql Named(string key) => Sql.Trusted($"case when {key} ~ '^[0-9A-Za-z._-]{{1,60}}$' then {key} else substr(md5({key}), 1, 16) end");

    /// <inheritdoc cref="Named(string)"/>
    internal static Sql Named(Sql key) => Named(key.Text);

    public static ContradictionRule? Find(string code) => All.FirstOrDefault(rule => rule.Code == code);
}
