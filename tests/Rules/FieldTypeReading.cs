using System.Globalization;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Rules;

public sealed class FieldTypeReading
{
    [Theory]
    [InlineData("text", " 老街 ", "老街", "老街")]
    [InlineData("long-text", "一\r\n二", "一\n二", "一\n二")]
    [InlineData("integer", "1,234", "1234", "1234")]
    [InlineData("integer", "１２", "12", "12")]
    [InlineData("integer", "12.0", "12", "12")]
    [InlineData("decimal", "12.5", "12.50", "12.50")]
    [InlineData("decimal", "1.5E2", "150.00", "150.00")]
    [InlineData("money", "¥1,234.5", "1234.50", "¥1,234.50")]
    [InlineData("money", "-￥3元", "-3.00", "-¥3.00")]
    [InlineData("date", "2026-11-23", "2026-11-23", "2026年11月23日")]
    [InlineData("date", "2026/1/3", "2026-01-03", "2026年1月3日")]
    [InlineData("date", "2026.01.03", "2026-01-03", "2026年1月3日")]
    [InlineData("date", "2026年1月3日", "2026-01-03", "2026年1月3日")]
    [InlineData("date", "20260103", "2026-01-03", "2026年1月3日")]
    [InlineData("date", "２０２６－０１－０３", "2026-01-03", "2026年1月3日")]
    [InlineData("date", "2026-01-03T00:00:00", "2026-01-03", "2026年1月3日")]
    [InlineData("datetime", "2026-11-23 08:05", "2026-11-23T08:05:00+08:00", "2026年11月23日 08:05")]
    [InlineData("datetime", "2026-11-23T00:05:00Z", "2026-11-23T08:05:00+08:00", "2026年11月23日 08:05")]
    [InlineData("datetime", "2026-11-23T08:05:00.1234567+08:00", "2026-11-23T08:05:00.123456+08:00", "2026年11月23日 08:05")]
    [InlineData("datetime", "2026年11月23日", "2026-11-23T00:00:00+08:00", "2026年11月23日 00:00")]
    [InlineData("datetime", "9999-12-31 23:59:59", "9999-12-31T23:59:59+08:00", "9999年12月31日 23:59")]
    [InlineData("time", "8:30", "08:30:00", "08:30")]
    [InlineData("time", "08:30:15", "08:30:15", "08:30:15")]
    [InlineData("time", "１８时５分", "18:05:00", "18:05")]
    [InlineData("yes-no", "是", "true", "是")]
    [InlineData("yes-no", "False", "false", "否")]
    [InlineData("yes-no", "0", "false", "否")]
    [InlineData("geometry", "POINT(114.02 33.58)", "POINT (114.02 33.58)", "点 114.02, 33.58")]
    [InlineData("geometry", "POINT Z(114.02 33.58 60)", "POINT (114.02 33.58)", "点 114.02, 33.58")]
    [InlineData("geometry", "SRID=4490;POINT(114.02 33.58)", "POINT (114.02 33.58)", "点 114.02, 33.58")]
    [InlineData("geometry", """{"type":"Point","coordinates":[114.02,33.58]}""", "POINT (114.02 33.58)", "点 114.02, 33.58")]
    [InlineData("citizen-number", "411102780815012", "411102197808150122", "411102197808150122")]
    [InlineData("phone", "138 0000 0000", "+8613800000000", "13800000000")]
    [InlineData("region", "411102", "411102", "河南省漯河市源汇区")]
    [InlineData("region", "411123", "411123", "河南省漯河市郾城县")]
    public void A_value_is_read_written_and_shown(string type, string text, string written, string shown)
    {
        var field = Field(type);

        var value = field.Type.Parse(field, text).Value;

        Assert.IsType(field.Type.ClrType, value, exactMatch: false);
        Assert.Equal(written, field.Type.Write(field, value));
        Assert.Equal(shown, field.Type.Show(field, value));
        Assert.Equal(value, field.Type.Parse(field, field.Type.Write(field, value)).Value);
    }

