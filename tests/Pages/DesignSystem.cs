using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Tests.Pages;

public class DesignSystem
{
    private static readonly PageContext Anyone = new(Caller.Anonymous, "/about/components", "", "token", []);

    [Fact]
    public async Task The_living_page_has_no_inline_style_or_script_and_labels_every_input()
    {
        var page = await Drawn.Of<ComponentsPage>(new { Page = Anyone });

        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src])"));
        Assert.Empty(page.QuerySelectorAll("*").Where(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal))));
        Assert.Empty(page.QuerySelectorAll("input:not([type=hidden]), select, textarea")
            .Where(input => page.QuerySelector($"label[for='{input.Id}']") is null));
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Fact]
    public async Task Every_id_on_the_living_page_is_used_once()
    {
        var page = await Drawn.Of<ComponentsPage>(new { Page = Anyone });

        var twice = page.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Empty(twice);
    }

    [Fact]
    public async Task A_refusal_stands_first_and_leads_to_its_field()
    {
        var refusals = Refusals.Of(new Refusal("X-1", "name", "请填写姓名。", new Basis("户口登记条例", "第六条")));
        var summary = await Drawn.Of<RefusalSummary>(new { Refusals = refusals });
        var field = await Drawn.Of<Field>(new { Name = "name", Label = "姓名", Refusals = refusals, Hint = "与证件一致" });

        Assert.Equal("#name", summary.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("《户口登记条例》第六条", summary.Body!.TextContent, StringComparison.Ordinal);
        var input = field.QuerySelector("input#name")!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.All(input.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(field.GetElementById(id)));
    }

    [Fact]
    public async Task Text_from_outside_is_encoded_and_Chinese_stays_readable()
    {
        var html = await Drawn.Html<Field>(new { Name = "n", Label = "姓名<script>", Value = "\"><b>张三" });

        Assert.Contains("姓名", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bars_of_a_chart_are_as_long_as_their_figures()
    {
        var chart = await Drawn.Of<BarChart>(new { Title = "人数", Bars = (IReadOnlyList<Bar>)[new("甲", 50), new("乙", 200)] });

        Assert.Equal(["25%", "100%"], chart.QuerySelectorAll("rect").Select(bar => bar.GetAttribute("width")));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.7, 1)]
    [InlineData(7, 10)]
    [InlineData(21, 25)]
    [InlineData(250, 250)]
    [InlineData(2_367_490, 2_500_000)]
    public void An_axis_ends_at_a_round_number(double value, double top) => Assert.Equal(top, Shares.RoundUp(value), 6);

    [Theory]
    [InlineData("/desk", true)]
    [InlineData("/records/a?b=c", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("", false)]
    [InlineData("/a\nb", false)]
    public void Only_local_addresses_are_followed(string address, bool local) => Assert.Equal(local, Shali.Platform.Ui.Pages.IsLocal(address));
}
