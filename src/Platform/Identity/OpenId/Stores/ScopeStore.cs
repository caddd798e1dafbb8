using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using OpenIddict.Abstractions;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// The scopes of OpenIddict. Nothing writes them and the server does not look them up (<see cref="OpenIdServer"/>); the store is
/// here because OpenIddict wants one for each of its tables.
/// </summary>
internal sealed class ScopeStore(Db db) : OpenIdStore<OpenIdScope>(db, "OpenIddictScopes", Columns), IOpenIddictScopeStore<OpenIdScope>
{
    private static readonly IReadOnlyList<string> Columns =
        [.. CommonColumns, "Description", "Descriptions", "DisplayName", "DisplayNames", "Name", "Resources"];

    public ValueTask<OpenIdScope?> FindByNameAsync(string name, CancellationToken cancel) => One($"\"Name\" = {name}", cancel);

    public IAsyncEnumerable<OpenIdScope> FindByNamesAsync(ImmutableArray<string> names, CancellationToken cancel) =>
        Many($"\"Name\" = any({names.ToArray()})", cancel);

    public IAsyncEnumerable<OpenIdScope> FindByResourceAsync(string resource, CancellationToken cancel) =>
        Many($"\"Resources\"::jsonb ? {resource}", cancel);

    public ValueTask<string?> GetDescriptionAsync(OpenIdScope scope, CancellationToken cancel) => new(scope.Description);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDescriptionsAsync(OpenIdScope scope, CancellationToken cancel) =>
        new(JsonColumn.Translations(scope.Descriptions));

    public ValueTask<string?> GetDisplayNameAsync(OpenIdScope scope, CancellationToken cancel) => new(scope.DisplayName);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(OpenIdScope scope, CancellationToken cancel) =>
        new(JsonColumn.Translations(scope.DisplayNames));

    public ValueTask<string?> GetNameAsync(OpenIdScope scope, CancellationToken cancel) => new(scope.Name);

    public ValueTask<ImmutableArray<string>> GetResourcesAsync(OpenIdScope scope, CancellationToken cancel) =>
        new(JsonColumn.Strings(scope.Resources));

    public ValueTask SetDescriptionAsync(OpenIdScope scope, string? description, CancellationToken cancel) =>
        Set(scope.Description = description);

    public ValueTask SetDescriptionsAsync(
        OpenIdScope scope, ImmutableDictionary<CultureInfo, string> descriptions, CancellationToken cancel) =>
        Set(scope.Descriptions = JsonColumn.Of(descriptions));

    public ValueTask SetDisplayNameAsync(OpenIdScope scope, string? name, CancellationToken cancel) => Set(scope.DisplayName = name);

    public ValueTask SetDisplayNamesAsync(OpenIdScope scope, ImmutableDictionary<CultureInfo, string> names, CancellationToken cancel) =>
        Set(scope.DisplayNames = JsonColumn.Of(names));

    public ValueTask SetNameAsync(OpenIdScope scope, string? name, CancellationToken cancel) => Set(scope.Name = name);

    public ValueTask SetResourcesAsync(OpenIdScope scope, ImmutableArray<string> resources, CancellationToken cancel) =>
        Set(scope.Resources = JsonColumn.Of(resources));

    protected override OpenIdScope Read(NpgsqlDataReader reader, int at) => new()
    {
        Description = Text(reader, at),
        Descriptions = Text(reader, at + 1),
        DisplayName = Text(reader, at + 2),
        DisplayNames = Text(reader, at + 3),
        Name = Text(reader, at + 4),
        Resources = Text(reader, at + 5),
    };

    protected override IEnumerable<Sql> Values(OpenIdScope scope) =>
    [
        Text(scope.Description), Text(scope.Descriptions), Text(scope.DisplayName), Text(scope.DisplayNames), Text(scope.Name),
        Text(scope.Resources),
    ];
}
