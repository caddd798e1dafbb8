using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>
/// What a system offers with an entry of the catalogue, such as asking for its data. Registered with
/// <c>services.AddSingleton&lt;EntryOffer, ...&gt;()</c>.
/// </summary>
public abstract class EntryOffer
{
    /// <summary>Null: nothing for this caller.</summary>
    public abstract (string Label, string Address)? Of(ResourceDefinition resource, Caller caller);
}
