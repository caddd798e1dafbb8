using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Turns what was typed into the names that persons bear, by the indexes of <c>population.name_reading</c>. Who bears
/// them is then read through the governed door like any list.
/// </summary>
internal sealed class NameSearch(Db db)
{
    /// <summary>A list of names that a database still looks up one by one.</summary>
    public const int NamesMost = 1_500;

    /// <summary>
    /// The persons meant, and whether there were more names than could be looked for. Names that read exactly so come
    /// before names that only begin so: the latter count when there are none of the former.
    /// </summary>
    /// <param name="whole">Only names that are exactly so.</param>
    public async Task<(Filter Persons, bool TooMany)> Persons(NameWords words, bool whole, CancellationToken cancel)
    {
        var names = await Exact(words, cancel);
        names = names.Count > 0 || whole ? names : await Beginning(words, cancel);
        var born = words.From is { } from ? new Filter.Between("birth_date", from, words.To!.Value) : null;
        return (
            Filter.All(new Filter.In("name", [.. names.Take(NamesMost)]), born)!,
            names.Count > NamesMost);
    }

    private Task<List<string>> Exact(NameWords words, CancellationToken cancel) => words.Letters.Length == 0
        ? db.List($"select distinct name from population.name_reading where name = {words.Characters}", row => row.GetString(0), cancel)
        : db.List(
            $"""
            select name from population.name_reading where (pinyin = {words.Letters} or initials = {words.Letters})
                and starts_with(name, {words.Characters})
            group by name order by min(case when pinyin = {words.Letters} then 0 else 1 end), name limit {NamesMost + 1}
            """,
            row => row.GetString(0),
            cancel);

    private Task<List<string>> Beginning(NameWords words, CancellationToken cancel)
    {
        var (column, start) = words.Letters.Length == 0 ? (Sql.Name("name"), words.Characters) : (Sql.Name("pinyin"), words.Letters);
        return db.List(
            $"""
            select distinct name from population.name_reading
            where {column} >= {start} and {column} < {Beyond(start)} and starts_with(name, {words.Characters}) limit {NamesMost + 1}
            """,
            row => row.GetString(0),
            cancel);
    }

    /// <summary>The first text after all those that begin so, in byte order.</summary>
    private static string Beyond(string start) => start + "\U0010FFFF";
}