    [Theory]
    [InlineData("text", "a\nb", "REG-F17")]
    [InlineData("text", "a\0b", "REG-F17")]
    [InlineData("time", "24:00", "REG-F19")]
    [InlineData("time", "2026-01-01 08:30", "REG-F19")]
    [InlineData("datetime", "9999-12-31T23:59:59Z", "REG-F11")]
    [InlineData("datetime", "0001-01-01T00:00:00+14:00", "REG-F11")]
    [InlineData("integer", "十二", "REG-F07")]
    [InlineData("integer", "1.5", "REG-F08")]
    [InlineData("integer", "1,5", "REG-F07")]
    [InlineData("integer", "99999999999999999999", "REG-F06")]
    [InlineData("integer", "1E400", "REG-F07")]
    [InlineData("decimal", "1.234", "REG-F08")]
    [InlineData("decimal", "NaN", "REG-F07")]
    [InlineData("money", "3万元", "REG-F07")]
    [InlineData("money", "10000000000000000", "REG-F06")]
    [InlineData("date", "2026-02-30", "REG-F10")]
    [InlineData("date", "23/11/2026", "REG-F10")]
    [InlineData("date", "2026-11-23 08:05", "REG-F10")]
    [InlineData("date", "45000", "REG-F10")]
    [InlineData("datetime", "2026-11-23 25:00", "REG-F11")]
    [InlineData("datetime", "0001-01-01 00:00", "REG-F11")]
    [InlineData("yes-no", "也许", "REG-F12")]
    [InlineData("link", "a b", "REG-F13")]
    [InlineData("geometry", "POINT(114", "REG-F14")]
    [InlineData("geometry", "{\"type\":\"Point\"}", "REG-F14")]
    [InlineData("geometry", "{\"type\":\"Nowhere\",\"coordinates\":[1,2]}", "REG-F14")]
    [InlineData("geometry", "{}", "REG-F14")]
    [InlineData("geometry", "[", "REG-F14")]
    [InlineData("geometry", "POINT EMPTY", "REG-F14")]
    [InlineData("geometry", "POINT(NaN 3)", "REG-F14")]
    [InlineData("geometry", "SRID=3857;POINT(1 1)", "REG-F14")]
    [InlineData("geometry", "POINT(33.58 114.02)", "REG-F15")]
    [InlineData("geometry", "POLYGON((0 0,1 1,1 0,0 1,0 0))", "REG-F16")]
    [InlineData("citizen-number", "411102199003071232", "ID-07")]
    [InlineData("region", "991100", "ID-06")]
    public void What_cannot_be_read_is_refused_by_a_code_with_a_sentence(string type, string text, string code)
    {
        var field = Field(type);

        var refusal = Assert.Single(field.Type.Parse(field, text).Refusals);

        Assert.Equal(code, refusal.Code);
        Assert.Equal("f", refusal.Field);
        Assert.EndsWith("。", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_cannot_be_stored()
    {
        var field = Field("text");

        Assert.Equal("REG-F17", Assert.Single(field.Type.Parse(field, "a" + '\uD800' + "b").Refusals).Code);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("1")]
    [InlineData("汉族")]
    [InlineData("汉")]
    [InlineData(" ０１ ")]
    public void A_code_is_accepted_by_value_by_name_and_without_the_zero_that_a_spreadsheet_dropped(string text)
    {
        var field = Field("code") with { CodeList = "nationality" };

        var value = field.Type.Parse(field, text).Value;

        Assert.Equal("01", value);
        Assert.Equal("汉族", field.Type.Show(field, value));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("火星族")]
    public void A_code_outside_its_list_is_refused(string text)
    {
        var field = Field("code") with { CodeList = "nationality" };

        Assert.Equal("REG-F09", Assert.Single(field.Type.Parse(field, text).Refusals).Code);
    }

    [Fact]
    public void Length_is_counted_in_characters_as_people_see_them()
    {
        var field = Field("text") with { LengthMax = 2 };

        Assert.True(field.Type.Parse(field, "𠮷𠮷").Ok);
        Assert.Equal("REG-F03", field.Type.Parse(field, "吉吉吉").Refusals[0].Code);
    }

    [Theory]
    [InlineData("integer", "1", "10", "0", "REG-F05")]
    [InlineData("integer", "1", "10", "11", "REG-F06")]
    [InlineData("date", "2020-01-01", null, "2019-12-31", "REG-F05")]
    [InlineData("money", null, "100.00", "100.01", "REG-F06")]
    public void Smallest_and_largest_values_are_kept(string type, string? min, string? max, string text, string code)
    {
        var field = Field(type) with { Min = min, Max = max };

        Assert.Equal(code, Assert.Single(field.Type.Parse(field, text).Refusals).Code);
    }

    [Fact]
    public void The_pattern_holds_for_the_whole_value()
    {
        var field = Field("text") with { Pattern = "[A-Z]{2}|x" };

        Assert.True(field.Type.Parse(field, "AB").Ok);
        Assert.Equal("REG-F04", field.Type.Parse(field, "ABx").Refusals[0].Code);
    }

    [Fact]
    public void A_pattern_that_runs_away_is_stopped()
    {
        var field = Field("text") with { Pattern = "(a+)+b" };

        Assert.Equal("REG-F04", field.Type.Parse(field, new string('a', 60)).Refusals[0].Code);
    }

    [Fact]
    public void A_lenient_field_keeps_a_number_whose_check_digit_is_wrong_but_no_other_nonsense()
    {
        var field = Field("citizen-number") with { Lenient = true };

        Assert.Equal("411102199003071232", field.Type.Parse(field, "411102199003071232").Value);
        Assert.Equal("ID-03", Assert.Single(field.Type.Parse(field, "411102199002301235").Refusals).Code);
    }

    [Theory]
    [InlineData(MaskShape.Name, "张三", "张*")]
    [InlineData(MaskShape.Name, "买买提·阿不都热合曼", "买**")]
    [InlineData(MaskShape.Name, "𠮷田", "𠮷*")]
    [InlineData(MaskShape.Identifier, "411102199003071231", "411102********1231")]
    [InlineData(MaskShape.Identifier, "H12345678", "H1*****78")]
    [InlineData(MaskShape.Phone, "+8613800000000", "138****0000")]
    [InlineData(MaskShape.Phone, "0395-2123456", "0395-***3456")]
    [InlineData(MaskShape.Card, "6222021705000012347", "6222 **** **** 2347")]
    [InlineData(MaskShape.Address, "漯河市源汇区老街街道受降路12号", "漯河市源汇区老街街道***")]
    [InlineData(MaskShape.Whole, "秘密", "***")]
    [InlineData(MaskShape.None, "公开", "公开")]
    public void A_mask_leaves_only_its_part(MaskShape shape, string value, string masked) =>
        Assert.Equal(masked, Masks.Apply(shape, value));

    [Fact]
    public void Every_kind_is_found_by_its_name_and_describes_itself()
    {
        Assert.All(FieldTypes.All, type =>
        {
            Assert.Same(type, FieldTypes.Find(type.Name));
            Assert.NotEmpty(type.Label);
            Assert.NotEmpty(type.Column(Field(type.Name)));
            Assert.NotEmpty(type.JsonSchema(Field(type.Name)));
            Assert.Null(type.Parse(Field(type.Name), "  ").Value);
        });
        Assert.All(
            typeof(FieldKind).GetFields().Select(constant => (string)constant.GetRawConstantValue()!),
            name => Assert.NotNull(FieldTypes.Find(name)));
    }

    [Fact]
    public void National_lists_have_the_codes_of_their_standards()
    {
        Assert.Equal(58, NationalCodes.Nationality.Codes.Count);
        Assert.Equal("基诺族", NationalCodes.Nationality.Find("56")!.Label);
        Assert.Equal(20, NationalCodes.Industry.Codes.Count(code => code.Value.Length == 1));
        Assert.Equal(
            Enumerable.Range(1, 97).Select(i => i.ToString("00", CultureInfo.InvariantCulture)),
            NationalCodes.Industry.Codes.Where(code => code.Value.Length == 2).Select(code => code.Value));
        Assert.Equal("C", IndustryCodes.Section("13"));
    }

    private static FieldDefinition Field(string type) =>
        new() { Name = "f", Label = "栏目", Type = FieldTypes.Find(type)! };
}
