using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// What the government has already: a question or a material that names one of these is filled in or had from data,
/// and not asked for (国务院关于在线政务服务的若干规定 art. 7). The codes are those that <c>KnownAnswers</c> answer to.
/// </summary>
public static class KnownSources
{
    public static readonly IReadOnlyList<KnownSource> All =
    [
        new(KnownAnswers.Form, "申请表", "按填写的内容自动生成"),
        new("person.name", "姓名", "公安 人口基本信息"), new("person.number", "公民身份号码", "公安 人口基本信息"),
        new("person.sex", "性别", "公安 人口基本信息"), new("person.birth", "出生日期", "公安 人口基本信息"),
        new("person.nation", "民族", "公安 人口基本信息"), new("person.address", "户籍地址", "公安 人口基本信息"),
        new("person.residence", "居住地址", "公安 居住登记"), new("person.identity", "居民身份证", "公安 人口基本信息"),
        new("person.household", "居民户口簿", "公安 户籍信息"), new("person.marriage", "婚姻登记信息", "民政 婚姻登记"),
        new("person.permit", "居住证", "公安 居住证信息"), new("person.insurance", "参保信息", "人社、医保 参保登记"),
        new("person.birth-certificate", "出生医学证明", "卫健 出生医学证明"), new("person.property", "不动产登记信息", "自然资源 不动产登记"),
        new("person.disability", "残疾人证", "残联 残疾人信息"), new("person.education", "学历学位信息", "教育 学籍学历"),
        new("child.name", "子女姓名", "公安 人口基本信息"), new("child.number", "子女公民身份号码", "公安 人口基本信息"),
        new("child.sex", "子女性别", "公安 人口基本信息"), new("child.birth", "子女出生日期", "公安 人口基本信息"),
        new("parent.name", "父母（监护人）姓名", "公安 人口基本信息"), new("parent.number", "父母（监护人）公民身份号码", "公安 人口基本信息"),
        new("parent.mother-name", "母亲姓名", "公安 人口基本信息"), new("parent.mother-number", "母亲公民身份号码", "公安 人口基本信息"),
        new("parent.father-name", "父亲姓名", "公安 人口基本信息"),
        new("parent.nation", "父母（监护人）民族", "公安 人口基本信息"), new("parent.identity", "父母（监护人）居民身份证", "公安 人口基本信息"),
        new("parent.residence", "父母（监护人）居住地址", "公安 居住登记"), new("parent.household", "父母（监护人）居民户口簿", "公安 户籍信息"),
        new("parent.marriage", "父母婚姻登记信息", "民政 婚姻登记"), new("parent.permit", "父母（监护人）居住证", "公安 居住证信息"),
        new("firm.name", "单位名称", "市场监管 法人基础信息"), new("firm.code", "统一社会信用代码", "市场监管 法人基础信息"),
        new("firm.address", "住所", "市场监管 法人基础信息"), new("firm.representative", "法定代表人", "市场监管 法人基础信息"),
        new("firm.scope", "经营范围", "市场监管 法人基础信息"), new("firm.licence", "营业执照", "市场监管 法人基础信息"),
        new("firm.credit", "信用状况", "双公示和失信名单"),
        new("result.food-business", "食品经营许可证", "本平台办件结果") { Items = ["food-business", "food-business-renew"] }, new("result.drainage-permit", "城镇污水排入排水管网许可证", "本平台办件结果") { Items = ["drainage-permit"] },
        new("result.land-planning", "建设用地规划许可证", "本平台办件结果") { Items = ["land-planning"] },
        new("result.project-planning", "建设工程规划许可证", "本平台办件结果") { Items = ["project-planning"] }, new("result.construction", "施工许可证", "本平台办件结果") { Items = ["construction-permit"] },
        new("result.land", "不动产权属证书（土地）", "自然资源 不动产登记"), new("result.fire-design", "消防设计审查意见", "本平台办件结果") { Items = ["fire-design"] },
        new("result.project-approval", "项目审批、核准、备案文件", "发展改革 项目在线审批") { Items = ["project-approval"] },
    ];

    public static KnownSource? Find(string? code) => code is null ? null : All.FirstOrDefault(source => source.Code == code);

    /// <summary>The papers that every office must have from data, by what people call them; a parent's or a child's are the same.</summary>
    public static readonly IReadOnlyList<(string Word, string Source)> Papers =
    [
        ("身份证", "person.identity"), ("户口簿", "person.household"), ("户口本", "person.household"), ("营业执照", "firm.licence"),
        ("结婚证", "person.marriage"), ("居住证", "person.permit"),
    ];
}

/// <summary>Something that the government knows.</summary>
/// <param name="Source">Whose data it is, in words.</param>
public sealed record KnownSource(string Code, string Label, string Source)
{
    /// <summary>Codes of the items whose licences are it; none: it comes from a base of data.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];
}
