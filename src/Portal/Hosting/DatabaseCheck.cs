using System.Globalization;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>Whether a PostgreSQL will do, found out before anything is written to it.</summary>
internal static class DatabaseCheck
{
    private const int VersionMin = 150_000;

    /// <exception cref="StartRefusedException">Not reachable, too old, without PostGIS, or not ours to make tables in.</exception>
    public static async Task Demand(string connectionString)
    {
        try
        {
            await using var db = Db.Briefly(connectionString);
            var version = int.Parse((await db.Scalar<string>($"select current_setting('server_version_num')"))!, CultureInfo.InvariantCulture);
            if (version < VersionMin)
            {
                throw new StartRefusedException($"数据库版本 PostgreSQL {version / 10_000} 太旧，需要 15 或更高版本。没有改动任何内容。");
            }

            if (!await db.Scalar<bool>($"select exists (select from pg_catalog.pg_extension where extname = 'postgis')"))
            {
                throw new StartRefusedException("数据库中没有 PostGIS 扩展，请由数据库管理员执行：create extension postgis;");
            }

            if (!await db.Scalar<bool>($"select pg_catalog.has_database_privilege(current_database(), 'create')"))
            {
                throw new StartRefusedException("数据库用户没有在该数据库中建立模式的权限，请由数据库管理员将数据库的所有者改为该用户：alter database ... owner to ...;");
            }
        }
        catch (ArgumentException malformed)
        {
            throw new StartRefusedException($"数据库连接串无效：{malformed.Message}");
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new StartRefusedException("数据库拒绝登录：用户名或密码不正确，或者该用户不允许从本机连接。");
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidCatalogName)
        {
            throw new StartRefusedException("数据库服务器上没有连接串指明的数据库，请先建立：create database ... owner ...;");
        }
        catch (NpgsqlException failure)
        {
            throw new StartRefusedException($"无法连接数据库：{failure.Message.ReplaceLineEndings(" ")}");
        }
    }
}
