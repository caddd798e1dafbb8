using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Shali.FrontNode;

/// <summary>One SQLite file, open for as long as the node runs: its statements are prepared once, and one thing is done in it at a time.</summary>
public abstract class NodeFile : IDisposable
{
    // Codes of SQLite.
    private const int BrokenWrite = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    private readonly SqliteConnection _db;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <exception cref="SqliteException">The disk is full, or cannot be written (<see cref="IsFull"/>).</exception>
    protected NodeFile(SqliteConnectionStringBuilder place, string tables)
    {
        _db = new(place.ConnectionString);
        try
        {
            _db.Open();
            Run("pragma journal_mode = wal");
            Run("pragma synchronous = full");
            Run("pragma cache_size = -16000");
            Run(tables);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>There is no room on the disk, or it cannot be written: what should have been kept was not.</summary>
    public static bool IsFull(SqliteException fault) => fault.SqliteErrorCode is Full or BrokenWrite or CannotOpen;

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _db.Dispose();
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Nobody else does anything in the file meanwhile.</summary>
    protected async Task<T> Alone<T>(Func<T> work, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            return work();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>All of it, or nothing.</summary>
    protected T InTransaction<T>(Func<T> work)
    {
        Run("begin immediate");
        try
        {
            var result = work();
            Run("commit");
            return result;
        }
        catch
        {
            try
            {
                Run("rollback");
            }
            catch (SqliteException)
            {
                // SQLite has rolled back by itself: the disk was full.
            }

            throw;
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
#pragma warning disable CA2100 // Constants of the store; values are parameters.
            command = new SqliteCommand(sql, _db);
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), null);
            }

            _commands[sql] = command;
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    protected void Run(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    protected object? Scalar(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteScalar();

    protected List<T> List<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        using var reader = Command(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    protected T? One<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Command(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }
}
