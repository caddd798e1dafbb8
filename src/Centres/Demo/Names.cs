using System.Globalization;

namespace Shali.Centres.Demo;

/// <summary>Made-up names: surnames by their frequency in the north of China, given names by sex and year of birth.</summary>
public sealed class Names
{
    private const string Surnames =
        "王92 李86 张85 刘56 陈42 杨33 赵31 黄16 周16 吴15 徐13 孙15 胡12 朱13 高13 林6 何9 郭16 马14 罗6 梁8 宋12 郑9 谢7 韩10 唐5 冯8 于7 "
        + "董9 萧1 程7 曹8 袁8 邓4 许10 傅4 沈4 曾2 彭5 吕7 苏6 卢5 蒋3 蔡5 贾7 丁6 魏8 薛5 叶3 阎4 余3 潘4 杜7 戴3 夏4 钟2 汪3 田6 任6 姜5 "
        + "范5 方4 石5 姚6 谭2 廖1 邹2 熊2 金3 陆2 郝5 孔4 白5 崔6 康4 毛3 邱2 秦5 江2 史6 顾1 侯6 邵4 孟5 龙2 万3 段4 雷3 钱2 汤2 尹3 黎1 "
        + "易1 常5 武4 乔4 贺3 赖1 龚2 文2 樊3 兰1 殷2 施1 陶3 洪2 翟4 安3 颜2 倪1 严2 牛5 温2 芦2 季2 俞1 章1 鲁3 葛3 伍1 韦1 申4 尤1 毕2 "
        + "聂2 丛1 焦4 向1 柳2 邢4 骆1 岳4 齐3 梅2 雷2 庄2 辛2 管2 祝2 左2 涂1 谷3 祁2 时2 舒1 耿4 牟1 卜1 路3 詹1 关3 苗4 凌1 费1 纪3 靳3 盛2 "
        + "童1 欧阳0.4 上官0.5 司马0.2 诸葛0.1 闫6 付5 晁1 党2 轩1 巴1 臧1 娄3 位1 库0.5 仝2 蔺1 朝0.2";

    private const string HuiSurnames = "马30 丁12 白10 沙6 海5 李12 张10 王8 杨6 刘5 哈3 金4 买4 虎2 铁2 赛1 穆3 拜2 底1 陈5 赵4 郭3 宋2 答1";

    private static readonly (int Before, string Men, string Women)[] Cohorts =
    [
        (1950, "福贵德发财有根长顺保全金山海成书文明国振清林春生永安合群老栓套锁留柱喜来堂祥",
            "秀兰英桂花玉珍素梅凤荣芝莲爱香云翠枝菊妮姐环娥娃巧芳淑琴"),
        (1970, "建国军卫东红国庆跃进志强民忠义德成永明玉林海水俊峰文学保平胜利新春生喜根山岭援朝",
            "秀英玉兰桂花凤梅爱红霞芹荣花枝丽萍巧云改焕菊香素珍淑敏玲珍芳彩"),
        (1990, "伟强军勇涛磊鹏杰超斌波辉刚峰亮飞洋宁浩凯明华平俊帅龙彬建志旭东广阔红卫晓艳",
            "丽敏静燕艳芳娟霞玲娜红英梅莉萍洁婷丹颖雪晓春华利平培慧俊"),
        (2010, "浩宇轩博文俊豪子涵鑫泽天佑嘉志远家乐凯旋一鸣思源明哲帅旭昊阳恒晨睿航鹏程梓",
            "欣怡雨涵梦瑶诗涵佳怡思雨雅静紫萱婷婷若琳可馨子琪晓雪语嫣心怡静怡梓萱乐瑶"),
        (9999, "梓浩沐辰奕宇泽睿宸煜一诺子墨俊熙铭景行知许嘉佑星尧安祁柏言书珩清越启",
            "梓涵一诺沐欣语桐若汐依诺艺涵芷瑶星妍清禾苡安可欣念初书瑶知夏柠玥"),
    ];

    // Characters that old fonts and old encodings lack, some outside the basic plane: names with them exist everywhere.
    private static readonly string[] Rare = ["䶮", "㛃", "堃", "昇", "喆", "淼", "玥", "彧", "翀", "璟", "𬭎", "𬍤", "𫘧", "犇", "骉", "祎"];

    private static readonly string[] WesternGiven = ["买买提", "阿不都", "艾力", "古丽", "阿依努尔", "热孜万", "吐尔逊", "帕提古丽"];

    private static readonly string[] WesternFamily = ["吐尔地", "买买提明", "阿不力孜", "尼亚孜", "热合曼", "依明", "沙迪克", "玉素甫"];

    private readonly Weighted<string> _surnames = Parse(Surnames);
    private readonly Weighted<string> _hui = Parse(HuiSurnames);
    private readonly (int Before, string[] Men, string[] Women)[] _cohorts =
        [.. Cohorts.Select(cohort => (cohort.Before, Letters(cohort.Men), Letters(cohort.Women)))];

    public string Surname(Dice dice, string nationality) => nationality == "03" ? _hui.Pick(dice) : _surnames.Pick(dice);

    /// <summary>The whole name of a person of that surname.</summary>
    public string Full(Dice dice, string surname, bool male, int year, string nationality)
    {
        if (nationality == "05")
        {
            return $"{dice.Pick(WesternGiven)}·{dice.Pick(WesternFamily)}";
        }

        return surname + Given(dice, male, year);
    }

    public string Given(Dice dice, bool male, int year)
    {
        if (year > 1985 && dice.Chance(0.0006))
        {
            return dice.Pick(Rare);
        }

        var cohort = 0;
        while (year >= _cohorts[cohort].Before)
        {
            cohort++;
        }

        var letters = male ? _cohorts[cohort].Men : _cohorts[cohort].Women;
        var first = dice.Pick(letters);
        if (dice.Chance(year is >= 1970 and < 2005 ? 0.3 : 0.08))
        {
            return first;
        }

        var second = dice.Pick(letters);
        return first == second && year < 1985 ? first : first + second;
    }

    /// <summary>The same name with a character that sounds or looks alike: what a clerk mistypes.</summary>
    public static string Mistyped(Dice dice, string name)
    {
        const string Alike = "丽莉 英瑛 伟玮 军君 红虹 霞侠 建健 国囯 明铭 杰洁 志智 玉钰 华桦 芳方 静婧 敏民 峰锋 辉晖 晓小 海亥 林琳 平萍 云芸 春椿";
        foreach (var pair in Alike.Split(' '))
        {
            if (name.Length > 1 && name.IndexOf(pair[0], 1) is var at and > 0)
            {
                return name[..at] + pair[1] + name[(at + 1)..];
            }
        }

        return name.Length > 2 && dice.Chance(0.5) ? string.Concat(name.AsSpan(0, 1), name.AsSpan(2)) : name + "子";
    }

    private static Weighted<string> Parse(string list) => new(list.Split(' ').Select(entry =>
    {
        var digits = entry.AsSpan().IndexOfAnyInRange('0', '9');
        return (entry[..digits], double.Parse(entry.AsSpan(digits), CultureInfo.InvariantCulture));
    }));

    private static string[] Letters(string text) => [.. text.Select(letter => letter.ToString())];
}
