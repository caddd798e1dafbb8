using System.Globalization;
using Shali.Platform.Kernel;
using Shali.Platform.Regions;

namespace Shali.Centres.Demo;

/// <summary>
/// The villages and communities of the demo city, how many live in each, what its addresses look like, and which
/// county code a number got that was first given there: the codes of that time, not of today.
/// </summary>
public sealed class Places
{
    private const string CityFile = "Demo/Data/luohe-regions.csv";

    private static readonly string[] Roads =
        ["人民路", "黄河路", "长江路", "建设路", "解放路", "嵩山路", "泰山路", "黄山路", "滨河路", "五一路", "交通路", "牡丹江路", "淞江路", "太行山路", "井冈山路", "龙江路"];

    private readonly Weighted<DemoPlace> _weighted;
    private readonly string[] _elsewhere;
    private readonly string[] _nearby;

    public Places()
    {
        var dice = new Dice(20_260_101);
        All = [.. City.Where(region => region.Code.Length == 12).Select(region => Make(region, dice))];
        _weighted = new(All.Select(place => (place, place.Weight)));
        var counties = Regions.All.Where(region => region.Code.Length == 6 && region.ValidTo is null && !region.IsGrouping).ToList();
        var home = All[0].Code;
        _elsewhere = [.. counties.Select(region => region.Code).Where(code => !code.StartsWith(home[..4], StringComparison.Ordinal))];
        _nearby = [.. _elsewhere.Where(code => code.StartsWith(home[..2], StringComparison.Ordinal))];
        Names = _elsewhere.ToDictionary(code => code, code => Regions.Name(code)!, StringComparer.Ordinal);
    }

    /// <summary>Streets, towns, villages and communities of the demo city.</summary>
    public static IReadOnlyList<Region> City { get; } = Regions.Read(Resource.Text(typeof(Places).Assembly, CityFile));

    public IReadOnlyList<DemoPlace> All { get; }

    public IReadOnlyDictionary<string, string> Names { get; }

    public DemoPlace Pick(Dice dice) => _weighted.Pick(dice);

    public DemoPlace PickUrban(Dice dice)
    {
        for (var i = 0; i < 20; i++)
        {
            if (_weighted.Pick(dice) is { Urban: true } place)
            {
                return place;
            }
        }

        return _weighted.Pick(dice);
    }

    /// <summary>A county of the country outside the city; two of three in the own province.</summary>
    public string Elsewhere(Dice dice) => dice.Pick(dice.Chance(0.66) ? _nearby : _elsewhere);

    /// <summary>The address of one home in the place.</summary>
    public static string Home(Dice dice, DemoPlace place) => place.Urban
        ? string.Create(CultureInfo.InvariantCulture,
            $"{place.Prefix}{dice.Pick(Roads)}{dice.Between(1, 260)}号院{dice.Between(1, 28)}号楼{dice.Between(1, 4)}单元{(dice.Between(1, 18) * 100) + dice.Between(1, 4)}室")
        : string.Create(CultureInfo.InvariantCulture, $"{place.Prefix}{dice.Between(1, 14)}组{dice.Between(1, 320)}号");

    /// <summary>Where a firm sits.</summary>
    public static string Premises(Dice dice, DemoPlace place) => place.Urban
        ? string.Create(CultureInfo.InvariantCulture, $"{place.Prefix}{dice.Pick(Roads)}{dice.Between(1, 260)}号")
        : string.Create(CultureInfo.InvariantCulture, $"{place.Prefix}{dice.Between(1, 14)}组{dice.Between(1, 320)}号");

    /// <summary>The county code in a number first given to somebody born then and there.</summary>
    public static string NumberRegion(Dice dice, string county, int birthYear)
    {
        // Numbers were first given about 1985: some born earlier got the code of before 1986, most the one after.
        var (before, between, after) = county switch
        {
            "411102" => ("412602", "411102", "411102"),
            "411103" => ("412629", "411123", "411103"),
            "411104" or "411171" => ("412629", "411123", "411104"),
            "411121" => ("412632", "411121", "411121"),
            "411122" => ("412626", "411122", "411122"),
            _ => (county, county, county),
        };
        return birthYear >= 2005 ? after : birthYear < 1986 && dice.Chance(0.3) ? before : between;
    }

    private static DemoPlace Make(Region region, Dice dice)
    {
        var urban = region.Kind == "community";
        var town = City.First(other => other.Code == region.Code[..9]).Name;
        var prefix = $"{Regions.Short(region.Code[..4])}{Regions.Short(region.Code[..6])}{town}{region.Name}";
        var size = Math.Clamp(dice.Normal(1, 0.45), 0.2, 2.6);
        return new(region.Code, region.Name, prefix, urban, size * (urban ? 3.4 : 1));
    }
}
