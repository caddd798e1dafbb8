using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// All resource definitions of the city, those in code and those that offices made at run time. Publishing derives
/// the table at once; every door sees the new definition with its next request.
/// </summary>
public sealed class ResourceRegistry
{
    /// <summary>The current version of every resource, ordered by id.</summary>
    public IReadOnlyList<ResourceDefinition> All => throw new NotImplementedException();

    /// <summary>Rises with every published change on any node: cache keys of derived things.</summary>
    public long Generation => throw new NotImplementedException();

    /// <summary>By id (<c>population/person</c>) or address (<c>population.person</c>).</summary>
    public ResourceDefinition? Find(string idOrAddress) => throw new NotImplementedException();

    public CodeList? Codes(string name) => throw new NotImplementedException();

    public IReadOnlyList<CodeList> CodeLists => throw new NotImplementedException();

    /// <summary>All versions of a definition, oldest first.</summary>
    public Task<IReadOnlyList<(ResourceDefinition Definition, DateTimeOffset At, string Who)>> Versions(string id, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>
    /// Makes or changes a resource. Additive change happens online and at once; anything else is refused with the
    /// reason and the way to do it.
    /// </summary>
    public Task<Outcome<ResourceDefinition>> Publish(ResourceDefinition definition, Caller who, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>What publishing would refuse, without doing it.</summary>
    public Refusals Check(ResourceDefinition definition) => throw new NotImplementedException();
}
