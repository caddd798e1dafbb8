namespace Shali.Platform.Registry;

/// <summary>
/// Code lists of national standards that every system may name in its definitions without declaring them.
/// Each line of a list is code, name and, behind a bar, another word that people write for it.
/// </summary>
public static class NationalCodes
{
    public static readonly CodeList Sex = List(
        "sex", "人的性别代码", "GB/T 2261.1-2003", "0 未知的性别|未知", "1 男|男性", "2 女|女性", "9 未说明的性别|未说明");

    public static readonly CodeList MaritalStatus = List(
        "marital-status", "婚姻状况代码", "GB/T 2261.2-2003",
        "10 未婚", "20 已婚|有配偶", "21 初婚", "22 再婚", "23 复婚", "30 丧偶", "40 离婚|离异", "90 未说明的婚姻状况|未说明");

    public static readonly CodeList Nationality = new(
        "nationality", "中国各民族名称代码", "GB/T 3304-1991",
        [
            .. ("汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
                + "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 "
                + "独龙 鄂伦春 赫哲 门巴 珞巴 基诺")
                .Split(' ')
                .Select((name, i) => new Code($"{i + 1:00}", name + "族") { Also = name }),
            new("97", "其他"), new("98", "外国血统中国籍人士"),
        ]);

    public static readonly CodeList Education = List(
        "education", "学历代码", "GB/T 4658-2006",
        "10 研究生教育|研究生", "11 博士研究生毕业|博士", "12 博士研究生结业", "13 博士研究生肄业", "14 硕士研究生毕业|硕士",
        "15 硕士研究生结业", "16 硕士研究生肄业", "17 研究生班毕业", "18 研究生班结业", "19 研究生班肄业",
        "20 大学本科教育|本科", "21 大学本科毕业|大学本科", "22 大学本科结业", "23 大学本科肄业", "28 大学普通班毕业",
        "30 大学专科教育|专科", "31 大学专科毕业|大学专科", "32 大学专科结业", "33 大学专科肄业",
        "40 中等职业教育|中职", "41 中等专科毕业|中专", "42 中等专科结业", "43 中等专科肄业", "44 职业高中毕业|职高",
        "45 职业高中结业", "46 职业高中肄业", "47 技工学校毕业|技校", "48 技工学校结业", "49 技工学校肄业",
        "60 普通高级中学教育", "61 普通高中毕业|高中", "62 普通高中结业", "63 普通高中肄业",
        "70 初级中学教育", "71 初中毕业|初中", "73 初中肄业", "80 小学教育", "81 小学毕业|小学", "83 小学肄业", "90 其他");

    public static readonly CodeList FamilyRelation = List(
        "family-relation", "家庭关系代码", "GB/T 4761-2008",
        "01 本人", "02 户主", "10 配偶", "11 夫|丈夫", "12 妻|妻子", "20 子|儿子", "21 独生子", "22 长子", "23 次子", "24 三子",
        "25 四子", "26 五子", "27 养子或继子", "28 女婿", "29 其他儿子", "30 女|女儿", "31 独生女", "32 长女", "33 次女", "34 三女",
        "35 四女", "36 五女", "37 养女或继女", "38 儿媳", "39 其他女儿", "40 孙子、孙女或外孙子、外孙女", "41 孙子", "42 孙女",
        "43 外孙子", "44 外孙女", "45 孙媳妇或外孙媳妇", "46 孙女婿或外孙女婿", "47 曾孙子或曾外孙子", "48 曾孙女或曾外孙女",
        "49 其他孙子、孙女或外孙子、外孙女", "50 父母", "51 父亲|父", "52 母亲|母", "53 公公", "54 婆婆", "55 岳父", "56 岳母",
        "57 继父或养父", "58 继母或养母", "59 其他父母关系", "60 祖父母或外祖父母", "61 祖父", "62 祖母", "63 外祖父", "64 外祖母",
        "65 配偶的祖父母或外祖父母", "66 曾祖父", "67 曾祖母", "68 配偶的曾祖父母或外曾祖父母", "69 其他祖父母或外祖父母关系",
        "70 兄弟姐妹", "71 兄", "72 嫂", "73 弟", "74 弟媳", "75 姐姐|姐", "76 姐夫", "77 妹妹|妹", "78 妹夫", "79 其他兄弟姐妹",
        "80 其他", "81 伯父", "82 伯母", "83 叔父", "84 婶母", "85 舅父", "86 舅母", "87 姨父", "88 姨母", "89 姑父", "90 姑母",
        "91 堂兄弟、堂姐妹", "92 表兄弟、表姐妹", "93 侄子", "94 侄女", "95 外甥", "96 外甥女", "97 其他亲属", "99 非亲属");

    /// <summary>Sections (a letter) and divisions (two digits) of the industries.</summary>
    public static readonly CodeList Industry = new("industry", "国民经济行业分类", "GB/T 4754-2017", [.. IndustryCodes.All]);

    public static readonly CodeList EconomicType = List(
        "economic-type", "经济类型代码", "GB/T 12402-2000",
        "100 内资", "110 国有全资", "120 集体全资", "130 股份合作", "140 联营", "141 国有联营", "142 集体联营", "143 国有与集体联营",
        "149 其他联营", "150 有限责任公司", "151 国有独资公司", "159 其他有限责任公司", "160 股份有限公司", "170 私有", "171 私有独资",
        "172 私有合伙", "173 私营有限责任公司", "174 私营股份有限公司", "175 个体经营", "179 其他私有", "190 其他内资",
        "200 港澳台投资", "210 内地和港澳台合资", "220 内地和港澳台合作", "230 港澳台独资", "240 港澳台投资股份有限公司", "290 其他港澳台投资",
        "300 国外投资", "310 中外合资", "320 中外合作", "330 外资", "340 国外投资股份有限公司", "390 其他国外投资", "900 其他");

    public static readonly IReadOnlyList<CodeList> All =
        [Sex, MaritalStatus, Nationality, Education, FamilyRelation, Industry, EconomicType];

    public static CodeList? Find(string name) =>
        All.FirstOrDefault(list => string.Equals(list.Name, name, StringComparison.Ordinal));

    private static CodeList List(string name, string label, string standard, params string[] lines) =>
        new(name, label, standard, [.. lines.Select(Read)]);

    internal static Code Read(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var words = line[(space + 1)..].Split('|');
        return new(line[..space], words[0]) { Also = words.Length > 1 ? words[1] : null };
    }
}
