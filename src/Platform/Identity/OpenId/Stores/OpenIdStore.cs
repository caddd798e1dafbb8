using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace Shali.Platform.Identity;

/// <summary>
/// One of OpenIddict's four tables. OpenIddict asks its stores for the verbs and for each field of a row; a write goes through
/// only to the row that was read, so that of two who write at the same time one is told.
/// </summary>
/// <param name="table">In the schema <c>identity</c>; its columns are named as OpenIddict names them.</param>
/// <param name="columns">All of them, beginning with <c>Id</c>, <c>ConcurrencyToken</c> and <c>Properties</c>.</param>
internal abstract class OpenIdStore<TRow>(Db db, string table, IReadOnlyList<string> columns)
    where TRow : OpenIdRow, new()
{
    protected static readonly IReadOnlyList<string> CommonColumns = ["Id", "ConcurrencyToken", "Properties"];

    private readonly IReadOnlyList<Sql> _columns = [.. columns.Select(Sql.Name)];

    protected Db Db { get; } = db;

    protected Sql Table { get; } = Sql.Name("identity", table);

    /// <summary>Deletes of what hangs on the rows in <c>gone</c>, each beginning with a comma; in the same statement.</summary>
    protected virtual Sql Dependents => Sql.Empty;

    public async ValueTask<long> CountAsync(CancellationToken cancel) =>
        await Db.Scalar<long>($"select count(*) from {Table}", cancel);

    public async ValueTask CreateAsync(TRow row, CancellationToken cancel) => await Db.Run(
        $"insert into {Table} ({Sql.Join(", ", _columns)}) values ({Sql.Join(", ", AllValues(row, row.ConcurrencyToken))})", cancel);

    public async ValueTask UpdateAsync(TRow row, CancellationToken cancel)
    {
        var next = Guid.NewGuid().ToString();
        var set = _columns.Zip(AllValues(row, next), (column, value) => Sql.Of($"{column} = {value}"));
        Expect(await Db.Run($"update {Table} set {Sql.Join(", ", set)} where {AsRead(row)}", cancel));
        row.ConcurrencyToken = next;
    }

    public async ValueTask DeleteAsync(TRow row, CancellationToken cancel) => Expect(await Db.Scalar<long>(
        $"""
        with gone as (delete from {Table} where {AsRead(row)} returning "Id"){Dependents}
        select count(*) from gone
        """,
        cancel));

    public ValueTask<TRow?> FindByIdAsync(string identifier, CancellationToken cancel) => One($"\"Id\" = {identifier}", cancel);

    public IAsyncEnumerable<TRow> ListAsync(int? count, int? offset, CancellationToken cancel) => Db.Stream(
        $"""
        {Select} order by "Id"
        limit {Sql.Value(count, NpgsqlDbType.Integer)} offset {Sql.Value(offset, NpgsqlDbType.Integer)}
        """,
        ReadAll,
        cancel);

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<TRow>, IQueryable<TResult>> query, CancellationToken cancel) =>
        throw NoQueries();

    public ValueTask<TResult?> GetAsync<TState, TResult>(
        Func<IQueryable<TRow>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancel) => throw NoQueries();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(
        Func<IQueryable<TRow>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancel) => throw NoQueries();

    public ValueTask<TRow> InstantiateAsync(CancellationToken cancel) => new(new TRow());

    public ValueTask<string?> GetIdAsync(TRow row, CancellationToken cancel) => new(row.Id);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(TRow row, CancellationToken cancel) =>
        new(JsonColumn.Properties(row.Properties));

    public ValueTask SetPropertiesAsync(TRow row, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancel) =>
        Set(row.Properties = JsonColumn.Of(properties));

    /// <summary>Reads the columns after the common ones.</summary>
    /// <param name="at">The first of them.</param>
    protected abstract TRow Read(NpgsqlDataReader reader, int at);

    /// <summary>The values of the columns after the common ones.</summary>
    protected abstract IEnumerable<Sql> Values(TRow row);

    protected async ValueTask<TRow?> One(Sql condition, CancellationToken cancel) =>
        await Db.One($"{Select} where {condition}", ReadAll, cancel);

    protected IAsyncEnumerable<TRow> Many(Sql condition, CancellationToken cancel) =>
        Db.Stream($"{Select} where {condition}", ReadAll, cancel);

    protected static Sql Text(string? value) => Sql.Value(value, NpgsqlDbType.Text);

    protected static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    protected static Sql Date(DateTimeOffset? value) => Sql.Value(value?.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    protected static DateTimeOffset? Date(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    /// <summary>Lets a setter be one line: the interface wants a task.</summary>
    protected static ValueTask Set<T>(T value)
    {
        _ = value;
        return ValueTask.CompletedTask;
    }

    private Sql Select => Sql.Of($"select {Sql.Join(", ", _columns)} from {Table}");

    private IEnumerable<Sql> AllValues(TRow row, string? concurrencyToken) =>
        [Text(row.Id), Text(concurrencyToken), Text(row.Properties), .. Values(row)];

    private TRow ReadAll(NpgsqlDataReader reader)
    {
        var row = Read(reader, CommonColumns.Count);
        (row.Id, row.ConcurrencyToken, row.Properties) = (reader.GetString(0), Text(reader, 1), Text(reader, 2));
        return row;
    }

    private static Sql AsRead(TRow row) =>
        Sql.Of($"\"Id\" = {row.Id} and \"ConcurrencyToken\" is not distinct from {Text(row.ConcurrencyToken)}");

    private static void Expect(long rows)
    {
        if (rows != 1)
        {
            throw new ConcurrencyException($"Somebody else has changed or deleted this {typeof(TRow).Name} since it was read.");
        }
    }

    private static NotSupportedException NoQueries() =>
        new("The tables of OpenIddict are read with SQL: a LINQ query cannot be answered.");
}
