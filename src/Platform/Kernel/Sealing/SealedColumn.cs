namespace Shali.Platform.Kernel;

/// <summary>A column whose values are sealed under the <see cref="MasterKey"/>.</summary>
/// <param name="Table">With its schema.</param>
/// <param name="Name">The column that names the row within the table.</param>
/// <param name="Content">The column with the sealed value.</param>
public sealed record SealedColumn(string Table, string Name, string Content)
{
    private const long Lock = 0x5348_5345_414C; // "SHSEAL"

    /// <summary>The place that a row's value is sealed for.</summary>
    public string Place(string name) => $"{Table}/{name}";

    /// <summary>
    /// Opens every value, and seals with the newest key what is bare or under an earlier one; all or nothing.
    /// </summary>
    /// <returns>How many values were sealed anew.</returns>
    /// <exception cref="StartRefusedException">A value does not open.</exception>
    public static Task<int> SealAnew(Db db, MasterKey key, IEnumerable<SealedColumn> columns, CancellationToken cancel = default) =>
        db.InTransaction(
            async session =>
            {
                await session.Run($"select pg_advisory_xact_lock({Lock})", cancel);
                var count = 0;
                foreach (var column in columns)
                {
                    count += await column.SealAnew(session, key, cancel);
                }

                return count;
            },
            cancel);

    private async Task<int> SealAnew(Session session, MasterKey key, CancellationToken cancel)
    {
        var (table, name, content) = (Sql.Trusted(Table), Sql.Trusted(Name), Sql.Trusted(Content));
        var rows = await session.List(
            $"select {name}, {content} from {table} for update", row => (Name: row.GetString(0), Content: row.GetFieldValue<byte[]>(1)), cancel);
        var count = 0;
        foreach (var row in rows)
        {
            var value = key.Open(row.Content, Place(row.Name));
            if (!key.IsCurrent(row.Content))
            {
                count += await session.Run($"update {table} set {content} = {key.Seal(value, Place(row.Name))} where {name} = {row.Name}", cancel);
            }
        }

        return count;
    }
}
