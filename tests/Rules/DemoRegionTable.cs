using Shali.Platform.Regions;

namespace Shali.Tests.Rules;

public sealed class RegionTable
{
    [Theory]
    [InlineData("41", "河南省")]
    [InlineData("4111", "河南省漯河市")]
    [InlineData("411104", "河南省漯河市召陵区")]
    [InlineData("110105", "北京市朝阳区")]
    [InlineData("412602", "河南省许昌地区漯河市")]
    [InlineData("999999", null)]
    public void A_code_is_named_by_its_whole_chain(string code, string? name) => Assert.Equal(name, Regions.Name(code));

    [Theory]
    [InlineData("411123", "1990-01-01", true)]
    [InlineData("411123", "2010-01-01", false)]
    [InlineData("411103", "1990-01-01", false)]
    [InlineData("411103", "2010-01-01", true)]
    [InlineData("412629", "1985-12-31", true)]
    public void A_code_is_known_on_the_days_on_which_it_was_in_force(string code, string day, bool known)
    {
        Assert.Equal(known, Regions.Known(code, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(Regions.Known(code));
    }

    [Fact]
    public void An_abolished_code_names_its_successors() =>
        Assert.Equal(["411103", "411104"], Regions.Find("411123")!.Successors);

    [Theory]
    [InlineData("411102", RegionStanding.Known)]
    [InlineData("411199", RegionStanding.Plausible)]
    [InlineData("990000", RegionStanding.Unknown)]
    public void A_code_is_known_plausible_or_unknown(string code, RegionStanding standing) =>
        Assert.Equal(standing, Regions.Standing(code));

    [Fact]
    public void The_whole_country_is_there_down_to_the_counties()
    {
        Assert.Equal(34, Regions.All.Count(region => region.Code.Length == 2));
        Assert.True(Regions.All.Count(region => region.Code.Length == 6) > 2_900);
    }
}
