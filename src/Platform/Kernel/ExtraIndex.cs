namespace Shali.Platform.Kernel;

/// <summary>
/// An index that a definition cannot say: over an expression, of some rows only, with columns that are only carried along.
/// The system whose table it is makes it at the start.
/// </summary>
/// <param name="Schema">Of the table, and so of the index.</param>
/// <param name="On">What follows "on": table, columns and condition.</param>
public sealed record ExtraIndex(string Schema, string Name, string On)
{
    /// <summary>
    /// Makes those that are missing. An index that is there is not asked for again: even a "create index if not exists" that
    /// has nothing to do waits for who writes to the table, and lets nobody else write meanwhile.
    /// </summary>
    public static async Task Make(Db db, IReadOnlyCollection<ExtraIndex> indexes, CancellationToken cancel)
    {
        var names = indexes.Select(index => Sql.Name(index.Schema, index.Name).Text).ToArray();
        var missing = await db.List($"select name from unnest({names}) as name where to_regclass(name) is null", row => row.GetString(0), cancel);
        foreach (var index in indexes.Where(index => missing.Contains(Sql.Name(index.Schema, index.Name).Text)))
        {
            await db.Unhurried.Run($"create index if not exists {Sql.Name(index.Name)} on {Sql.Trusted(index.On)}", cancel);
        }
    }
}
