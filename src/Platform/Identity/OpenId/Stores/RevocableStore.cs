using Shali.Platform.Kernel;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Shali.Platform.Identity;

/// <summary>
/// Authorizations and tokens: found and revoked by who gave them, to which application, in which state. The application is
/// known by its id and never loaded.
/// </summary>
internal abstract class RevocableStore<TRow>(Db db, string table, IReadOnlyList<string> columns) : OpenIdStore<TRow>(db, table, columns)
    where TRow : RevocableRow, new()
{
    /// <summary>So many rows go with one statement: what is locked is soon free again.</summary>
    private const int BatchSize = 1000;

    public IAsyncEnumerable<TRow> FindByApplicationIdAsync(string identifier, CancellationToken cancel) =>
        Many($"\"ApplicationId\" = {identifier}", cancel);

    public IAsyncEnumerable<TRow> FindBySubjectAsync(string subject, CancellationToken cancel) => Many($"\"Subject\" = {subject}", cancel);

    public ValueTask<long> RevokeAsync(string? subject, string? client, string? status, string? type, CancellationToken cancel) =>
        Revoke(Matching(subject, client, status, type), cancel);

    public ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancel) =>
        Revoke($"\"ApplicationId\" = {identifier}", cancel);

    public ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancel) => Revoke($"\"Subject\" = {subject}", cancel);

    /// <summary>
    /// Takes away what was made before that moment and has lost its meaning. Several nodes may do so at the same time: none
    /// waits for the rows of another.
    /// </summary>
    public async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancel)
    {
        var all = 0L;
        int some;
        do
        {
            some = await Prune(threshold.ToUniversalTime(), BatchSize, cancel);
            all += some;
        }
        while (some == BatchSize);

        return all;
    }

    public ValueTask<string?> GetApplicationIdAsync(TRow row, CancellationToken cancel) => new(row.ApplicationId);

    public ValueTask<DateTimeOffset?> GetCreationDateAsync(TRow row, CancellationToken cancel) => new(row.CreationDate);

    public ValueTask<string?> GetStatusAsync(TRow row, CancellationToken cancel) => new(row.Status);

    public ValueTask<string?> GetSubjectAsync(TRow row, CancellationToken cancel) => new(row.Subject);

    public ValueTask<string?> GetTypeAsync(TRow row, CancellationToken cancel) => new(row.Type);

    public ValueTask SetApplicationIdAsync(TRow row, string? identifier, CancellationToken cancel) => Set(row.ApplicationId = identifier);

    public ValueTask SetCreationDateAsync(TRow row, DateTimeOffset? date, CancellationToken cancel) => Set(row.CreationDate = date);

    public ValueTask SetStatusAsync(TRow row, string? status, CancellationToken cancel) => Set(row.Status = status);

    public ValueTask SetSubjectAsync(TRow row, string? subject, CancellationToken cancel) => Set(row.Subject = subject);

    public ValueTask SetTypeAsync(TRow row, string? type, CancellationToken cancel) => Set(row.Type = type);

    /// <returns>How many went; fewer than <paramref name="limit"/>: there are no more.</returns>
    protected abstract Task<int> Prune(DateTimeOffset before, int limit, CancellationToken cancel);

    /// <summary>What is not said may be anything.</summary>
    protected static Sql Matching(string? subject, string? client, string? status, string? type)
    {
        (string Column, string? Value)[] asked = [("Subject", subject), ("ApplicationId", client), ("Status", status), ("Type", type)];
        return Sql.Join(" and ", asked.Where(each => !string.IsNullOrEmpty(each.Value))
            .Select(each => Sql.Of($"{Sql.Name(each.Column)} = {each.Value!}"))
            .DefaultIfEmpty(Sql.Of($"true")));
    }

    /// <summary>Whoever read one of them before and writes it afterwards is told: a revoked token does not come back.</summary>
    protected async ValueTask<long> Revoke(Sql condition, CancellationToken cancel) => await Db.Run(
        $"""
        update {Table} set "Status" = {Statuses.Revoked}, "ConcurrencyToken" = gen_random_uuid()::text
        where {condition} and "Status" is distinct from {Statuses.Revoked}
        """,
        cancel);
}
