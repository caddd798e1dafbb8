using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Whoever copies the database alone has no key of the city; the master key can be changed.</summary>
public sealed class KeysSealed(City city) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-keys-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_lies_bare_and_what_did_is_sealed_at_the_next_start()
    {
        var database = await city.OwnDatabase();
        await using var db = Db.Briefly(database);
        await (await city.AnotherHost(database)).DisposeAsync();
        Assert.Equal(0, await Bare(db));
        var before = await PublicKey(db, City.MasterKey);

        // As a version without master key kept them.
        foreach (var column in new[] { KeyRing.Column, CheckpointKey.Column })
        {
            var (table, name, content) = (Sql.Trusted(column.Table), Sql.Trusted(column.Name), Sql.Trusted(column.Content));
            foreach (var row in await db.List($"select {name}, {content} from {table}", row => (Name: row.GetString(0), Content: row.GetFieldValue<byte[]>(1)), Token))
            {
                var bare = MasterKey.None.Seal(City.MasterKey.Open(row.Content, column.Place(row.Name)), "");
                await db.Run($"update {table} set {content} = {bare} where {name} = {row.Name}", Token);
            }
        }

        Assert.True(await Bare(db) > 0);
        await (await city.AnotherHost(database)).DisposeAsync();
        Assert.Equal(0, await Bare(db));
        Assert.Equal(before, await PublicKey(db, City.MasterKey));
    }

    [Fact]
    public async Task The_master_key_is_changed_and_everything_goes_on()
    {
        var database = await city.OwnDatabase();
        await using var db = Db.Briefly(database);
        await using var host = await city.AnotherHost(database);
        await host.StartAsync(Token);
        var signing = await Jwks(host);
        await host.StopAsync(Token);
        var checkpoint = await PublicKey(db, City.MasterKey);

        var file = Path.Combine(_folder, "master.key");
        var old = new string('0', MasterKey.Size * 2);
        await File.WriteAllTextAsync(file, old, Token);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var (code, said) = await PortalProcess.Run("seal-keys", "--data", _folder, "--database", database);
        Assert.True(code == 0, said);

        var lines = await File.ReadAllLinesAsync(file, Token);
        Assert.NotEqual(old, Assert.Single(lines));
        Assert.DoesNotContain(lines[0], said, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await Assert.ThrowsAsync<StartRefusedException>(() => city.AnotherHost(database));

        var renewed = new MasterKey([Convert.FromHexString(lines[0])]);
        Assert.Equal(checkpoint, await PublicKey(db, renewed));
        await using var next = await city.AnotherHost(database, settings => settings with { MasterKey = renewed });
        await next.StartAsync(Token);
        Assert.Equal(signing, await Jwks(next));
        await next.StopAsync(Token);
    }

    private static async Task<string> Jwks(WebApplication host)
    {
        using var http = new HttpClient(new SocketsHttpHandler())
        {
            BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
        using var answer = await http.GetAsync(new Uri("/.well-known/jwks", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private static async Task<byte[]> PublicKey(Db db, MasterKey master)
    {
        using var key = await CheckpointKey.Open(db, master, "shali.city/audit", TimeProvider.System, Token);
        return key.Public;
    }

    private static Task<long> Bare(Db db) => db.Scalar<long>(
        $"""
        select (select count(*) from identity.key_ring where get_byte(content, 0) = 0)
            + (select count(*) from audit.key where get_byte(private, 0) = 0)
        """,
        Token);
}
