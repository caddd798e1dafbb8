using System.Globalization;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Ownership;

/// <summary>Somebody or some firm in the drawing.</summary>
/// <param name="Organisation">Of a firm; null: a person, or a firm of elsewhere.</param>
/// <param name="Level">How many steps above the firm that is looked at.</param>
public sealed record OwnershipNode(string Name, string? Organisation, int Level);

/// <summary>Who holds what above one firm, and who owns it in the end.</summary>
/// <param name="Nodes">The firm itself first.</param>
/// <param name="Cut">There is more above than was followed.</param>
public sealed record OwnershipView(IReadOnlyList<OwnershipNode> Nodes, IReadOnlyList<Holding> Holdings, IReadOnlyList<UltimateOwner> Owners, bool Cut);

/// <summary>Follows shares upwards from one firm, as the reader may see them.</summary>
public sealed class OwnershipReader(GovernedReader reader, ResourceRegistry registry)
{
    private const int LevelsMost = 12;
    private const int NodesMost = 400;

    /// <summary>Null: the base is not here, or he may not read who holds shares.</summary>
    public async Task<OwnershipView?> Of(Caller who, string organisation, string name, CancellationToken cancel = default)
    {
        if (registry.Find("legal-entities/shareholder") is not { } shares || registry.Find("legal-entities/entity") is not { } entities
            || new ReadRequest(who, shares, Text.OwnershipScene) is var request && reader.AccessOf(request) is null)
        {
            return null;
        }

        var nodes = new List<OwnershipNode> { new(name, organisation, 0) };
        var known = new Dictionary<string, int>(StringComparer.Ordinal) { ["f" + organisation] = 0 };
        var holdings = new List<Holding>();
        string[] level = [organisation];
        var depth = 0;
        for (; level.Length > 0 && depth < LevelsMost && nodes.Count < NodesMost; depth++)
        {
            var where = Filter.All(new Filter.In("entity", [.. level]), new Filter.IsNull("to"));
            var page = (await reader.List(request, new RecordQuery { Where = where, Limit = 2_000 }, cancel)).Value.Records;
            var next = new List<string>();
            foreach (var held in page)
            {
                var firm = held.Record.Text("holder_entity");
                var holder = held.Record.Text("holder_name")!;

                // The person's key tells two of one name apart; it is never shown.
                var id = firm is not null ? "f" + firm : "p" + (held.Record.Text("holder_person") ?? holder);
                if (!known.TryGetValue(id, out var node))
                {
                    known[id] = node = nodes.Count;
                    nodes.Add(new(holder, firm, depth + 1));
                    if (firm is not null)
                    {
                        next.Add(firm);
                    }
                }

                holdings.Add(new(node, known["f" + held.Record.Text("entity")], (double)(decimal)held.Record["percent"]! / 100));
            }

            level = [.. next];
        }

        var owners = new OwnershipGraph(nodes.Count, holdings).Owners()[0];
        return new(nodes, holdings, owners, level.Length > 0);
    }
}

/// <summary>The ways of ownership as they are drawn: owners on top, the firm at the bottom. Pure.</summary>
public sealed record OwnershipDrawing(int Width, int Height, IReadOnlyList<OwnershipDrawing.Box> Boxes, IReadOnlyList<OwnershipDrawing.Line> Lines)
{
    public const int BoxWidth = 176;
    public const int BoxHeight = 44;

    private const int Across = 196;
    private const int Down = 96;

    /// <summary>Drawn at most; the table has all.</summary>
    public const int BoxesMost = 60;

    /// <param name="Person">Nobody's firm.</param>
    /// <param name="X">Of its left edge.</param>
    /// <param name="Y">Of its upper edge.</param>
    public sealed record Box(int Node, string Name, bool Person, int X, int Y);

    /// <param name="Path">As SVG draws it.</param>
    /// <param name="Back">It leads against the order: part of a circle.</param>
    public sealed record Line(string Path, string Share, int X, int Y, bool Back);

    public static OwnershipDrawing Of(OwnershipView view)
    {
        var shown = view.Nodes.Select((node, i) => (node, i)).Take(BoxesMost).ToList();
        var levels = shown.GroupBy(one => one.node.Level).OrderByDescending(group => group.Key).Select(group => group.ToList()).ToList();
        var wide = levels.Max(level => level.Count);
        var places = new Dictionary<int, Box>();
        foreach (var (level, row) in levels.Select((level, row) => (level, row)))
        {
            var left = (wide - level.Count) * Across / 2;
            foreach (var ((node, i), column) in level.Select((one, column) => (one, column)))
            {
                places[i] = new(i, node.Name, node.Organisation is null, left + (column * Across), row * Down);
            }
        }

        var lines = view.Holdings.Where(holding => places.ContainsKey(holding.Holder) && places.ContainsKey(holding.Firm)).Select(holding =>
        {
            var (from, to) = (places[holding.Holder], places[holding.Firm]);
            var back = from.Y >= to.Y;
            var (x1, y1, x2, y2) = (from.X + (BoxWidth / 2), back ? from.Y : from.Y + BoxHeight, to.X + (BoxWidth / 2), back ? to.Y + BoxHeight : to.Y);
            var middle = (y1 + y2) / 2;
            var path = back && from.Y == to.Y
                ? string.Create(CultureInfo.InvariantCulture, $"M{x1} {from.Y} C{x1} {from.Y - 30} {x2} {to.Y - 30} {x2} {to.Y}")
                : string.Create(CultureInfo.InvariantCulture, $"M{x1} {y1} C{x1} {middle} {x2} {middle} {x2} {y2}");
            return new Line(path, Text.Share(holding.Share), (x1 + x2) / 2, back && from.Y == to.Y ? from.Y - 24 : middle - 4, back);
        }).ToList();
        return new((wide * Across) + 4, ((levels.Count - 1) * Down) + BoxHeight + 4, [.. places.Values], lines);
    }
}
