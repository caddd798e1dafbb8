using System.Security.Cryptography;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// Files in fields of records, kept in the database under the hash of their content. A field of type file holds
/// that hash.
/// </summary>
public sealed class RecordFiles(Db db, TimeProvider time)
{
    public const int BytesMax = 20 * 1024 * 1024;

    private const int NameMax = 120;

    /// <summary>Keeps the file and gives its address, or says why it is not accepted.</summary>
    public async Task<Outcome<string>> Save(string field, string name, Stream content, long length, Caller who, CancellationToken cancel)
    {
        if (length > BytesMax)
        {
            return new Refusal("REG-F20", field, Files.Text.TooLarge(length, BytesMax));
        }

        var bytes = new byte[length];
        await content.ReadExactlyAsync(bytes, cancel);
        if (FileKind.Of(name, bytes) is not { } kind)
        {
            return new Refusal("REG-F21", field, Files.Text.WrongKind(Cut(name), FileKind.Extensions));
        }

        var address = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await db.Run(
            $"""
            insert into registry.file (sha256, name, type, bytes, who_id, at)
            values ({address}, {Cut(name)}, {kind.Type}, {bytes}, {who.Id}, {time.GetUtcNow()})
            on conflict (sha256) do nothing
            """,
            cancel);
        return address;
    }

    public Task<string?> NameOf(string address, CancellationToken cancel) =>
        db.Scalar<string>($"select name from registry.file where sha256 = {address}", cancel);

    public Task<StoredFile?> Find(string address, CancellationToken cancel) => db.One(
        $"select name, type, bytes from registry.file where sha256 = {address}",
        row => new StoredFile(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)),
        cancel);

    // Browsers may send a path; a name must not steer a download's header or folder.
    private static string Cut(string name)
    {
        var bare = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        bare = string.Concat(bare.Where(letter => !char.IsControl(letter) && letter is not ('"' or ';')));
        return bare.Length <= NameMax ? bare : bare[^NameMax..];
    }
}

/// <summary>A file as it is given out.</summary>
public sealed record StoredFile(string Name, string Type, byte[] Bytes);
