using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace Shali.FrontNode.Databases;

/// <summary>
/// A kind of database that departments have: how it is reached, how it quotes, how it writes a row that may be there. Names come from the
/// configuration and are always quoted, values are always parameters.
/// </summary>
internal abstract class Engine
{
    private static readonly Dictionary<string, Engine> All = new(StringComparer.Ordinal)
    {
        ["postgresql"] = new PostgreSql(),
        ["mariadb"] = new MariaDb(),
        ["mysql"] = new MariaDb(),
        ["sqlserver"] = new SqlServer(),
        ["sqlite"] = new Sqlite(),
    };

    /// <summary>What a transaction must be so that a long read sees one moment.</summary>
    public virtual IsolationLevel OneMoment => IsolationLevel.RepeatableRead;

    /// <summary>Statements that make the two small tables of a taker in the department's database.</summary>
    public virtual string TextColumn => "text";

    public virtual string KeyColumn => "varchar(60)";

    public static Engine? Find(string kind) => All.GetValueOrDefault(kind);

    public async Task<DbConnection> Open(PlaceSettings place, CancellationToken cancel)
    {
        var connection = Connect(place.Connection, Password(place));
        await connection.OpenAsync(cancel);
        return connection;
    }

    /// <summary>How a PostgreSQL is reached, the password with it.</summary>
    public static NpgsqlConnectionStringBuilder PostgreSqlAt(PlaceSettings place) => PostgreSql.At(place.Connection, Password(place));

    /// <summary>The one place that makes commands.</summary>
    public static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names are quoted by the engine, values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (string.Create(CultureInfo.InvariantCulture, $"@p{i}"), values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public abstract string Quote(string name);

    /// <summary>A table with its schema.</summary>
    public string Table(string name) => string.Join('.', name.Split('.').Select(Quote));

    /// <summary>Writes a row whether it is there or not. Parameters <c>@p0</c> ... in the order of the columns, the key first.</summary>
    public abstract string Upsert(string table, IReadOnlyList<string> columns);

    /// <summary>The row itself is at fault, not the connection: its value does not fit the table.</summary>
    public abstract bool IsOfRow(DbException fault);

    protected static string Holes(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"@p{i}")));

    protected abstract DbConnection Connect(string connection, string? password);

    private static string? Password(PlaceSettings place) => place.PasswordFrom is { } name
        ? Environment.GetEnvironmentVariable(name) ?? throw new NodeRefusedException(Text.NoPassword(name))
        : null;

    private sealed class PostgreSql : Engine
    {
        public override string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        public override string Upsert(string table, IReadOnlyList<string> columns) =>
            $"insert into {Table(table)} ({string.Join(", ", columns.Select(Quote))}) values ({Holes(columns.Count)}) on conflict ({Quote(columns[0])}) do "
            + (columns.Count == 1 ? "nothing" : "update set " + string.Join(", ", columns.Skip(1).Select(column => $"{Quote(column)} = excluded.{Quote(column)}")));

        public override bool IsOfRow(DbException fault) =>
            fault is PostgresException { SqlState: ['2', '2' or '3', ..] or PostgresErrorCodes.DatatypeMismatch };

        public static NpgsqlConnectionStringBuilder At(string connection, string? password)
        {
            var builder = new NpgsqlConnectionStringBuilder(connection) { Pooling = false };
            builder.Password = password ?? builder.Password;
            return builder;
        }

        protected override DbConnection Connect(string connection, string? password) => new NpgsqlConnection(At(connection, password).ConnectionString);
    }

    private sealed class MariaDb : Engine
    {
        public override string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

        public override string Upsert(string table, IReadOnlyList<string> columns) =>
            $"insert into {Table(table)} ({string.Join(", ", columns.Select(Quote))}) values ({Holes(columns.Count)}) on duplicate key update "
            + string.Join(", ", columns.Skip(columns.Count == 1 ? 0 : 1).Select(column => $"{Quote(column)} = values({Quote(column)})"));

        public override bool IsOfRow(DbException fault) => fault is MySqlException { SqlState: ['2', '2' or '3', ..] }
            or MySqlException { ErrorCode: MySqlErrorCode.TruncatedWrongValueForField or MySqlErrorCode.WarningDataOutOfRange or MySqlErrorCode.DataTooLong or MySqlErrorCode.WarningDataTruncated };

        protected override DbConnection Connect(string connection, string? password)
        {
            // A date of zeros is a bad value of its row, not the end of the reading; a small number is a number.
            var builder = new MySqlConnectionStringBuilder(connection) { Pooling = false, AllowZeroDateTime = true, TreatTinyAsBoolean = false, UseAffectedRows = false };
            builder.Password = password ?? builder.Password;
            return new MySqlConnection(builder.ConnectionString);
        }
    }

    private sealed class SqlServer : Engine
    {
        public override IsolationLevel OneMoment => IsolationLevel.ReadCommitted;

        public override string TextColumn => "nvarchar(max)";

        public override string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

        public override string Upsert(string table, IReadOnlyList<string> columns) =>
            $"merge into {Table(table)} with (holdlock) as t using (select {string.Join(", ", columns.Select((column, i) => $"@p{i.ToString(CultureInfo.InvariantCulture)} as {Quote(column)}"))}) as s on t.{Quote(columns[0])} = s.{Quote(columns[0])} "
            + (columns.Count == 1 ? "" : $"when matched then update set {string.Join(", ", columns.Skip(1).Select(column => $"{Quote(column)} = s.{Quote(column)}"))} ")
            + $"when not matched then insert ({string.Join(", ", columns.Select(Quote))}) values ({string.Join(", ", columns.Select(column => "s." + Quote(column)))});";

        public override bool IsOfRow(DbException fault) => fault is SqlException { Number: 220 or 245 or 241 or 515 or 547 or 2601 or 2627 or 2628 or 8114 or 8115 or 8152 };

        protected override DbConnection Connect(string connection, string? password)
        {
            var builder = new SqlConnectionStringBuilder(connection) { Pooling = false };
            builder.Password = password ?? builder.Password;
            return new SqlConnection(builder.ConnectionString);
        }
    }

    private sealed class Sqlite : Engine
    {
        public override IsolationLevel OneMoment => IsolationLevel.Serializable;

        public override string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        public override string Upsert(string table, IReadOnlyList<string> columns) =>
            $"insert into {Table(table)} ({string.Join(", ", columns.Select(Quote))}) values ({Holes(columns.Count)}) on conflict ({Quote(columns[0])}) do "
            + (columns.Count == 1 ? "nothing" : "update set " + string.Join(", ", columns.Skip(1).Select(column => $"{Quote(column)} = excluded.{Quote(column)}")));

        public override bool IsOfRow(DbException fault) => fault is SqliteException { SqliteErrorCode: 18 or 19 or 20 };

        protected override DbConnection Connect(string connection, string? password)
        {
            var builder = new SqliteConnectionStringBuilder(connection) { Pooling = false };
            return new SqliteConnection(builder.ConnectionString);
        }
    }
}
