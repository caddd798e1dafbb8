using Shali.Platform.Kernel;
using Shali.Platform.Registry.Load;

namespace Shali.Government.S11Approvals.Items;

/// <summary>A row of a spreadsheet that could not be taken, with everything that is wrong with it.</summary>
public sealed record BadRow(long Number, string Name, Refusals Faults);

/// <summary>What an import came to.</summary>
public sealed record ImportResult(int Taken, IReadOnlyList<BadRow> Rows);

/// <summary>
/// Items from a spreadsheet, one a row; the columns are the labels of the editor, read by the same rules. Materials
/// stand on lines of one cell: 布局图（标明面积）[可容缺]; 营业执照[数据来源：营业执照].
/// </summary>
internal static class ItemSheet
{
    public const string CodeColumn = "事项编码";
    public const string MaterialsColumn = "申请材料";
    public const int RowsMax = 500;

    public static IReadOnlyList<(string Label, string Note)> Columns { get; } =
    [
        (CodeColumn, "可以不填，取名称的拼音首字母"), (MaterialsColumn, "每行一份：名称（要求）[不必须、可容缺、数据来源：营业执照]"),
        .. ItemInputs.All.Select(input => (input.Label, string.Join('；', new[] { input.Hint, input.Choices.Count is > 0 and < 12 ? string.Join('、', input.Choices.Select(choice => choice.Label)) : "" }.Where(part => part.Length > 0)))),
    ];

    /// <summary>The items of the file that nothing is wrong with, and the rows of the rest.</summary>
    /// <param name="office">Whose items they become.</param>
    public static Outcome<(IReadOnlyList<(long Row, ServiceItem Item)> Good, IReadOnlyList<BadRow> Bad)> Read(IRowSource rows, string office, ItemSurroundings around)
    {
        var unknown = rows.Columns.Where(column => Columns.All(known => known.Label != column.Trim())).ToList();
        var refusals = Refusals.Of(
            rows.Columns.All(column => column.Trim() != "事项名称") ? new("S11-R33", "file", Text.NoNameColumn) : null,
            unknown.Count > 0 ? new("S11-R33", "file", Text.UnknownColumns(unknown)) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        var (good, bad, codes, row) = (new List<(long, ServiceItem)>(), new List<BadRow>(), new HashSet<string>(StringComparer.Ordinal), new SourceRow());
        while (rows.Read(row))
        {
            if (good.Count + bad.Count == RowsMax)
            {
                return new Refusal("S11-R35", "file", Text.TooManyRows(RowsMax));
            }

            var cells = rows.Columns.Select((column, i) => (Column: column.Trim(), Cell: row[i]?.Trim() ?? "")).ToList();
            if (cells.All(cell => cell.Cell.Length == 0))
            {
                continue;
            }

            var (item, faults) = Item(cells, office, around);
            faults = new Refusals([.. row.Faults]).And(faults);
            if (!codes.Add(item.Code))
            {
                faults = faults.And(Refusals.Of(new Refusal("S11-R31", "code", Text.CodeTaken(item.Code))));
            }

            if (faults.Any)
            {
                bad.Add(new(row.Number, item.Name, faults));
            }
            else
            {
                good.Add((row.Number, item));
            }
        }

        return rows.Stopped is { } stopped ? stopped : (good, bad);
    }

    private static (ServiceItem Item, Refusals Faults) Item(List<(string Column, string Cell)> cells, string office, ItemSurroundings around)
    {
        string Said(string column) => cells.FirstOrDefault(cell => cell.Column == column).Cell ?? "";
        var name = Said("事项名称");
        var code = Said(CodeColumn) is { Length: > 0 } given ? given : ItemPages.CodeOf(name);

        // An empty cell leaves what most items have in common.
        var (item, unclear) = Inputs.Apply(ItemPages.Fresh(code, name, office), ItemInputs.All, input => Said(input.Label) is { Length: > 0 } text ? text : null);
        var materials = Inputs.Lines(Said(MaterialsColumn)).Select((line, i) => Material(line, i + 1)).ToList();
        unclear = unclear.And(new([.. materials.SelectMany(material => material.Refusals)]));
        item = item with { Materials = [.. materials.Where(material => material.Ok).Select(material => material.Value)] };
        return (item, unclear.And(ItemRules.Judge(item, around)));
    }

    private static Outcome<ItemMaterial> Material(string line, int number)
    {
        var (text, marks) = (line, "");
        if (line.EndsWith(']') && line.LastIndexOf('[') is > 0 and var open)
        {
            (text, marks) = (line[..open].Trim(), line[(open + 1)..^1]);
        }

        var material = new ItemMaterial($"m{number}", text);
        if (text.EndsWith('）') && text.LastIndexOf('（') is > 0 and var from)
        {
            material = material with { Name = text[..from].Trim(), Note = text[(from + 1)..^1].Trim() };
        }

        foreach (var mark in Inputs.Values(marks))
        {
            switch (mark)
            {
                case "不必须":
                    material = material with { Required = false };
                    break;
                case "可容缺":
                    material = material with { Secondary = true };
                    break;
                case ['数', '据', '来', '源', '：' or ':', .. var source] when KnownSources.All.FirstOrDefault(known => known.Label == source || known.Code == source) is { } known:
                    material = material with { Known = known.Code };
                    break;
                default:
                    return new Refusal("S11-R34", "materials", Text.UnknownMark(material.Name, mark));
            }
        }

        return material;
    }
}
