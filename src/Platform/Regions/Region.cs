namespace Shali.Platform.Regions;

/// <summary>One administrative division during the time when its code was in force.</summary>
/// <param name="Code">2, 4, 6, 9 or 12 digits: province, prefecture, county, street or town, community or village.</param>
/// <param name="ValidFrom">First day of the code; null: before the table begins.</param>
/// <param name="ValidTo">Last day; null: in force.</param>
/// <param name="Successors">The codes that took over, when the code ended.</param>
public sealed record Region(string Code, string Name, DateOnly? ValidFrom, DateOnly? ValidTo, IReadOnlyList<string> Successors)
{
    /// <summary>Level as in <see cref="RegionModel.Kinds"/>.</summary>
    public string Kind => KindOf(Code);

    public bool On(DateOnly day) => !(ValidFrom > day) && !(ValidTo < day);

    /// <summary>A heading of the code table (市辖区, 县) that no address says.</summary>
    public bool IsGrouping => Name is "市辖区" or "县" or "省直辖县级行政区划" or "自治区直辖县级行政区划";

    public static string KindOf(string code) => code.Length switch
    {
        2 => "province",
        4 => "prefecture",
        6 => "county",
        9 => code[6] == '0' ? "street" : code[6] == '1' ? "town" : "township",
        _ => code[9] < '2' ? "community" : "village",
    };
}

/// <summary>What the table can say about a code.</summary>
public enum RegionStanding
{
    /// <summary>It is in the table, now or at some time.</summary>
    Known,

    /// <summary>It is not there, but its province is, and the table does not hold all that ever was below it.</summary>
    Plausible,

    /// <summary>It cannot be: no such province, or a level that the table holds completely.</summary>
    Unknown,
}
