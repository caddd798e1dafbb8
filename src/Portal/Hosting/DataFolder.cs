using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>
/// The folder of one instance. Held by an exclusive lock for as long as the process lives, so that two instances
/// never share a database; the lock goes with the process, however it ends.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public static DataFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var held = new FileStream(System.IO.Path.Combine(path, "shali.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new(path, held);
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartRefusedException($"没有写入数据目录 {path} 的权限，请换一个目录（--data）或调整其权限。");
        }
        catch (IOException) when (Directory.Exists(path))
        {
            throw new StartRefusedException($"数据目录 {path} 正被另一个实例使用，请先停止它，或用 --data 指定别的目录。");
        }
        catch (IOException failure)
        {
            throw new StartRefusedException($"无法使用数据目录 {path}：{failure.Message}");
        }
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();
}
