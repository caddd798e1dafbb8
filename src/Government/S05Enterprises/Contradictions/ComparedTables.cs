using NpgsqlTypes;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Platform.Kernel;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>Which firms are compared.</summary>
/// <param name="Organisations">Their organisation codes.</param>
/// <param name="Numbers">All numbers by which some database knows one of them.</param>
/// <param name="Phones">Telephones that one of them has or had.</param>
/// <param name="Representatives">Numbers of people who represent or represented one of them.</param>
public sealed record ComparisonScope(string[] Organisations, string[] Numbers, string[] Phones, string[] Representatives);

/// <summary>
/// The databases side by side, for one transaction: each row with the organisation code that its number leads to. Never by name:
/// names are swapped and used again.
/// </summary>
internal static class ComparedTables
{
    /// <summary>A place as it is compared: spaces, kinds of dashes and brackets say nothing about where it is.</summary>
    internal static Sql PlaceOf(Sql place) => Sql.Of($"translate(lower({place}), ' 　-－—–()（）', '')");

    private static readonly Dictionary<string, (string[] Columns, string? Place)> Sides = new(StringComparer.Ordinal)
    {
        ["r"] = (["name", "type", "state", "representative", "representative_number", "capital", "industry", "established_on", "address", "phone", "parent_code"], "address"),
        ["t"] = (["name", "state", "credit_grade", "representative", "registered_capital", "industry", "turnover"], null),
        ["q"] = (["state"], null),
        ["l"] = ([], "location"),
        ["h"] = ([], "location"),
        ["s"] = (["name", "state", "above_threshold", "industry"], null),
        ["e"] = (["holder_name", "site_address", "state"], "site_address"),
        ["i"] = (["state", "insured"], null),
    };

    /// <param name="scope">Null: all firms.</param>
    public static IEnumerable<Sql> Make(ComparisonScope? scope)
    {
        yield return Sql.Of($"set local work_mem = '192MB'");
        foreach (var authority in Authority.All)
        {
            var (columns, place) = Sides[authority.Alias];
            var number = authority.Number("c.");
            var shown = Sql.Join("", columns.Select(column => Sql.Of($", c.{Sql.Name(column)}")));
            var where = place is null ? Sql.Empty : Sql.Of($", {PlaceOf(Sql.Trusted("c.") + Sql.Name(place))} as place");
            yield return Sql.Of(
                $"""
                create temp table {Sql.Name(authority.Alias)} on commit drop as
                select case length({number}) when 18 then substr({number}, 9, 9) when 9 then {number} else x.organisation end as org,
                    c.{authority.Key} as key, {number} as number, c.{Sql.Name(authority.NameField)} as firm, c.{Sql.Name(authority.DayField)} as day{shown}{where}
                from {authority.Table} as c
                left join enterprises.crosswalk x on x.number = {number} and length({number}) not in (9, 18)
                {Within(authority, scope)}
                """);
            yield return Sql.Of($"analyze {Sql.Name(authority.Alias)}");
        }
    }

    private static Sql Within(Authority authority, ComparisonScope? scope)
    {
        if (scope is null)
        {
            return Sql.Empty;
        }

        var by = authority.Numbers.Select(field => Sql.Of($"c.{Sql.Name(field)} = any({Texts(scope.Numbers)})"));
        var shared = authority == Authority.Registration
            ? Sql.Of($" or c.phone = any({Texts(scope.Phones)}) or c.representative_number = any({Texts(scope.Representatives)})")
            : Sql.Empty;
        return Sql.Of($"where {Sql.Join(" or ", by)}{shared}");
    }

    internal static Sql Texts(IEnumerable<string> values) => Sql.Value(values as string[] ?? [.. values], NpgsqlDbType.Array | NpgsqlDbType.Text);
}
