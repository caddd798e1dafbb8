using System.Text.Json;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Design;

namespace Shali.Tests.Rules;

public sealed class DefinitionAsJson
{
    private static readonly ResourceDefinition Animal = Definition.Of<DefinitionFromAttributes.Animal>();

    [Fact]
    public void Written_and_read_again_it_is_the_same()
    {
        var json = DefinitionJson.Write(Animal);
        var read = DefinitionInput.Definition(json).Value;
        Assert.Equal(json, DefinitionJson.Write(read));
        Assert.Equal(Animal.Fields.Select(field => field.Type.Name), read.Fields.Select(field => field.Type.Name));
        Assert.Contains("动物登记信息", json, StringComparison.Ordinal);
    }

    [Fact]
    public void False_is_not_lost_where_the_default_is_true()
    {
        var read = DefinitionInput.Definition(DefinitionJson.Write(Animal with { Editable = false })).Value;
        Assert.False(read.Editable);
    }

    [Theory]
    [InlineData("", "REG-D01")]
    [InlineData("null", "REG-D01")]
    [InlineData("[]", "REG-D01")]
    [InlineData("""{"id":"a/b","name":"x","clause":"D1","owner":"police","fields":[null]}""", "REG-D01")]
    [InlineData("""{"id":"a/b"}""", "REG-D01")]
    [InlineData("""{"id":null,"name":"x","clause":"D1","owner":"police","fields":[]}""", "REG-D01")]
    [InlineData("""{"id":"a/b","name":"x","clause":"D1","owner":"police","fields":[],"colour":"red"}""", "REG-D01")]
    [InlineData("""{"id":"a/b","name":"x","clause":"D1","owner":"police","fields":[{"name":"a","label":"甲","type":"no-such"}]}""", "REG-D01")]
    [InlineData("""{"id":"a/b","name":"x","clause":"D1","owner":"police","fields":[{"name":"a","label":"甲","type":"text","grade":2}]}""", "REG-D01")]
    public void What_is_not_a_definition_is_refused(string json, string code) =>
        Assert.Equal(code, Assert.Single(DefinitionInput.Definition(json).Refusals).Code);

    [Fact]
    public void Code_lists_keep_ended_codes()
    {
        var list = new CodeList("noise-kind", "噪声类型", "", [new("1", "工地"), new("2", "广场", new(2026, 1, 1))]);
        var read = DefinitionInput.Codes(JsonSerializer.Serialize(list, DefinitionJson.Options)).Value;
        Assert.Equal(list.Codes, read.Codes);
        Assert.False(DefinitionInput.Codes(
            """{"name":"a","label":"b","standard":"","codes":[{"value":"1","label":"x"},{"value":"1","label":"y"}]}""").Ok);
    }
}
