using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// A file system of its own, small enough to be filled to its last byte: a tmpfs. Where the machine permits no mounts (or
/// <c>SHALI_DISKS=injected</c> says so) there is none, and what writes to the folder is made to fail in another way; the storm says which.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Ballast = "ballast";

    private SmallDisk(string folder, bool real) => (Folder, IsReal) = (folder, real);

    public string Folder { get; }

    /// <summary>A file system; else a folder like any other.</summary>
    public bool IsReal { get; }

    public static SmallDisk At(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        return new(folder, Environment.GetEnvironmentVariable("SHALI_DISKS") != "injected" && Tried("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", folder));
    }

    /// <summary>Not a byte has room any more.</summary>
    public void Fill()
    {
        var block = new byte[64 * 1024];
        using var file = new FileStream(Path.Combine(Folder, Ballast), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        foreach (var size in (int[])[block.Length, 4096, 1])
        {
            try
            {
                while (true)
                {
                    file.Write(block, 0, size);
                }
            }
            catch (IOException)
            {
                // Full for pieces of this size.
            }
        }
    }

    public void Free() => File.Delete(Path.Combine(Folder, Ballast));

    public void Dispose()
    {
        if (IsReal)
        {
            Assert.True(Tried("umount", "-l", Folder), Folder);
        }
    }

    private static bool Tried(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The node's disk. Not real: the kernel refuses the process every byte that it writes into files (RLIMIT_FSIZE).</summary>
    public void FillFor(Process node)
    {
        if (IsReal)
        {
            Fill();
        }
        else
        {
            Limit(node, "0");
        }
    }

    public void FreeFor(Process node)
    {
        if (IsReal)
        {
            Free();
        }
        else
        {
            Limit(node, "unlimited");
        }
    }

    private static void Limit(Process node, string most) =>
        Assert.True(Tried("prlimit", "--pid", node.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={most}:unlimited"));
}

/// <summary>
/// A database of the centre on a disk that can be filled: a tablespace on a small file system; else a trigger answers what PostgreSQL answers when
/// a disk is full.
/// </summary>
internal sealed class SmallDatabase : IAsyncDisposable
{
    private const string Space = "small";

    private readonly Db _super;
    private readonly SmallDisk _disk;
    private readonly string _database;
    private readonly string _connection;
    private readonly Func<string, string> _ofSuper;

    private SmallDatabase(Db super, SmallDisk disk, string connection, Func<string, string> ofSuper)
    {
        (_super, _disk, _connection, _ofSuper) = (super, disk, connection, ofSuper);
        _database = new NpgsqlConnectionStringBuilder(connection).Database!;
    }

    public bool IsReal => _disk.IsReal;

    /// <summary>For the application.</summary>
    public string Connection => _connection;

    public static async Task<SmallDatabase> Of(City city, string folder, int megabytes)
    {
        var connection = await city.OwnDatabase();
        string OfSuper(string database) => city.SuperuserConnectionString.Replace("Database=shali", "Database=" + database, StringComparison.Ordinal);
        var small = new SmallDatabase(Db.Briefly(OfSuper("postgres")), SmallDisk.At(folder, megabytes), connection, OfSuper);
        if (small.IsReal)
        {
            Portal.Hosting.ServerCommand.Own(folder);
            await small._super.Run(Sql.Trusted($"create tablespace {Space} location '{folder}'"));
            await small._super.Run(Sql.Trusted($"alter database {small._database} set tablespace {Space}"));
        }

        return small;
    }

    public async Task Fill(string schema)
    {
        if (IsReal)
        {
            _disk.Fill();
        }
        else
        {
            await Inside($"create or replace function {schema}.full_disk() returns trigger language plpgsql as $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$; create trigger full_disk before insert on {schema}.act execute function {schema}.full_disk(); create trigger full_disk before insert on exchange.message execute function {schema}.full_disk()");
        }
    }

    public async Task Free(string schema)
    {
        if (IsReal)
        {
            _disk.Free();
        }
        else
        {
            await Inside($"drop trigger full_disk on {schema}.act; drop trigger full_disk on exchange.message");
        }
    }

    /// <summary>Every session ends, as when the server is restarted.</summary>
    public Task Cut() => _super.Run($"select pg_terminate_backend(pid) from pg_stat_activity where datname = {_database} and usename = 'shali'");

    public async ValueTask DisposeAsync()
    {
        if (IsReal)
        {
            // Nothing of it may lie on the disk that goes away.
            await _super.Run(Sql.Trusted($"drop database {_database} with (force)"));
            await _super.Run(Sql.Trusted($"drop tablespace {Space}"));
        }

        _disk.Dispose();
        await _super.DisposeAsync();
    }

    private async Task Inside(string sql)
    {
        await using var db = Db.Briefly(_ofSuper(_database) + ";Pooling=false");
        await db.Run(Sql.Trusted(sql));
    }
}
