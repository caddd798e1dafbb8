using Shali.Platform.Kernel;
using Shali.Portal;

namespace Shali.Tests.Support;

/// <summary>One database, and its open connections, for tests that each load into resources of their own, one after the other.</summary>
public sealed class LoadDatabase(City city) : IAsyncLifetime
{
    public Db Db { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Db = new(ShaliHost.DataSource(await city.OwnDatabase() + ";Maximum Pool Size=10"));

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}
