using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit.Verification;

/// <summary>
/// A database as it was at one moment, for as many connections as the reader opens: what is written meanwhile does
/// not look like an alteration.
/// </summary>
internal sealed class DatabaseSnapshot : IAsyncDisposable
{
    private readonly Db _keeper;
    private readonly NpgsqlConnection _connection;

    private DatabaseSnapshot(Db keeper, NpgsqlConnection connection, Db db) => (_keeper, _connection, Db) = (keeper, connection, db);

    public Db Db { get; }

    public static async Task<DatabaseSnapshot> Take(string connectionString, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 };
        var keeper = Db.Briefly(settings.ConnectionString);
        var connection = await keeper.Source.OpenConnectionAsync(cancel);
        var session = new Session(connection, null);
        await session.Run($"begin isolation level repeatable read read only", cancel);
        var name = await session.Scalar<string>($"select pg_export_snapshot()", cancel);

        // Hundreds of tables are read one after the other: the few connections that this takes are used again, each time in the same moment.
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.ConnectionStringBuilder.NoResetOnClose = true;
        source.UseNetTopologySuite();
        return new(keeper, connection, new Db(
            source.Build(),
            Sql.Trusted($"begin isolation level repeatable read read only; set transaction snapshot '{name}'; set local work_mem = '128MB'")));
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _connection.DisposeAsync();
        await _keeper.DisposeAsync();
    }
}
