using System.Data;
using Npgsql;

namespace Shali.Platform.Kernel;

/// <summary>
/// The only way to the database. Reads go straight through it; writes that belong together go through
/// <see cref="InTransaction{T}"/>, whose <see cref="Session"/> has the same verbs.
/// </summary>
public sealed class Db(NpgsqlDataSource source) : IAsyncDisposable
{
    private readonly bool _unhurried;
    private readonly Sql? _first;

    private Db(NpgsqlDataSource source, Sql? first, bool unhurried)
        : this(source) => (_first, _unhurried) = (first, unhurried);

    /// <summary>
    /// A database whose every connection begins with <paramref name="first"/>, each time that it is taken: a transaction that this
    /// opens ends when the connection goes back.
    /// </summary>
    internal Db(NpgsqlDataSource source, Sql first)
        : this(source, first, false)
    {
    }

    /// <summary>
    /// A database for a few statements, as at a start. The driver does not ask the database for its types first, which would be
    /// most of the work: it knows those that PostgreSQL brings with it, and no geometry.
    /// </summary>
    public static Db Briefly(string connectionString)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        source.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return new(source.Build());
    }

    public NpgsqlDataSource Source { get; } = source;

    /// <summary>
    /// The same database for work on whole tables: an index over millions of rows takes as long as it takes. What somebody
    /// waits for at a page keeps the time limit of Npgsql, 30 seconds.
    /// </summary>
    public Db Unhurried => new(Source, _first, true);

    public async Task<List<T>> List<T>(Sql sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel = default)
    {
        await using var connection = await Open(cancel);
        return await On(connection, null).List(sql, read, cancel);
    }

    public async Task<T?> One<T>(Sql sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel = default)
    {
        await using var connection = await Open(cancel);
        return await On(connection, null).One(sql, read, cancel);
    }

    /// <summary>The first column of the first row; the default when there is no row or it is null.</summary>
    public async Task<T?> Scalar<T>(Sql sql, CancellationToken cancel = default)
    {
        await using var connection = await Open(cancel);
        return await On(connection, null).Scalar<T>(sql, cancel);
    }

    public async Task<int> Run(Sql sql, CancellationToken cancel = default)
    {
        await using var connection = await Open(cancel);
        return await On(connection, null).Run(sql, cancel);
    }

    /// <summary>
    /// All or nothing. Commits when <paramref name="work"/> returns, rolls back when it throws.
    /// </summary>
    public async Task<T> InTransaction<T>(
        Func<Session, Task<T>> work, CancellationToken cancel = default, IsolationLevel level = IsolationLevel.ReadCommitted)
    {
        await using var connection = await Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(level, cancel);
        var result = await work(On(connection, transaction));
        await transaction.CommitAsync(cancel);
        return result;
    }

    public Task InTransaction(Func<Session, Task> work, CancellationToken cancel = default) =>
        InTransaction(
            async session =>
            {
                await work(session);
                return 0;
            },
            cancel);

    /// <inheritdoc cref="Session.Ask"/>
    public async Task Ask(IReadOnlyList<SqlQuestion> questions, CancellationToken cancel = default)
    {
        await using var connection = await Open(cancel);
        await On(connection, null).Ask(questions, cancel);
    }

    /// <summary>Rows one by one as the server sends them: memory does not grow with their number.</summary>
    public async IAsyncEnumerable<T> Stream<T>(
        Sql sql, Func<NpgsqlDataReader, T> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var connection = await Open(cancel);
        await using var command = On(connection, null).Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return read(reader);
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private ValueTask<NpgsqlConnection> Open(CancellationToken cancel) =>
        _first is null ? Source.OpenConnectionAsync(cancel) : Begun(_first, cancel);

    private async ValueTask<NpgsqlConnection> Begun(Sql first, CancellationToken cancel)
    {
        var connection = await Source.OpenConnectionAsync(cancel);
        try
        {
            await On(connection, null).Run(first, cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private Session On(NpgsqlConnection connection, NpgsqlTransaction? transaction) => new(connection, transaction) { Unhurried = _unhurried };
}

/// <summary>One connection, usually inside a transaction.</summary>
public sealed class Session(NpgsqlConnection connection, NpgsqlTransaction? transaction)
{
    public NpgsqlConnection Connection { get; } = connection;

    /// <inheritdoc cref="Db.Unhurried"/>
    public bool Unhurried { get; init; }

    public async Task<List<T>> List<T>(Sql sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel = default)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async Task<T?> One<T>(Sql sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel = default)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancel);
        return await reader.ReadAsync(cancel) ? read(reader) : default;
    }

    public async Task<T?> Scalar<T>(Sql sql, CancellationToken cancel = default)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancel);
        return await reader.ReadAsync(cancel) && !await reader.IsDBNullAsync(0, cancel)
            ? await reader.GetFieldValueAsync<T>(0, cancel)
            : default;
    }

    public async Task<int> Run(Sql sql, CancellationToken cancel = default)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// Several statements in one message to the server; outside a transaction they are one of their own, all or
    /// nothing. For the few places where a round trip is what people wait for.
    /// </summary>
    public async Task Together(IEnumerable<Sql> statements, CancellationToken cancel = default)
    {
        await using var batch = Batch(statements);
        await batch.PrepareAsync(cancel);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Several questions in one message to the server; each sees what the ones before it did.</summary>
    public async Task Ask(IReadOnlyList<SqlQuestion> questions, CancellationToken cancel = default)
    {
        await using var batch = Batch(questions.Select(question => question.Sql));
        await batch.PrepareAsync(cancel);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var question in questions)
        {
            while (await reader.ReadAsync(cancel))
            {
                question.Row(reader);
            }

            await reader.NextResultAsync(cancel);
        }
    }

    private NpgsqlBatch Batch(IEnumerable<Sql> statements)
    {
        var batch = new NpgsqlBatch(Connection, transaction);
        if (Unhurried)
        {
            batch.Timeout = 0;
        }

        foreach (var sql in statements)
        {
            var command = new NpgsqlBatchCommand(sql.Text);
            foreach (var parameter in sql.Parameters)
            {
                command.Parameters.Add(parameter.Clone());
            }

            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>Binary COPY into <paramref name="into"/>, written as <c>schema.table (a, b)</c>.</summary>
    public Task<NpgsqlBinaryImporter> Copy(Sql into, CancellationToken cancel = default) =>
        Connection.BeginBinaryImportAsync($"COPY {into.Text} FROM STDIN (FORMAT BINARY)", cancel);

    internal NpgsqlCommand Command(Sql sql)
    {
#pragma warning disable RS0030, CA2100 // The one place that makes a command; Sql has made every value a parameter.
        var command = new NpgsqlCommand(sql.Text, Connection) { Transaction = transaction };
#pragma warning restore RS0030, CA2100
        if (Unhurried)
        {
            command.CommandTimeout = 0;
        }

        foreach (var parameter in sql.Parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        return command;
    }
}

/// <summary>One of several questions that go to the server together.</summary>
/// <param name="Row">Called for each row of the answer.</param>
public sealed record SqlQuestion(Sql Sql, Action<NpgsqlDataReader> Row);
