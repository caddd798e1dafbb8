using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Kernel;

/// <summary>
/// Tables that are not derived from a resource definition come from numbered files, forward only:
/// <c>Audit/0001_log.sql</c>. A file that was applied once must never change; the start refuses if it did.
/// </summary>
public static class Migrations
{
    private const long Lock = 0x5348414C49; // "SHALI"

    public static async Task Apply(Db db, IEnumerable<Assembly> assemblies, CancellationToken cancel = default)
    {
        var files = assemblies.SelectMany(Files).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        await db.Unhurried.InTransaction(
            async session =>
            {
                await session.Run($"select pg_advisory_xact_lock({Lock})", cancel);
                await session.Run(
                    $"""
                    create table if not exists public.shali_migration (
                        name text primary key, sha256 text not null, applied_at timestamptz not null default now())
                    """,
                    cancel);
                var applied = (await session.List(
                    $"select name, sha256 from public.shali_migration",
                    row => (Name: row.GetString(0), Hash: row.GetString(1)),
                    cancel)).ToDictionary(row => row.Name, row => row.Hash, StringComparer.Ordinal);
                foreach (var file in files)
                {
                    if (applied.TryGetValue(file.Name, out var hash))
                    {
                        if (hash != file.Hash)
                        {
                            throw new StartRefusedException($"数据库脚本 {file.Name} 在应用之后被修改过，拒绝启动。");
                        }

                        continue;
                    }

                    await session.Run(Sql.Trusted(file.Text), cancel);
                    await session.Run(
                        $"insert into public.shali_migration (name, sha256) values ({file.Name}, {file.Hash})", cancel);
                }
            },
            cancel);
    }

    /// <summary>One hash over all files: equal hashes mean equal fixed tables.</summary>
    public static string Fingerprint(IEnumerable<Assembly> assemblies) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Concat(assemblies.SelectMany(Files).Select(file => file.Hash).Order(StringComparer.Ordinal)))));

    private static IEnumerable<(string Name, string Text, string Hash)> Files(Assembly assembly) =>
        from name in assembly.GetManifestResourceNames()
        where name.EndsWith(".sql", StringComparison.Ordinal)
        let text = Resource.Text(assembly, name)
        select (name, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}

/// <summary>The start is refused with one clear sentence; nothing was changed.</summary>
public sealed class StartRefusedException(string sentence) : Exception(sentence);
