using Shali.Government.S05Enterprises.Contradictions;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>What one department's database says of a firm, to one reader.</summary>
/// <param name="Rows">How many records there are, also where he may not read them.</param>
/// <param name="Records">Null: he may not read them.</param>
public sealed record FirmSide(Authority Authority, int Rows, IReadOnlyList<ShownRecord>? Records);

/// <summary>Finds a firm in all databases by its numbers, and reads what the reader may see.</summary>
public sealed class FirmSides(Db db, GovernedReader reader, ResourceRegistry registry, KnownElsewhere elsewhere)
{
    private const int Most = 200;

    /// <summary>In the order of the databases; those that do not know the firm have no rows.</summary>
    public async Task<IReadOnlyList<FirmSide>> Of(Caller who, string organisation, CancellationToken cancel = default)
    {
        var numbers = ComparedTables.Texts((await elsewhere.Numbers([organisation], cancel)).Append(organisation));
        var sides = new List<FirmSide>();
        foreach (var authority in Authority.All)
        {
            var by = Sql.Join(" or ", authority.Numbers.Select(field => Sql.Of($"{Sql.Name(field)} = any({numbers})")));
            var keys = await db.List($"select {authority.Key} from {authority.Table} where {by} order by 1 limit {Most}", row => row.GetString(0), cancel);
            var request = new ReadRequest(who, registry.Find(authority.Resource.Id) ?? authority.Resource, Text.Purpose);
            sides.Add(new(authority, keys.Count, keys.Count == 0 ? [] : reader.AccessOf(request) is null ? null
                : (await reader.List(request, new RecordQuery { Where = new Filter.KeyIn(keys), Limit = Most }, cancel)).Value.Records));
        }

        return sides;
    }

    /// <summary>What the base of legal entities says; null: it does not know the firm, or he may not read it.</summary>
    public async Task<ShownRecord?> Base(Caller who, string organisation, CancellationToken cancel = default) =>
        registry.Find("legal-entities/entity") is { } entity && reader.AccessOf(who, entity) is not null
            ? await reader.Get(new ReadRequest(who, entity, Text.Purpose), organisation, null, cancel) : null;

    /// <summary>Firms of the registrar's file by name or number, at most one page.</summary>
    public async Task<IReadOnlyList<(string Organisation, string Name, string Credit, string State)>> Find(string words, CancellationToken cancel = default)
    {
        var (written, like) = (words.Trim().ToUpperInvariant(), "%" + words.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%");
        return await db.List(
            $"""
            select substr(credit_code, 9, 9), name, credit_code, state from enterprises.registration
            where credit_code = {written} or substr(credit_code, 9, 9) = {written} or registration_number = {written} or name like {like} order by name, credit_code limit {PageSize}
            """,
            row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancel);
    }

    public const int PageSize = 30;
}
