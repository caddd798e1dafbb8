using Shali.Platform.Kernel;

namespace Shali.Tests.Rules;

public class PinyinReadings
{
    [Theory]
    [InlineData("人口基本信息", "rkjbxx", "renkoujibenxinxi")]
    [InlineData("银行账户", "yhzh", "yinhangzhanghu")]
    [InlineData("行政许可", "xzxk", "xingzhengxuke")]
    [InlineData("会计师", "kjs", "kuaijishi")]
    [InlineData("绿化", "lh", "lvhua")]
    [InlineData("漯河市召陵区", "lhszlq", "luoheshizhaolingqu")]
    [InlineData("12345 热线（A类）", "12345rxal", "12345rexianalei")]
    [InlineData("", "", "")]
    [InlineData("，。！", "", "")]
    public void A_text_is_read(string text, string initials, string full)
    {
        Assert.Equal(initials, Pinyin.Initials(text));
        Assert.Equal(full, Pinyin.Full(text));
    }

    [Fact]
    public void Every_character_of_the_basic_set_that_has_a_reading_gives_one_syllable()
    {
        var read = Enumerable.Range(0x4e00, 0x9fff - 0x4e00 + 1).Count(code => Pinyin.Syllables(((char)code).ToString()).Count == 1);

        Assert.InRange(read, 20_500, 20_992);
    }
}
