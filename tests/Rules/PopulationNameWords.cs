using Shali.Centres.DataCentre.D1Population;

namespace Shali.Tests.Rules;

/// <summary>What clerks type when they look for somebody, and what it means.</summary>
public sealed class PopulationNameWords
{
    [Theory]
    [InlineData("张伟", "", "张伟", null, null)]
    [InlineData("zhangwei", "zhangwei", "", null, null)]
    [InlineData("Zhang Wei", "zhangwei", "", null, null)]
    [InlineData("ZW 1980", "zw", "", "1980-01-01", "1980-12-31")]
    [InlineData("zw1980", "zw", "", "1980-01-01", "1980-12-31")]
    [InlineData("1980 zw", "zw", "", "1980-01-01", "1980-12-31")]
    [InlineData("张伟 1980年3月", "", "张伟", "1980-03-01", "1980-03-31")]
    [InlineData("张伟，19800312", "", "张伟", "1980-03-12", "1980-03-12")]
    [InlineData("张伟 1980-3-12", "", "张伟", "1980-03-12", "1980-03-12")]
    [InlineData("张wei", "zhangwei", "张", null, null)]
    [InlineData("ｚｗ　１９８０", "zw", "", "1980-01-01", "1980-12-31")]
    [InlineData("xi'an", "xian", "", null, null)]
    [InlineData("买买提·尼亚孜", "", "买买提·尼亚孜", null, null)]
    public void Words_are_understood(string text, string letters, string characters, string? from, string? to)
    {
        var read = NameWords.Read(text);
        Assert.True(read.Ok, read.Refusals.ToString());
        Assert.Equal((letters, characters, from, to), (read.Value.Letters, read.Value.Characters, Iso(read.Value.From), Iso(read.Value.To)));
    }

    [Theory]
    [InlineData("z", "D1-S04")]
    [InlineData("1980", "D1-S04")]
    [InlineData("  ", "D1-S04")]
    [InlineData("zw 12", "D1-S03")]
    [InlineData("zw 19801340", "D1-S03")]
    [InlineData("zw 99", "D1-S03")]
    [InlineData("张伟 1-2-3-4", "D1-S03")]
    public void What_makes_no_sense_is_said(string text, string code) =>
        Assert.Equal(code, Assert.Single(NameWords.Read(text).Refusals).Code);

    [Theory]
    [InlineData("张伟", "zhangwei zw")]
    [InlineData("单雄", "danxiong dx|shanxiong sx")]
    [InlineData("曾国", "cengguo cg|zengguo zg")]
    [InlineData("吕布", "lvbu lb")]
    [InlineData("买买提·尼亚孜", "maimaitiniyazi mmtnyz")]
    [InlineData("𫘧", "")]
    public void A_name_is_read_as_its_bearers_say_it(string name, string readings) =>
        Assert.Equal(readings, string.Join('|', NameReadings.Of(name).Select(reading => $"{reading.Pinyin} {reading.Initials}")));

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
