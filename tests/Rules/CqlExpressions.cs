using CsCheck;
using Shali.Platform.Api.Cql;
using Shali.Platform.Geo;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Rules;

/// <summary>CQL2 text: what is understood, what is refused and where, and that nothing makes it fall over.</summary>
public sealed class CqlExpressions
{
    private static readonly ResourceDefinition Tree = new()
    {
        Id = "api-test/tree",
        Name = "古树名木",
        Clause = "P1",
        Owner = "data",
        Fields =
        [
            new() { Name = "name", Label = "名称", Type = FieldTypes.Text },
            new() { Name = "height", Label = "高度", Type = FieldTypes.Decimal, Scale = 1 },
            new() { Name = "count", Label = "数量", Type = FieldTypes.Integer },
            new() { Name = "planted", Label = "栽植日期", Type = FieldTypes.Date },
            new() { Name = "seen_at", Label = "巡查时间", Type = FieldTypes.DateTime },
            new() { Name = "alive", Label = "存活", Type = FieldTypes.YesNo },
            new() { Name = "place", Label = "位置", Type = FieldTypes.Geometry },
            new() { Name = "owner", Label = "权属人", Type = FieldTypes.Text, Grade = Grade.Sensitive, Mask = MaskShape.Name },
        ],
    };

    private static Outcome<Filter?> Bind(string text, bool clear = false, Crs? crs = null) =>
        CqlBinder.Bind(Tree, text, field => !clear && ReadView.MaskOf(field) != MaskShape.None, crs ?? Crs.Crs84);

    [Theory]
    [InlineData("name = '槐'", "name Equal 槐")]
    [InlineData("\"name\" <> 'it''s'", "name NotEqual it's")]
    [InlineData("'槐' = name", "name Equal 槐")]
    [InlineData("3 < count", "count Greater 3")]
    [InlineData("height >= 12.5", "height GreaterOrEqual 12.5")]
    [InlineData("count = 2.0", "count Equal 2")]
    [InlineData("count > -1e2", "count Greater -100")]
    [InlineData("planted < DATE('1949-10-01')", "planted Less 1949-10-01")]
    [InlineData("planted = '1949-10-01'", "planted Equal 1949-10-01")]
    [InlineData("seen_at >= TIMESTAMP('2026-01-01T08:00:00+08:00')", "seen_at GreaterOrEqual 2026-01-01T00:00:00Z")]
    [InlineData("alive = TRUE", "alive Equal True")]
    [InlineData("name LIKE '古%'", "name like 古%")]
    [InlineData("casei(name) LIKE casei('a_%')", "name ilike a_%")]
    [InlineData("CASEI(name) = CASEI('50%_x')", "name ilike 50\\%\\_x")]
    [InlineData("name not like 'a%'", "(not (name like a%) and not (name null))")]
    [InlineData("count BETWEEN 1 AND 3", "count between 1 3")]
    [InlineData("count NOT BETWEEN 1 AND 3", "(not (count between 1 3) and not (count null))")]
    [InlineData("name IN ('a','b')", "name in a b")]
    [InlineData("name IS NULL", "name null")]
    [InlineData("name is not null", "not (name null)")]
    [InlineData("name='a' AND count=1 OR alive=FALSE", "((name Equal a and count Equal 1) or alive Equal False)")]
    [InlineData("name='a' AND (count=1 OR alive=FALSE)", "(name Equal a and (count Equal 1 or alive Equal False))")]
    [InlineData("NOT (name='a' AND count<1)", "(name NotEqual a or count GreaterOrEqual 1)")]
    [InlineData("NOT NOT name='a'", "name Equal a")]
    [InlineData("NOT name='a' OR TRUE", "(name NotEqual a or ())")]
    [InlineData("FALSE", "[]")]
    [InlineData("owner IS NULL", "owner null")]
    [InlineData("S_INTERSECTS(place, POINT(114 33.5))", "place meets POINT (114 33.5)")]
    [InlineData("S_INTERSECTS(POINT(114 33.5), place)", "place meets POINT (114 33.5)")]
    [InlineData("s_intersects(place,BBOX(113,33,114,34))", "place meets POLYGON ((113 33, 114 33, 114 34, 113 34, 113 33))")]
    [InlineData("S_INTERSECTS(place, LINESTRING(1 2,3 -4.5))", "place meets LINESTRING (1 2, 3 -4.5)")]
    [InlineData("S_INTERSECTS(place, POLYGON((0 0,4 0,4 4,0 0),(1 0.5,2 0.5,2 1,1 0.5)))", "place meets POLYGON ((0 0, 4 0, 4 4, 0 0), (1 0.5, 2 0.5, 2 1, 1 0.5))")]
    [InlineData("S_INTERSECTS(place, MULTIPOINT((1 2),(3 4)))", "place meets MULTIPOINT ((1 2), (3 4))")]
    [InlineData("S_INTERSECTS(place, MULTIPOINT(1 2,3 4))", "place meets MULTIPOINT ((1 2), (3 4))")]
    [InlineData("S_INTERSECTS(place, MULTILINESTRING((1 2,3 4),(5 6,7 8)))", "place meets MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))")]
    [InlineData("S_INTERSECTS(place, MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5))))", "place meets MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))")]
    [InlineData("S_INTERSECTS(place, GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4)))", "place meets GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))")]
    [InlineData("NOT S_INTERSECTS(place, POINT Z(1 2 3))", "(not (place meets POINT (1 2)) and not (place null))")]
    public void Is_understood(string text, string expected)
    {
        var outcome = Bind(text);
        Assert.True(outcome.Ok, outcome.Refusals.ToString());
        Assert.Equal(expected, Written(outcome.Value!));
    }

