using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>Columns find their fields, unknown spreadsheets find their definition.</summary>
public sealed class LoadMapping
{
    private static readonly ResourceDefinition Shop = new()
    {
        Id = "load-test/shop",
        Name = "店铺",
        Clause = "P1",
        Owner = "data",
        Match = ["number"],
        Fields =
        [
            new() { Name = "number", Label = "编号", Type = FieldTypes.Text },
            new() { Name = "name", Label = "店铺名称", Type = FieldTypes.Text, Required = true },
            new() { Name = "area", Label = "面积（平方米）", Type = FieldTypes.Decimal },
        ],
    };

    [Theory]
    [InlineData("编号", "number")]
    [InlineData(" 编 号 ", "number")]
    [InlineData("ＮＵＭＢＥＲ", "number")]
    [InlineData("店铺名称（必填）", "name")]
    [InlineData("*店铺名称", "name")]
    [InlineData("面积", "area")]
    [InlineData("面积(m2)", "area")]
    [InlineData("电话", null)]
    public void A_heading_finds_its_field_whatever_its_width_spaces_and_brackets(string heading, string? field) =>
        Assert.Equal(field, ColumnMapping.Propose(Shop, [heading], header: true).Fields[0]);

    [Fact]
    public void Everything_that_stands_against_a_mapping_is_told_at_once()
    {
        string[] columns = ["编号", "number", "电话", "行号", "原因"];
        var refusals = ColumnMapping.Propose(Shop, columns, header: true).Check(Shop, columns, new HashSet<int>());
        Assert.Equal(["LOAD-M01", "LOAD-M02", "LOAD-M04"], refusals.Select(refusal => refusal.Code));
        Assert.Equal(["column_1", "column_2", "columns"], refusals.Select(refusal => refusal.Field));
    }

    [Fact]
    public void A_column_left_out_on_purpose_is_no_fault()
    {
        string[] columns = ["编号", "店铺名称", "电话"];
        Assert.False(ColumnMapping.Propose(Shop, columns, header: true).Check(Shop, columns, new HashSet<int> { 2 }).Any);
    }

    [Fact]
    public void A_spreadsheet_of_unknown_columns_gets_a_definition_with_reasons()
    {
        var rows = Enumerable.Range(0, 200).Select(i =>
            $"{i + 1:0000},店铺{i},{(i % 3 == 0 ? "餐饮" : "零售")},{20 + i},{i}.5,2024-01-{1 + (i % 28):00},{(i % 2 == 0 ? "是" : "否")},1380000{i:0000},{(i % 2 == 0 ? "x" : "")}");
        using var file = LoadFile.Csv("编号,名称,行业类别,人数,面积,成立日期,是否公开,联系电话,怪列\n" + string.Join('\n', rows) + "\n");
        using var source = RowSources.Open(file.Path, "a.csv", new(), new()).Value;
        var proposal = DefinitionProposal.From(source, "commerce/shop", []).Value;
        Assert.Equal(200, proposal.Rows);
        Assert.Equal(
            ["number text", "name text", "c3 code", "people integer", "area decimal", "founded_on date", "public yes-no", "phone phone", "c9 text"],
            proposal.Fields.Select(field => $"{field.Field.Name} {field.Field.Type.Name}"));
        Assert.Equal("number", proposal.Match);
        Assert.Equal("餐饮", Assert.Single(proposal.CodeLists).Codes[1].Value);
        Assert.False(proposal.Fields[8].Field.Required);
        Assert.Equal(MaskShape.Phone, proposal.Fields[7].Field.Mask);
        Assert.All(proposal.Fields, field => Assert.NotEmpty(field.Reasons));
    }

    [Fact]
    public void The_spreadsheet_of_the_readme_needs_few_corrections()
    {
        using var file = LoadFile.Csv(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "service-points.csv")));
        using var source = RowSources.Open(file.Path, "a.csv", new(), new()).Value;
        var proposal = DefinitionProposal.From(source, "d-police/service-point", []).Value;
        Assert.Equal(
            ["code text", "name text", "kind code", "street text", "address text", "phone phone", "opened_on date", "location geometry"],
            proposal.Fields.Select(field => $"{field.Field.Name} {field.Field.Type.Name}"));
        Assert.Equal("code", proposal.Match);
        Assert.Equal(["code"], proposal.Fields.Where(field => field.Field.Unique).Select(field => field.Field.Name));
    }

    [Fact]
    public void A_kind_is_proposed_although_some_rows_are_bad_and_the_reason_says_so()
    {
        var rows = Enumerable.Range(0, 100).Select(i => i == 50 ? "去年" : $"2024-02-{1 + (i % 28):00}");
        using var file = LoadFile.Csv("登记日期,x\n" + string.Join('\n', rows.Select(day => day + ",1")) + "\n");
        using var source = RowSources.Open(file.Path, "a.csv", new(), new()).Value;
        var field = DefinitionProposal.From(source, "a/b", []).Value.Fields[0];
        Assert.Equal("date", field.Field.Type.Name);
        Assert.Contains(field.Reasons, reason => reason.Contains("1 个不符合", StringComparison.Ordinal));
    }

    [Fact]
    public void An_existing_code_list_is_used_when_all_values_are_in_it()
    {
        var sex = new CodeList("sex", "性别", "GB/T 2261.1", [new("1", "男"), new("2", "女")]);
        using var file = LoadFile.Csv("性别,x\n" + string.Concat(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? "男" : "女") + ",y\n")));
        using var source = RowSources.Open(file.Path, "a.csv", new(), new()).Value;
        var field = DefinitionProposal.From(source, "a/b", [sex]).Value.Fields[0];
        Assert.Equal("sex", field.Field.CodeList);
        Assert.Null(field.Codes);
    }
}
