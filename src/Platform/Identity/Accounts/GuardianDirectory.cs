namespace Shali.Platform.Identity;

/// <summary>
/// Who acts for a child by law (民法典 art. 23, 27), without knowing the register: the base of the population gives the
/// answers. Without one nobody acts for anybody on line.
/// </summary>
public class GuardianDirectory
{
    /// <summary>Below this age a person has guardians (民法典 art. 17).</summary>
    public const int FullAge = 18;

    /// <summary>The minor children of this person, oldest first, as far as the register proves it.</summary>
    /// <param name="who">As whom the base reads: system and office stand in the read record.</param>
    /// <param name="purpose">What for, in words that the child's parents can see.</param>
    /// <param name="guardian">Population key of whoever wants to act.</param>
    public virtual Task<IReadOnlyList<Ward>> WardsOf(Caller who, string purpose, string guardian, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<Ward>>([]);
}

/// <summary>A minor whom somebody represents.</summary>
/// <param name="Key">Population key.</param>
public sealed record Ward(string Key, string Name, DateOnly Born)
{
    /// <summary>The day on which he is of age: from then on nobody acts for him by law.</summary>
    public DateOnly Until => Born.AddYears(GuardianDirectory.FullAge);
}
