namespace Shali.Tests.Support;

/// <summary>One database for tests that each load into resources of their own, one after the other.</summary>
public sealed class LoadDatabase(City city) : IAsyncLifetime
{
    public string Connection { get; private set; } = "";

    public async ValueTask InitializeAsync() => Connection = await city.OwnDatabase();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
