using Shali.Platform.Audit;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>
/// What the database keeps under the master key, and <c>shali seal-keys</c>, which changes that key.
/// </summary>
internal static class SealedKeys
{
    private const string Usage = "用法：seal-keys [--data 目录] [--database \"连接串\"]\n更换主密钥，并用新的主密钥重新封存数据库中的密钥。先停止所有实例。";

    private static readonly SealedColumn[] Columns = [KeyRing.Column, CheckpointKey.Column, Hooks.Column, ServiceBook.Column];

    /// <summary>Every key in the database opens under this master key and is sealed under it; how many were sealed anew.</summary>
    public static Task<int> Seal(Db db, MasterKey master, CancellationToken cancel = default) => SealedColumn.SealAnew(db, master, Columns, cancel);

    /// <summary>Does the database need a key that exists already? Asked before there need be any tables.</summary>
    public static async Task<bool> Any(Db db)
    {
        foreach (var column in Columns)
        {
            if (await db.Scalar<bool>($"select to_regclass({column.Table}) is not null")
                && await db.Scalar<bool>(
                    $"select exists (select from {Sql.Trusted(column.Table)} where get_byte({Sql.Trusted(column.Content)}, 0) = 1)"))
            {
                return true;
            }
        }

        return false;
    }

    public static async Task<int> Run(string[] args)
    {
        var options = RunOptions.ParseOnly(args, Usage, "--data", "--database");
        using var folder = DataFolder.Open(options.Data);
        await using var postgres = options.Database is null ? await PrivatePostgres.Start(folder.File("pg")) : null;
        var connection = options.Database ?? postgres!.ConnectionString;
        await DatabaseCheck.Demand(connection);
        await using var db = Db.Briefly(connection);
        await ShaliHost.Migrate(db);
        var file = MasterKeyFile.Of(folder.Path, options.MasterKeyFile);

        // In this order a stop at any moment leaves a file that opens everything: the next start goes on with it.
        await Seal(db, await file.Read(await Any(db), Console.WriteLine));
        await file.Prepend();
        var count = await Seal(db, await file.Read(sealedAlready: true, Console.WriteLine));
        await file.KeepNewest();
        Console.WriteLine($"已更换主密钥 {file.Path}，重新封存了 {count} 个密钥。请备份新的主密钥；其他节点须换用同一个文件。");
        return 0;
    }
}
