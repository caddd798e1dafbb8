using Shali.Platform.Catalogue;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Rules;

public class CatalogueSearching
{
    private static readonly IndexedEntry Population = Entry("population/person", "人口基本信息", "公民身份号码");

    [Theory]
    [InlineData("人口基本信息", 100)]
    [InlineData("人口", 85)]
    [InlineData("基本", 65)]
    [InlineData("rkjbxx", 90)]
    [InlineData("rkjb", 80)]
    [InlineData("jbxx", 60)]
    [InlineData("renkou", 70)]
    [InlineData("jiben", 70)]
    [InlineData("身份号码", 30)]
    [InlineData("population.person", 30)]
    public void A_word_finds_the_entry_with_its_rank(string word, int rank) => Assert.Equal(rank, Population.Rank([word]));

    [Theory]
    [InlineData("法人")]
    [InlineData("enkou")]
    [InlineData("xxrk")]
    public void A_word_that_is_not_there_finds_nothing(string word) => Assert.Equal(0, Population.Rank([word]));

    [Fact]
    public void All_words_must_match() => Assert.Equal(0, Population.Rank(["人口", "法人"]));

    [Fact]
    public void A_hundred_thousand_entries_are_searched_within_the_budget()
    {
        var entries = Enumerable.Range(0, 100_000)
            .Select(i => Entry($"test/r-{i}", $"第{i}号企业登记与信用监管信息", "统一社会信用代码")).ToArray();
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var start = TimeProvider.System.GetTimestamp();
            Assert.NotEmpty(entries.Where(entry => entry.Rank(["xyjg"]) > 0).Take(1));
            Assert.Empty(entries.Where(entry => entry.Rank(["不存在的词"]) > 0));
            return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        });

        Assert.InRange(best, 0, 500);
    }

    private static IndexedEntry Entry(string id, string name, string field) => new(new CatalogueEntry(
        new ResourceDefinition
        {
            Id = id,
            Name = name,
            Clause = "D1",
            Owner = "police",
            Base = "population",
            Fields = [new FieldDefinition { Name = "number", Label = field, Type = FieldTypes.Find("text")! }],
        },
        "市公安局"));
}
