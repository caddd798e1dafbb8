using System.Security.Cryptography;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>
/// The file with the master key: 64 hexadecimal digits a line, the newest key first; readable by its owner alone.
/// <c>SHALI_MASTER_KEY_FILE</c> says where it is (production: on another disk than the database and its backups, or
/// handed in by the machine's keeper of secrets); otherwise it is <c>master.key</c> in the data folder, and is made
/// at the first start. The key itself never stands on a command line, in a variable or in the log.
/// </summary>
internal sealed class MasterKeyFile
{
    public const string Variable = "SHALI_MASTER_KEY_FILE";

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string _path;
    private readonly bool _given;

    private MasterKeyFile(string path, bool given) => (_path, _given) = (path, given);

    /// <param name="named">Where it is, when it is not in the data folder.</param>
    public static MasterKeyFile Of(string dataFolder, string? named) =>
        named is not null
            ? new(System.IO.Path.GetFullPath(named), given: true)
            : new(System.IO.Path.Combine(dataFolder, "master.key"), given: false);

    public string Path => _path;

    /// <summary>The keys of the file; the file in the data folder is made when it is not there.</summary>
    /// <param name="sealedAlready">The database holds keys that are sealed: a new key would not open them.</param>
    public async Task<MasterKey> Read(bool sealedAlready, Action<string> say)
    {
        if (!File.Exists(_path))
        {
            if (_given || sealedAlready)
            {
                throw new StartRefusedException(sealedAlready
                    ? $"没有找到主密钥文件 {_path}，而数据库中的密钥是用主密钥封存的，拒绝启动。请放回该文件，或用环境变量 {Variable} 指明它的位置。"
                    : $"没有找到环境变量 {Variable} 指明的主密钥文件 {_path}。可以用“openssl rand -hex 32”生成，并将权限设为 600。");
            }

            await Write([Fresh()]);
            say($"已生成主密钥 {_path}。请另行备份，不要与数据库的备份放在一起；丢失后，令牌密钥和第二因素须全部重设。");
        }

        return new(Keys());
    }

    /// <summary>A new key before those that the file has: until everything is sealed anew, all of them open.</summary>
    public Task Prepend() => Write([Fresh(), .. Keys()]);

    /// <summary>Forgets all keys but the newest.</summary>
    public Task KeepNewest() => Write([Keys()[0]]);

    private static byte[] Fresh() => RandomNumberGenerator.GetBytes(MasterKey.Size);

    private List<byte[]> Keys()
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & Others) != 0)
            {
                throw new StartRefusedException($"主密钥文件 {_path} 可以被其他用户读取，拒绝启动。请执行：chmod 600 \"{_path}\"");
            }

            var keys = File.ReadAllLines(_path).Where(line => line.Trim().Length > 0).Select(line => Convert.FromHexString(line.Trim())).ToList();
            return keys.Count > 0 && keys.TrueForAll(key => key.Length == MasterKey.Size) ? keys : throw Malformed();
        }
        catch (FormatException)
        {
            throw Malformed();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"无法读取主密钥文件 {_path}：{failure.Message}");
        }
    }

    private StartRefusedException Malformed() =>
        new($"主密钥文件 {_path} 的内容不对：每行应为 {MasterKey.Size * 2} 位十六进制数。");

    /// <summary>Whole or not at all: a machine that stops in between keeps the file as it was.</summary>
    private async Task Write(IEnumerable<byte[]> keys)
    {
        try
        {
            var draft = _path + ".draft";
            File.Delete(draft);
            await using (var file = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                foreach (var key in keys)
                {
                    file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key) + "\n"));
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(draft, _path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"无法写入主密钥文件 {_path}：{failure.Message}");
        }
    }
}
