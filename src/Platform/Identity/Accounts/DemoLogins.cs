using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Shali.Platform.Identity;

/// <summary>A login of a demo city.</summary>
public sealed record DemoLogin(string Login, string Password, string Name, string Office, IReadOnlyList<string> Roles);

/// <summary>
/// Writes the logins and clients of a demo city to <c>var/demo-logins.json</c>, readable by the owner alone. The
/// seeder calls <see cref="DemoAccounts.Create"/> and <see cref="Clients.CreateClient"/>, keeps what they return and
/// gives all of it here once: the passwords exist nowhere else. A production start never calls it.
/// </summary>
public static class DemoLogins
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static async Task Write(
        string path, IEnumerable<DemoLogin> logins, IEnumerable<NewClient> clients, CancellationToken cancel = default)
    {
        var entries = logins
            .Select(each => (object)new { login = each.Login, password = each.Password, name = each.Name, office = each.Office, roles = each.Roles })
            .Concat(clients.Select(each => new { client_id = each.ClientId, client_secret = each.ClientSecret, office = each.Office }))
            .ToList();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var coming = path + ".new";
        File.Delete(coming);
        await using (var file = new FileStream(coming, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            await JsonSerializer.SerializeAsync(file, entries, Options, cancel);
        }

        File.Move(coming, path, overwrite: true);
    }
}
