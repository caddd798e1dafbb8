using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>Which PostgreSQL opens a cluster: the one that made it, and where the machine has it.</summary>
internal static class PostgresVersion
{
    private const int VersionMin = 15;

    /// <summary>The version of PostgreSQL that made the cluster, which alone can open it; null when there is none yet.</summary>
    public static int? MadeWith(string cluster)
    {
        var file = Path.Combine(cluster, "PG_VERSION");
        if (!File.Exists(file))
        {
            return null;
        }

        // 9.6 and its like have two parts.
        var text = File.ReadAllText(file).Trim();
        var version = int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new StartRefusedException($"数据目录 {cluster} 不完整：PG_VERSION 中没有版本号。没有改动任何内容；请从备份恢复。");
        return version >= VersionMin
            ? version
            : throw new StartRefusedException(
                $"数据目录 {cluster} 由 PostgreSQL {text} 建立，太旧，需要 {VersionMin} 或更高版本。没有改动任何内容；请先用 pg_upgrade 升级。");
    }

    /// <summary>Of the version asked for; else of the lowest that will do.</summary>
    public static string Binaries(int? version)
    {
        var found = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .Select(path => (Path: Path.Combine(path, "bin"), Version: int.TryParse(Path.GetFileName(path), out var version) ? version : 0))
                .Where(candidate => (version is null ? candidate.Version >= VersionMin : candidate.Version == version) && File.Exists(Path.Combine(candidate.Path, "postgres")))
                .OrderBy(candidate => candidate.Version)
                .FirstOrDefault()
            : default;
        return found.Path ?? throw new StartRefusedException(version is not null
            ? $"数据由 PostgreSQL {version} 建立，本机没有这个版本，请安装：apt-get install postgresql-{version} postgresql-{version}-postgis-3"
            : $"没有找到 PostgreSQL {VersionMin} 或更高版本，请安装：apt-get install postgresql-15 postgresql-15-postgis-3");
    }
}
