namespace Shali.Tests.Support;

/// <summary>One city for the stories that change none of its items.</summary>
public sealed class SharedPackageTown(City city) : IAsyncLifetime
{
    private PackageTown _town = null!;

    internal PackageTown Town
    {
        get
        {
            _town.Time.Now = PackageTown.Monday;
            return _town;
        }
    }

    public async ValueTask InitializeAsync() => _town = await PackageTown.Start(city);

    public ValueTask DisposeAsync() => _town.DisposeAsync();
}
