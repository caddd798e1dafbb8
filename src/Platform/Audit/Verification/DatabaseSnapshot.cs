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
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString;
        var keeper = new Db(NpgsqlDataSource.Create(unpooled));
        var connection = await keeper.Source.OpenConnectionAsync(cancel);
        var session = new Session(connection, null);
        await session.Run($"begin isolation level repeatable read read only", cancel);
        var name = await session.Scalar<string>($"select pg_export_snapshot()", cancel);
        var source = new NpgsqlDataSourceBuilder(unpooled);
        source.UseNetTopologySuite();
        source.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException("Connections are opened asynchronously."),
            async opened =>
            {
                var inside = new Session(opened, null);
                await inside.Run($"begin isolation level repeatable read read only");
                await inside.Run(Sql.Trusted($"set transaction snapshot '{name}'"));
                await inside.Run($"set local work_mem = '128MB'");
            });
        return new(keeper, connection, new Db(source.Build()));
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _connection.DisposeAsync();
        await _keeper.DisposeAsync();
    }
}
