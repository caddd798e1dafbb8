using Shali.Platform.Exchange.Services;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange;

/// <summary>All that one office can ask of another: resources of the registry, and services behind the gateway.</summary>
public sealed class SharedResources(ResourceRegistry registry, ServiceBook services)
{
    /// <summary>Differs whenever a definition may differ.</summary>
    public (long Registry, long Services) Generation => (registry.Generation, services.Generation);

    /// <summary>By id or address.</summary>
    public ResourceDefinition? Find(string idOrAddress) => registry.Find(idOrAddress) ?? services.Named(idOrAddress)?.Definition;

    /// <summary>Its name; the id of what is no longer there.</summary>
    public string NameOf(string id) => Find(id)?.Name ?? id;
}
