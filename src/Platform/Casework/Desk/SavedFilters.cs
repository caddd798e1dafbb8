using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>The conditions of work lists that somebody keeps under a name.</summary>
public sealed class SavedFilters(Db db, TimeProvider time)
{
    private const int Most = 30;

    public Task<List<SavedFilter>> Of(Caller who, CancellationToken cancel = default) => db.List(
        $"select id, name, query from casework.filter where account = {who.Id} order by made_at limit {Most}",
        row => new SavedFilter(row.GetString(0), row.GetString(1), row.GetString(2)),
        cancel);

    /// <summary>The same name again takes the place of the old one.</summary>
    public Task Keep(Caller who, string name, string address, CancellationToken cancel = default) => db.Run(
        $"""
        insert into casework.filter (id, account, name, query, made_at)
        select {Ulid.Next(time)}, {who.Id}, {name}, {address}, {time.GetUtcNow()}
        where (select count(*) from casework.filter where account = {who.Id}) < {Most}
        on conflict (account, name) do update set query = excluded.query
        """,
        cancel);

    public Task Drop(Caller who, string id, CancellationToken cancel = default) =>
        db.Run($"delete from casework.filter where id = {id} and account = {who.Id}", cancel);
}

/// <param name="Address">The list with its conditions.</param>
public sealed record SavedFilter(string Id, string Name, string Address);
