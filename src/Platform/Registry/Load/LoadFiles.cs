using System.Security.Cryptography;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>Uploaded files and their rejects in the data folder, under names that say nothing.</summary>
public sealed class LoadFiles(LoadSettings settings)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes what comes to disk as it comes; the hash is made on the way.</summary>
    public async Task<Outcome<(string File, long Bytes, string Sha256)>> Keep(Stream body, string id, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(settings.Folder);
        var path = Full(id);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        long bytes = 0;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            await using (var file = new FileStream(path, options))
            {
                int read;
                while ((read = await body.ReadAsync(buffer, cancel)) > 0)
                {
                    bytes += read;
                    if (bytes > settings.Limits.FileBytes)
                    {
                        break;
                    }

                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                }

                file.Flush(flushToDisk: true);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        if (bytes == 0 || bytes > settings.Limits.FileBytes)
        {
            File.Delete(path);
            return bytes == 0
                ? new Refusal("LOAD-F01", "file", Text.EmptyFile)
                : new Refusal("LOAD-F03", "file", Text.TooLong(settings.Limits.FileBytes));
        }

        return (id, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public string Path(LoadJob job) => Full(job.File);

    public string RejectPath(LoadJob job) => Full(job.File) + ".rejects.csv";

    public void Remove(LoadJob job)
    {
        File.Delete(Path(job));
        File.Delete(RejectPath(job));
    }

    private string Full(string file) => System.IO.Path.Combine(settings.Folder, file);
}
