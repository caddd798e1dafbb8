using CsCheck;
using Shali.Government.S05Enterprises.Ownership;

namespace Shali.Tests.Rules;

/// <summary>Who owns a firm in the end, also where firms hold one another.</summary>
public sealed class OwnershipGraphs
{
    [Fact]
    public void Shares_are_multiplied_along_a_way_and_added_over_ways()
    {
        // 0 holds 60 % of 2 and 50 % of 3; 1 holds the rest of both; 2 holds 40 % of 3.
        var owners = new OwnershipGraph(4, [new(0, 2, 0.6), new(1, 2, 0.4), new(0, 3, 0.5), new(1, 3, 0.1), new(2, 3, 0.4)]).Owners();
        Assert.Equal([(0, 0.74), (1, 0.26)], owners[3].Select(one => (one.Owner, Math.Round(one.Share, 9))));
        Assert.Empty(owners[0]);
    }

    [Fact]
    public void Ways_through_a_circle_are_added_without_end()
    {
        // 1 and 2 hold half of one another; 0 holds the other half of 1, 3 that of 2.
        var owners = new OwnershipGraph(4, [new(0, 1, 0.5), new(2, 1, 0.5), new(1, 2, 0.5), new(3, 2, 0.5)]).Owners();
        Assert.Equal([(0, 0.6667), (3, 0.3333)], owners[1].Select(one => (one.Owner, Math.Round(one.Share, 4))));
        Assert.Equal([(3, 0.6667), (0, 0.3333)], owners[2].Select(one => (one.Owner, Math.Round(one.Share, 4))));
    }

    [Fact]
    public void A_firm_that_holds_itself_belongs_to_the_others_and_a_closed_circle_to_nobody()
    {
        var owners = new OwnershipGraph(4, [new(1, 1, 0.2), new(0, 1, 0.8), new(2, 3, 1), new(3, 2, 1)]).Owners();
        Assert.Equal([(0, 1.0)], owners[1].Select(one => (one.Owner, Math.Round(one.Share, 4))));
        Assert.Empty(owners[2]);
        Assert.Empty(owners[3]);
    }

    [Fact]
    public void Whatever_the_graph_no_more_than_everything_is_owned_and_a_long_chain_is_followed()
    {
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11], Gen.Int[1, 100]).List[0, 40].Sample(edges =>
        {
            var held = edges.GroupBy(edge => edge.Item2).SelectMany(group => group.Select(edge => new Holding(edge.Item1, edge.Item2, edge.Item3 / (double)group.Sum(one => one.Item3)))).ToList();
            var owners = new OwnershipGraph(12, held).Owners();
            Assert.All(owners, of => Assert.InRange(of.Sum(one => one.Share), 0, 1.0001));
            Assert.All(owners.SelectMany(of => of), one => Assert.DoesNotContain(held, edge => edge.Firm == one.Owner));
        });
        const int Long = 50_000;
        var chain = new OwnershipGraph(Long, [.. Enumerable.Range(0, Long - 1).Select(i => new Holding(i, i + 1, 1))]).Owners();
        Assert.Equal([new UltimateOwner(0, 1)], chain[Long - 1]);
    }

    [Fact]
    public void The_drawing_has_owners_above_and_a_line_for_each_holding()
    {
        var view = new OwnershipView(
            [new("甲公司", "MAX000001", 0), new("乙公司", "MAX000002", 1), new("某人", null, 1), new("另一人", null, 2)], [new(1, 0, 0.5), new(2, 0, 0.5), new(3, 1, 1), new(0, 1, 0.1)], [], false);
        var drawing = OwnershipDrawing.Of(view);
        var places = drawing.Boxes.ToDictionary(box => box.Node);
        Assert.True(places[3].Y < places[1].Y && places[1].Y < places[0].Y);
        Assert.Equal(["50%", "50%", "100%", "10%"], drawing.Lines.Select(line => line.Share));
        Assert.Equal([false, false, false, true], drawing.Lines.Select(line => line.Back));
        Assert.All(drawing.Boxes, box => Assert.InRange(box.X + OwnershipDrawing.BoxWidth, 0, drawing.Width));
    }
}
