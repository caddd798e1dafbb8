using System.Net;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>Every kind of value goes through form, record and page and comes back as it was meant.</summary>
public sealed class RecordFieldTypes(City city)
{
    private static readonly Dictionary<string, (string Typed, string Stored, string Seen)> Samples = new(StringComparer.Ordinal)
    {
        ["text"] = ("  两河  ", "两河", "两河"),
        ["long-text"] = ("第一行\n第二行", "第一行\n第二行", "第一行"),
        ["code"] = ("1", "1", "男"),
        ["integer"] = ("1024", "1024", "1024"),
        ["decimal"] = ("12.50", "12.50", "12.5"),
        ["money"] = ("1234.5", "1234.50", "¥1,234.50"),
        ["date"] = ("2023-05-01", "2023-05-01", "2023年5月1日"),
        ["datetime"] = ("2023-05-01 08:30", "2023-05-01T08:30:00+08:00", "2023年5月1日 08:30"),
        ["yes-no"] = ("true", "true", "是"),
        ["link"] = ("abc", "abc", "abc"),
        ["geometry"] = ("POINT(114.02 33.58)", "POINT (114.02 33.58)", "114.02"),
        ["region"] = ("411102", "411102", "源汇区"),
        ["citizen-number"] = ("41110219900307124x", "41110219900307124X", "411102********124X"),
        ["credit-code"] = ("91411100MA12345695", "91411100MA12345695", "91411100MA12345695"),
        ["organisation-code"] = ("MA1234569", "MA1234569", "MA123456-9"),
        ["registration-number"] = ("411100100000015", "411100100000015", "411100100000015"),
        ["foreign-id"] = ("932682198501010017", "932682198501010017", "932682********0017"),
        ["plate"] = ("豫L12345", "豫L12345", "豫L12345"),
        ["phone"] = ("0395-1234567", "+863951234567", "*"),
        ["bank-card"] = ("6222021705000012347", "6222021705000012347", "6222"),
        ["postal-code"] = ("462000", "462000", "462000"),
        ["oid"] = ("1.2.156.10197", "1.2.156.10197", "1.2.156.10197"),
        ["email"] = ("office@example.org", "office@example.org", "office@example.org"),
    };

    public static TheoryData<string> Names => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_value_typed_into_a_form_is_stored_shown_and_offered_again(string type)
    {
        var (typed, stored, seen) = Samples[type];
        var system = "types-" + type;
        var definition = (await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = $"{system}/thing",
                Name = "样本",
                Clause = "C1",
                Owner = "data",
                Fields =
                [
                    new()
                    {
                        Name = "value", Label = "值", Type = FieldTypes.Find(type)!, CodeList = type == "code" ? "sex" : null,
                        Target = type == "link" ? $"{system}/thing" : null, Mask = FieldTypes.Find(type)!.Mask, Scale = 2,
                    },
                ],
            },
            Caller(system))).Value;
        await using var host = await RecordHost.Start(city);
        var visitor = host.Visit(Caller(system));
        if (type == "link")
        {
            await city.Store.Write(
                new Act(Caller(system), "test"), [new Change.Insert(definition, "abc", new Dictionary<string, object?>())]);
        }

        var form = await visitor.Get($"/records/{definition.Address}/new");
        var made = await visitor.Send(form, $"/records/{definition.Address}/new", ("value", typed));
        Assert.Equal((HttpStatusCode.SeeOther, ""), (made.Status, string.Join(' ', made.Faults)));
        var address = made.Location!.Split('?')[0];
        var record = (await city.Reader.Get(definition, address.Split('/')[^1]))!;
        Assert.Equal(stored, definition.Fields[0].Type.Write(definition.Fields[0], record.Values[0]));
        Assert.Contains(seen, (await visitor.Get(address)).Value("值"), StringComparison.Ordinal);

        // The export that the list offers says the same.
        var list = await visitor.Get($"/records/{definition.Address}");
        var export = list.Document.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).First(href => href.Contains("f=csv", StringComparison.Ordinal));
        var csv = await visitor.Http.GetStringAsync(export);
        var shown = definition.Fields[0].Mask == MaskShape.None ? stored.Split('\n')[0] : seen;
        Assert.Contains(shown, csv, StringComparison.Ordinal);

        // Saved again without a touch, nothing is different: what the form offers reads back as the same value.
        var edit = await visitor.Get($"{address}/edit");
        var saved = await visitor.Send(edit, $"{address}/edit", ("_reason", "核对"));
        Assert.Equal($"{address}?done=unchanged", saved.Location);
    }

    private static Caller Caller(string system) => new()
    {
        Id = $"{system}-clerk",
        Name = "经办",
        Kind = CallerKind.Staff,
        Office = "data",
        Permissions = new HashSet<string>(StringComparer.Ordinal) { $"{system}.thing.read", $"{system}.thing.write", $"{system}.thing.export" },
    };
}
