using System.Globalization;
using System.Text;
using Shali.Platform.Registry.Load;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>Files of all kinds and all kinds of bad files become rows, or a sentence.</summary>
public sealed class LoadReading
{
    static LoadReading() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-8", "utf-8" }, { "bom", "utf-8" }, { "gb18030", "gb18030" }, { "utf-16", "utf-16" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void The_encoding_of_a_text_file_is_found_out(string written, string found)
    {
        var encoding = written switch
        {
            "bom" => new UTF8Encoding(true),
            "gb18030" => Encoding.GetEncoding("GB18030"),
            "utf-16" => Encoding.Unicode,
            _ => (Encoding)new UTF8Encoding(false),
        };
        using var file = LoadFile.Csv("姓名,备注\n张三,𠮷\n李四,漯河\n", encoding);
        using (var stream = File.OpenRead(file.Path))
        {
            Assert.Equal(found, TextEncoding.Detect(stream));
        }

        var read = file.Read();
        Assert.Equal(["姓名", "备注"], read.Columns);
        Assert.Equal(["张三|𠮷", "李四|漯河"], read.Rows);
    }

    [Fact]
    public void A_character_cut_by_the_reading_buffer_does_not_mislead()
    {
        using var file = LoadFile.Csv("列\n" + new string('a', (1 << 20) - 6) + "漯河漯河\n");
        using var stream = File.OpenRead(file.Path);
        Assert.Equal("utf-8", TextEncoding.Detect(stream));
    }

