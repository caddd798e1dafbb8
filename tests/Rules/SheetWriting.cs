using CsCheck;
using MiniExcelLibs;
using Shali.Platform.Registry.Sheets;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>What a spreadsheet holds is what stood in the record, for a foreign program as for our own reader.</summary>
public sealed class SheetWriting
{
    private static LoadFile Book(string[] heading, object?[][] rows, int rowsMax = XlsxWriter.RowsMax)
    {
        using var stream = new MemoryStream();
        using (var book = new XlsxWriter(stream, heading, rowsMax))
        {
            foreach (var row in rows)
            {
                book.Row(row);
            }
        }

        return LoadFile.Of("a.xlsx", stream.ToArray());
    }

    [Fact]
    public void Rare_characters_long_numbers_and_marks_stay_as_they_are()
    {
        object?[] cells = ["𠮷野家", 123456789012345678901234.125m, 1.50m, -3L, null, "<&>\"_x0041_\n\t", "\uffff", " 空格 "];
        using var file = Book([.. cells.Select((_, i) => $"c{i}")], [cells]);
        const string Written = "𠮷野家|123456789012345678901234.125|1.5|-3||<&>\"_x0041_\n\t|\uffff| 空格 ";
        Assert.Equal(Written, file.Read().Rows.Single());
        var foreign = MiniExcel.Query(file.Path, useHeaderRow: true).Cast<IDictionary<string, object>>().Single();
        Assert.Equal(("𠮷野家", "123456789012345678901234.125", 1.5), ((string)foreign["c0"], (string)foreign["c1"], Convert.ToDouble(foreign["c2"], null)));
    }

    [Fact]
    public void A_text_that_no_cell_can_hold_is_cut_and_says_so()
    {
        using var file = Book(["a"], [["文" + new string('x', 40_000)]]);
        var cell = file.Read().Rows.Single();
        Assert.Equal(XlsxWriter.CellMax, cell.Length);
        Assert.EndsWith("全文见 CSV 或 JSON）", cell, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_sheet_is_followed_by_another_with_the_same_heading()
    {
        using var file = Book(["a"], [.. Enumerable.Range(0, 5).Select(i => new object?[] { $"r{i}" })], rowsMax: 3);
        Assert.Equal(["r0", "r1"], file.Read().Rows);
        var second = file.Read(new() { Sheet = "data2" });
        Assert.Equal(["a"], second.Columns);
        Assert.Equal(["r2", "r3"], second.Rows);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("-2.5", "-2.5")]
    [InlineData("+8613800000000", "+8613800000000")]
    [InlineData("'=x", "''=x")]
    [InlineData("'引'", "'引'")]
    [InlineData("", "")]
    public void A_formula_becomes_text(string text, string harmless)
    {
        Assert.Equal(harmless, SheetText.Harmless(text));
        Assert.Equal(text, SheetText.Plain(harmless));
    }

    [Fact]
    public void Every_text_comes_back() => Gen.OneOf(Gen.Char["'=+-@\t＝1x_"], Gen.Char).Array[0, 12].Select(letters => new string(letters))
        .Sample(text => SheetText.Plain(SheetText.Harmless(text)) == text);
}