    [Theory]
    [InlineData("", "API-Q03", "第 1 个字符")]
    [InlineData("name", "API-Q03", "第 5 个字符")]
    [InlineData("name =", "API-Q03", "字段名或值")]
    [InlineData("name = 'a", "API-Q02", "引号没有结束")]
    [InlineData("name = 'a' x", "API-Q03", "表达式结束")]
    [InlineData("name = 'a' AND", "API-Q03", "第 15 个字符")]
    [InlineData("(name = 'a'", "API-Q03", "“)”")]
    [InlineData("name ~ 'a'", "API-Q02", "“~”")]
    [InlineData("colour = 'a'", "API-Q08", "colour")]
    [InlineData("colour = 'a' OR smell = 'b'", "API-Q08", "colour")]
    [InlineData("height = 'tall'", "API-Q07", "高度")]
    [InlineData("count = 1.5", "API-Q07", "1.5")]
    [InlineData("alive = 'maybe'", "API-Q07", "存活")]
    [InlineData("planted = DATE('1949-13-01')", "API-Q03", "日期")]
    [InlineData("seen_at = TIMESTAMP('yesterday')", "API-Q03", "时刻")]
    [InlineData("planted = TIMESTAMP('2026-01-01T00:00:00Z')", "API-Q07", "栽植日期")]
    [InlineData("name = height", "API-Q04", "字段与字段")]
    [InlineData("1 = 2", "API-Q06", "字段名")]
    [InlineData("count + 1 = 2", "API-Q04", "算术")]
    [InlineData("ACCENTI(name) = 'a'", "API-Q04", "ACCENTI")]
    [InlineData("S_WITHIN(place, POINT(1 2))", "API-Q04", "S_WITHIN")]
    [InlineData("sqrt(count) = 2", "API-Q04", "sqrt")]
    [InlineData("name LIKE 5", "API-Q07", "LIKE")]
    [InlineData("count LIKE '5%'", "API-Q07", "数量")]
    [InlineData("name LIKE 'a\\'", "API-Q02", "引号")]
    [InlineData("name LIKE 'a\\\\\\\\\\ '", null, null)]
    [InlineData("casei(name) < 'a'", "API-Q07", "CASEI")]
    [InlineData("place = 'a'", "API-Q07", "S_INTERSECTS")]
    [InlineData("S_INTERSECTS(name, POINT(1 2))", "API-Q07", "名称")]
    [InlineData("S_INTERSECTS(place, 'x')", "API-Q07", "图形")]
    [InlineData("S_INTERSECTS(place, POINT(1))", "API-Q03", "坐标")]
    [InlineData("S_INTERSECTS(place, POINT(200 20))", "API-Q05", "超出范围")]
    [InlineData("S_INTERSECTS(place, POINT EMPTY)", "API-Q05", "不能为空")]
    [InlineData("S_INTERSECTS(place, LINESTRING(1 2))", "API-Q05", "不完整")]
    [InlineData("S_INTERSECTS(place, POLYGON((0 0,1 1,2 2,3 3)))", "API-Q05", "不完整")]
    [InlineData("S_INTERSECTS(place, POLYGON((0 0,2 2,2 0,0 2,0 0)))", "API-Q05", "自相交")]
    [InlineData("owner = '王五'", "API-Q09", "遮挡")]
    [InlineData("name = '\0'", "API-Q07", "名称")]
    public void Is_refused_with_the_place_and_the_reason(string text, string? code, string? says)
    {
        var outcome = Bind(text);
        if (code is null)
        {
            Assert.True(outcome.Ok, outcome.Refusals.ToString());
            return;
        }

        Assert.False(outcome.Ok);
        Assert.Equal(code, outcome.Refusals[0].Code);
        Assert.Contains(says!, outcome.Refusals[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_does_not_fit_is_told_at_once() =>
        Assert.Equal(3, Bind("colour = 'a' AND height = 'tall' AND owner = 'x'").Refusals.Count);

    [Fact]
    public void A_masked_field_may_be_asked_by_one_who_sees_it_in_clear() =>
        Assert.True(Bind("owner = '王五'", clear: true).Ok);

    [Theory]
    [InlineData("EPSG:4490")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/4326")]
    public void Coordinates_of_a_northing_system_are_turned(string crs) => Assert.Equal(
        "place meets POINT (114 33.5)",
        Written(Bind("S_INTERSECTS(place, POINT(33.5 114))", crs: Crs.Find(crs)).Value!));

    [Fact]
    public void The_geometry_carries_the_reference_system_of_the_field() => Assert.Equal(
        4490, ((Filter.Intersects)Bind("S_INTERSECTS(place, POINT(114 33))").Value!).Geometry.SRID);

    [Fact]
    public void Depth_length_and_number_have_limits()
    {
        Assert.Equal("API-Q01", Bind(new string('(', 5000) + "name='a'").Refusals[0].Code);
        Assert.Equal("API-Q01", Bind(string.Concat(Enumerable.Repeat("NOT ", 3000)) + "TRUE").Refusals[0].Code);
        Assert.Equal("API-Q01", Bind(new string('x', 20_000)).Refusals[0].Code);
        Assert.Equal("API-Q01", Bind($"count IN ({string.Join(',', Enumerable.Range(0, 1_500))})").Refusals[0].Code);
        Assert.Equal("API-Q01", Bind(string.Join(" OR ", Enumerable.Repeat("TRUE", 2_001))).Refusals[0].Code);
        Assert.Equal("API-Q01", Bind("S_INTERSECTS(place," + string.Concat(Enumerable.Repeat("GEOMETRYCOLLECTION(", 500)) + "POINT(1 1)").Refusals[0].Code);
        Assert.Equal("API-Q01", Bind(string.Concat(Enumerable.Repeat("casei(", 2_000)) + "name").Refusals[0].Code);
        Assert.True(Bind(new string('(', 60) + "name='a'" + new string(')', 60)).Ok);
    }

    private static readonly string[] Pieces =
    [
        "name", "height", "count", "planted", "alive", "place", "owner", "\"", "'", "''", "\\", "(", ")", ",", "=", "<>", "<", ">=", "-", "+", "*",
        "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "casei", "S_INTERSECTS", "POINT", "POLYGON", "MULTIPOINT", "BBOX",
        "GEOMETRYCOLLECTION", "EMPTY", "DATE", "TIMESTAMP", "'2026-01-01'", "'2026-01-01T00:00:00Z'", "1", "0.5", "1e400", "9999999999999999999999999999999",
        " ", "\t", "\0", "\ud800", "树", "é", ";", "--", "%", "_", ".", "1e", "113 33", "114,34",
    ];

    private static readonly string[] Valid =
    [
        "name = '槐' AND count BETWEEN 1 AND 3 OR NOT alive = TRUE",
        "S_INTERSECTS(place, POLYGON((0 0,4 0,4 4,0 0),(1 0.5,2 0.5,2 1,1 0.5)))",
        "casei(name) LIKE casei('a%') AND planted < DATE('1949-10-01') AND seen_at >= TIMESTAMP('2026-01-01T08:00:00+08:00')",
        "name IN ('a','b','c') AND name IS NOT NULL",
        "S_INTERSECTS(place, GEOMETRYCOLLECTION(POINT(1 2),MULTIPOLYGON(((0 0,1 0,1 1,0 0)))))",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    private static readonly Gen<string> Sample = Gen.Int[0, 4].Select(i => Valid[i]);

    [Fact]
    public void Nothing_makes_it_throw() => Gen.OneOf(
            Piece.Array[0, 40].Select(string.Concat),
            Piece.Array[0, 40].Select(pieces => string.Join(' ', pieces)),
            Gen.String[0, 60],
            Gen.Select(Sample, Gen.Int[0, 80], Piece, (valid, at, piece) => valid.Insert(Math.Min(at, valid.Length), piece)),
            Gen.Select(Sample, Gen.Int[0, 80], Gen.Int[0, 10], (valid, at, count) =>
                valid.Remove(Math.Min(at, valid.Length), Math.Min(count, valid.Length - Math.Min(at, valid.Length)))))
        .Sample(text =>
        {
            var outcome = Bind(text);
            return outcome.Ok || outcome.Refusals.All(refusal => refusal.Code.StartsWith("API-", StringComparison.Ordinal) && refusal.Sentence.Length > 0);
        }, iter: 20_000);

    private static string Written(Filter filter) => filter switch
    {
        Filter.Compare c => $"{c.Field} {c.Operator} {Value(c.Value)}",
        Filter.Like l => $"{l.Field} {(l.IgnoreCase ? "ilike" : "like")} {l.Pattern}",
        Filter.Between b => $"{b.Field} between {Value(b.Low)} {Value(b.High)}",
        Filter.In i => $"{i.Field} in {string.Join(' ', i.Values.Select(Value))}",
        Filter.IsNull n => $"{n.Field} null",
        Filter.Not n => $"not ({Written(n.Part)})",
        Filter.And a => $"({string.Join(" and ", a.Parts.Select(Written))})",
        Filter.Or { Parts.Count: 0 } => "[]",
        Filter.Or o => $"({string.Join(" or ", o.Parts.Select(Written))})",
        Filter.Intersects s => $"{s.Field} meets {s.Geometry.AsText()}",
        _ => filter.ToString(),
    };

    private static string Value(object value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