    [Fact]
    public void A_wrong_encoding_stops_with_a_sentence_and_writes_no_question_marks()
    {
        using var file = LoadFile.Csv("姓名\n张三\n", Encoding.GetEncoding("GB18030"));
        Assert.Equal("LOAD-F06", file.Read(new() { Encoding = "utf-8" }).Stopped);
        Assert.Equal("LOAD-F05", file.Read(new() { Encoding = "ebcdic" }).Stopped);
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a\tb\r\n1\t2\r\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"")]
    public void Delimiters_and_quotes_are_found_out(string text)
    {
        using var file = LoadFile.Csv(text);
        var read = file.Read();
        Assert.Equal(["a", "b"], read.Columns);
        Assert.Equal(["1|2"], read.Rows);
    }

    [Fact]
    public void Quoted_cells_keep_lines_quotes_and_delimiters_and_number_signs()
    {
        using var file = LoadFile.Csv("a,b\n\"x,\"\"y\"\"\nz\",2\n#3,4\n");
        Assert.Equal(["x,\"y\"\nz|2", "#3|4"], file.Read().Rows);
    }

    [Fact]
    public void Without_a_header_the_first_row_is_data()
    {
        using var file = LoadFile.Csv("1,2\n3,4\n");
        var read = file.Read(new() { Header = false });
        Assert.Equal(["列1", "列2"], read.Columns);
        Assert.Equal(["1|2", "3|4"], read.Rows);
    }

    [Fact]
    public void Ragged_rows_are_kept_as_bad_rows_with_their_number()
    {
        using var file = LoadFile.Csv("a,b\n1,2\n3\n4,5,6\n\n7,8\n");
        var read = file.Read();
        Assert.Equal(["1|2", "3", "4|5|6", "7|8"], read.Rows);
        Assert.Equal(["3 LOAD-R01", "4 LOAD-R01"], read.Faults);
    }

    [Fact]
    public void A_cell_or_a_record_without_end_is_refused()
    {
        using var cell = LoadFile.Csv($"a,b\n{new string('x', 5_000)},1\n2,3\n");
        var read = cell.Read(limits: new() { CellChars = 1_000 });
        Assert.Equal(["2 LOAD-R02"], read.Faults);
        Assert.Equal(2, read.Rows.Count);
        using var record = LoadFile.Csv($"a,b\n1,\"{new string('x', 300_000)}\n");
        Assert.Equal("LOAD-F07", record.Read(limits: new() { RecordChars = 1 << 17 }).Stopped);
    }

    [Fact]
    public void A_million_columns_are_refused_before_they_cost_anything()
    {
        using var csv = LoadFile.Csv(string.Join(',', Enumerable.Range(0, 1_000_000)) + "\n1\n");
        Assert.Equal("LOAD-F02", csv.Read().Stopped);
        using var later = LoadFile.Csv("a,b\n1,2\n" + new string(',', 1_000_000) + "\n");
        Assert.Equal("LOAD-F02", later.Read().Stopped);
        using var xlsx = LoadFile.Xlsx("<row r='1'>" + string.Concat(Enumerable.Range(0, 1_000_000).Select(_ => "<c><v>1</v></c>")) + "</row>");
        Assert.Equal("LOAD-F02", xlsx.Read().Stopped);
    }

    [Fact]
    public void A_cell_may_hold_as_many_commas_as_it_likes()
    {
        var shape = string.Join(',', Enumerable.Repeat("114.01 33.58", 20_000));
        using var file = LoadFile.Csv($"name,shape\n甲,\"POLYGON (({shape}))\"\n乙,\"say \"\"{shape}\"\"\"\n");
        var (_, rows, faults, stopped, _) = file.Read();
        Assert.Equal((null, 2, 0), (stopped, rows.Count, faults.Count));
    }

    [Theory]
    [InlineData("a.csv", "")]
    [InlineData("a.xlsx", "")]
    [InlineData("a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}")]
    public void An_empty_file_is_told_so(string name, string text)
    {
        using var file = LoadFile.Of(name, Encoding.UTF8.GetBytes(text));
        Assert.Equal("LOAD-F01", file.Read().Stopped);
    }

    [Fact]
    public void What_is_no_workbook_or_a_locked_one_is_told_so()
    {
        using var text = LoadFile.Of("a.xlsx", "not a workbook"u8.ToArray());
        Assert.Equal("LOAD-F11", text.Read().Stopped);
        using var locked = LoadFile.Of("a.xlsx", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
        Assert.Equal("LOAD-F10", locked.Read().Stopped);
        using var broken = LoadFile.Xlsx("<row r='1'><c t='inlineStr'><is><t>a</t></is></c></row><row r='2'><c><v>1</v></row>");
        Assert.Equal("LOAD-F11", broken.Read().Stopped);
    }

    [Fact]
    public void Numbers_days_texts_and_booleans_of_a_workbook_are_written_as_people_write_them()
    {
        using var file = LoadFile.Xlsx(
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>乙</t></is></c><c r='C1' t='str'><v>丙</v></c><c r='D1' t='str'><v>丁</v></c></row>"
            + "<row r='3'><c r='A3' s='1'><v>45000</v></c><c r='B3'><v>4.6200012345678E13</v></c><c r='C3'><v>0.30000000000000004</v></c><c r='D3' t='b'><v>1</v></c></row>"
            + "<row r='4'><c r='B4' s='2'><v>45000.5</v></c></row>",
            "<si><r><t>甲</t></r><r><t>一</t></r><rPh sb='0' eb='1'><t>jia</t></rPh></si>",
            "<numFmts><numFmt numFmtId='176' formatCode='yyyy\"年\"m\"月\"d\"日\" hh:mm'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='176'/></cellXfs>");
        var read = file.Read();
        Assert.Equal(["甲一", "乙", "丙", "丁"], read.Columns);
        Assert.Equal(["2023-03-15|46200012345678|0.3|是", "|2023-03-15 12:00:00"], read.Rows);
        Assert.Empty(read.Faults);
    }

    [Fact]
    public void A_long_number_that_lost_its_end_a_formula_and_an_error_are_bad_rows_that_name_the_cell()
    {
        using var file = LoadFile.Xlsx(
            "<row r='1'><c r='A1' t='str'><v>号码</v></c></row><row r='2'><c r='A2'><v>4.1110219900307E17</v></c></row>"
            + "<row r='3'><c r='A3'><f>B3*2</f><v>4</v></c></row><row r='4'><c r='A4' t='e'><v>#N/A</v></c></row>");
        var read = file.Read();
        Assert.Equal(["2 LOAD-R05", "3 LOAD-R03", "4 LOAD-R04"], read.Faults);
        Assert.Single(read.Warnings);
        using var source = RowSources.Open(file.Path, "a.xlsx", new(), new()).Value;
        var row = new SourceRow();
        source.Read(row);
        source.Read(row);
        Assert.Contains("A3", row.Faults[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_bomb_is_stopped_while_it_unpacks()
    {
        using var file = LoadFile.Xlsx("<row r='1'><c t='str'><v>a</v></c></row>" + new string(' ', 40 << 20));
        Assert.Equal("LOAD-F14", file.Read().Stopped);
        using var much = LoadFile.Xlsx(string.Concat(Enumerable.Range(1, 20_000).Select(i => $"<row r='{i}'><c t='str'><v>{Guid.NewGuid()}</v></c></row>")));
        Assert.Equal("LOAD-F14", much.Read(limits: new() { UnpackedBytes = 100_000 }).Stopped);
    }

    [Fact]
    public void Features_become_rows_with_every_property_of_any_of_them()
    {
        using var file = LoadFile.Of("a.geojson", Encoding.UTF8.GetBytes(
            """
            {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"features":[
              {"type":"Feature","properties":{"名称":"甲","n":1.50},"geometry":{"type":"Point","coordinates":[114.0,33.5]}},
              {"type":"Feature","id":7,"properties":{"开放":true,"名称":null},"geometry":null}],"more":{"x":[1,2]}}
            """));
        var read = file.Read();
        Assert.Equal(["geometry", "id", "名称", "n", "开放"], read.Columns);
        Assert.Equal(["{\"type\":\"Point\",\"coordinates\":[114.0,33.5]}||甲|1.50", "|7|||是"], read.Rows);
    }

    [Theory]
    [InlineData("[1,2]", "LOAD-F20")]
    [InlineData("{\"type\":\"Feature\"}", "LOAD-F20")]
    [InlineData("{\"features\":[{\"properties\":{\"a\":1}},{\"properties\":", "LOAD-F21")]
    [InlineData("{\"crs\":{\"properties\":{\"name\":\"EPSG:2436\"}},\"features\":[{\"properties\":{\"a\":1}}]}", "LOAD-F22")]
    public void What_is_no_feature_collection_is_told_so(string json, string code)
    {
        using var file = LoadFile.Of("a.geojson", Encoding.UTF8.GetBytes(json));
        Assert.Equal(code, file.Read().Stopped);
    }

    [Fact]
    public void Features_longer_than_the_buffer_are_read()
    {
        var features = string.Join(',', Enumerable.Range(0, 50).Select(i =>
            $"{{\"properties\":{{\"n\":{i.ToString(CultureInfo.InvariantCulture)},\"t\":\"{new string('x', 30_000)}\"}}}}"));
        using var file = LoadFile.Of("a.geojson", Encoding.UTF8.GetBytes($"{{\"features\":[{features}]}}"));
        Assert.Equal(50, file.Read().Rows.Count);
    }
}
