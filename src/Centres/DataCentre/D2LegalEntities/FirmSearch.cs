using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// Finds entities the way people ask for them. Codes and old numbers are looked up by index. Words of a name are
/// looked for inside all names: the index of names is read in its own order, without touching the table, until a
/// page is full; 150,000 names are some 10 MB, so even a word that no name contains is answered at once.
/// </summary>
internal sealed class FirmSearch(Db db, RecordReader reader, GovernedReader governed)
{
    public const int PageSize = 20;

    private const int WordsMost = 5;

    /// <param name="after">The organisation code of the last entity of the page before; null: the first page.</param>
    public async Task<FirmsFound> Find(string asked, string? after, int limit, CancellationToken cancel)
    {
        var words = asked.Replace("\0", "", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(WordsMost).ToList();
        if (words.Count == 0)
        {
            return FirmsFound.Nothing;
        }

        var keys = words.Count == 1 && words[0].All(char.IsAscii) ? await ByNumber(words[0], cancel) : [];
        keys = keys.Count > 0 ? keys : await ByName(words, after, limit, cancel);
        var more = keys.Count > limit;
        keys = more ? keys[..limit] : keys;
        return new(await Read(keys, cancel), more ? keys[^1] : null);
    }

    private async Task<IReadOnlyList<ShownRecord>> Read(List<string> keys, CancellationToken cancel)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var query = new RecordQuery { Where = new Filter.KeyIn(keys), Limit = keys.Count };
        var page = await governed.List(new ReadRequest(Caller.Anonymous, Resources.Entity), query, cancel);
        return [.. page.Value.Records.OrderBy(record => keys.IndexOf(record.Key))];
    }

    /// <summary>The organisation code, the credit code, or a number of before: the registration number, a tax number.</summary>
    private async Task<List<string>> ByNumber(string written, CancellationToken cancel)
    {
        var found = new List<string>();
        var organisation = OrganisationCode.Kind.Normalise(written);
        if (organisation.Length == 9 && await reader.Get(Resources.Entity, organisation, cancel: cancel) is { } entity)
        {
            found.Add(entity.Key);
        }

        var credit = CreditCode.Kind.Normalise(written);
        if (credit.Length == 18)
        {
            found.AddRange(await Keys(Resources.Entity, "credit_code", credit, record => record.Key, cancel));
        }

        if (found.Count == 0 && written.Length >= 6)
        {
            found.AddRange(await Keys(Resources.OldNumber, "number", written, record => record.Text("entity")!, cancel));
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private async Task<IEnumerable<string>> Keys(
        ResourceDefinition resource, string field, string value, Func<Record, string> key, CancellationToken cancel)
    {
        var where = new Filter.Compare(field, Comparison.Equal, value);
        return (await reader.List(resource, new RecordQuery { Where = where, Limit = PageSize }, cancel)).Records.Select(key);
    }

    private async Task<List<string>> ByName(List<string> words, string? after, int limit, CancellationToken cancel)
    {
        var conditions = words.Select(word => Sql.Of($"name like {"%" + Literal(word) + "%"}")).ToList();
        if (after is not null && await reader.Get(Resources.Entity, after, cancel: cancel) is { } last)
        {
            conditions.Add(Sql.Of($"(name, organisation_code) > ({last.Text("name")}, {last.Key})"));
        }

        return await db.List(
            $"""
            select organisation_code from {Sql.Name(Resources.Schema, Resources.Entity.Table)}
            where {Sql.Join(" and ", conditions)} order by name, organisation_code limit {limit + 1}
            """,
            row => row.GetString(0),
            cancel);
    }

    private static string Literal(string word) => word
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}

/// <summary>One page of entities as everybody may see them.</summary>
/// <param name="Next">Where the next page begins; null on the last.</param>
internal sealed record FirmsFound(IReadOnlyList<ShownRecord> Firms, string? Next)
{
    public static readonly FirmsFound Nothing = new([], null);
}
