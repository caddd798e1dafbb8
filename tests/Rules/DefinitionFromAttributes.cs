using Shali.Platform.Registry;
using Record = Shali.Platform.Registry.Record;

namespace Shali.Tests.Rules;

public sealed class DefinitionFromAttributes
{
    [Resource("trial/animal", "动物登记信息", Clause = "S04", Owner = "police", Key = nameof(ChipNumber),
        Match = [nameof(ChipNumber), nameof(BornOn)], Title = nameof(Name), ScopeField = nameof(RegionCode), RetentionYears = 5,
        Sharing = SharingClass.Conditional, Conditions = "仅用于防疫")]
    public sealed record Animal
    {
        [Field("芯片号", Unique = true, Pattern = "[0-9]{15}")]
        public required string ChipNumber { get; init; }

        [Field("名称", LengthMax = 40, Mask = MaskShape.Name)]
        public string? Name { get; init; }

        [Field("性别", CodeList = "sex")]
        public string? Sex { get; init; }

        [Field("主人", Target = "population/person")]
        public string? Keeper { get; init; }

        [Field("出生日期")]
        public DateOnly? BornOn { get; init; }

        [Field("年龄", Min = "0", Max = "40")]
        public int? AgeInYears { get; init; }

        [Field("体重", Scale = 1)]
        public decimal WeightKg { get; init; }

        [Field("已免疫")]
        public bool Vaccinated { get; init; }

        [Field("区划", Type = FieldKind.Region, Indexed = true)]
        public string RegionCode { get; init; } = "";

        public string NotAField => "";
    }

    [Resource("trial/visit", "走访记录", Clause = "S04", Owner = "police")]
    public sealed record Visit(
        [property: RecordKey] string Key,
        [Field("事由")] string Reason,
        [Field("日期")] DateOnly On,
        [Field("次数")] int? Times = null);

    private static readonly Animal Rex = new()
    {
        ChipNumber = "156000000000001",
        Name = "大黄",
        AgeInYears = 3,
        WeightKg = 12.5m,
        BornOn = new(2023, 5, 1),
        RegionCode = "411102",
    };

    [Theory]
    [InlineData("chip_number", "text", true)]
    [InlineData("name", "text", false)]
    [InlineData("sex", "code", false)]
    [InlineData("keeper", "link", false)]
    [InlineData("born_on", "date", false)]
    [InlineData("age_in_years", "integer", false)]
    [InlineData("weight_kg", "decimal", true)]
    [InlineData("vaccinated", "yes-no", true)]
    [InlineData("region_code", "region", true)]
    public void Property_gives_name_type_and_required(string name, string type, bool required)
    {
        var field = Definition.Of<Animal>().Field(name);
        Assert.NotNull(field);
        Assert.Equal(type, field.Type.Name);
        Assert.Equal(required, field.Required);
    }

    [Fact]
    public void Two_code_lists_of_one_name_would_hide_one_another_and_stop_the_start()
    {
        var (one, other) = (new CodeList("state", "状态", "", [new("a", "甲")]), new CodeList("state", "状态", "", [new("a", "甲")]));
        Assert.Equal([one], ResourceRegistry.Once([one, one]));
        Assert.Contains("state", Assert.Throws<InvalidOperationException>(() => ResourceRegistry.Once([one, other])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_of_the_record_become_the_definition()
    {
        var animal = Definition.Of<Animal>();
        Assert.Equal("chip_number", animal.Key);
        Assert.Equal(["chip_number", "born_on"], animal.Match);
        Assert.Equal("name", animal.Title);
        Assert.Equal("region_code", animal.ScopeField);
        Assert.Equal(5, animal.RetentionYears);
        Assert.Equal(SharingClass.Conditional, animal.Sharing.Class);
        Assert.Null(animal.Sharing.Basis);
        Assert.Equal(9, animal.Fields.Count);
        Assert.Same(animal, Definition.Of<Animal>());
    }

    [Fact]
    public void A_masked_field_is_graded_sensitive_without_a_word() =>
        Assert.Equal(Grade.Sensitive, Definition.Field<Animal>(animal => animal.Name).Grade);

    [Theory]
    [InlineData("CitizenNumber", "citizen_number")]
    [InlineData("GDPYear", "gdp_year")]
    [InlineData("Address2", "address2")]
    [InlineData("A", "a")]
    [InlineData("valueKWh", "value_k_wh")]
    public void Names_of_properties_become_names_of_columns(string property, string column) =>
        Assert.Equal(column, Definition.SnakeCase(property));

    [Fact]
    public void Names_are_checked_by_the_compiler()
    {
        Assert.Equal("born_on", Definition.Name<Animal>(animal => animal.BornOn));
        Assert.Equal("age_in_years", Definition.Name<Animal>(animal => animal.AgeInYears));
        Assert.Throws<InvalidOperationException>(() => Definition.Name<Animal>(animal => animal.NotAField));
    }

    [Fact]
    public void A_value_goes_to_a_record_and_back_unchanged()
    {
        var values = Typed<Animal>.Values(Rex);
        Assert.Equal(3L, values["age_in_years"]);
        var definition = Definition.Of<Animal>();
        var record = new Record(definition, Rex.ChipNumber, [.. definition.Fields.Select(field => values[field.Name])]);
        Assert.Equal(Rex, Typed<Animal>.Of(record));
    }

    [Fact]
    public void A_positional_record_is_made_by_its_constructor_and_takes_the_key()
    {
        var definition = Definition.Of<Visit>();
        Assert.Equal(["reason", "on", "times"], definition.Fields.Select(field => field.Name));
        var visit = Typed<Visit>.Of(new Record(definition, "k1", ["投诉", new DateOnly(2026, 1, 2), 4L]));
        Assert.Equal(new Visit("k1", "投诉", new(2026, 1, 2), 4), visit);
    }

    [Fact]
    public void A_record_of_an_older_definition_lacks_the_newer_fields()
    {
        var definition = Definition.Of<Visit>();
        var older = definition with { Fields = [definition.Fields[1], definition.Fields[0]] };
        var visit = Typed<Visit>.Of(new Record(older, "k1", [new DateOnly(2026, 1, 2), "投诉"]));
        Assert.Equal(new Visit("k1", "投诉", new(2026, 1, 2)), visit);
    }

    [Fact]
    public void Every_kind_that_an_attribute_can_name_is_there() => Assert.All(
        typeof(FieldKind).GetFields().Select(constant => (string)constant.GetRawConstantValue()!),
        kind => Assert.NotNull(Shali.Platform.Registry.Types.FieldTypes.Find(kind)));

    [Fact]
    public void Only_differences_are_written()
    {
        var changed = Typed<Animal>.Differences(Rex, Rex with { Name = "小黄", WeightKg = 12.50m });
        Assert.Equal("小黄", Assert.Single(changed).Value);
    }
}
