namespace Shali.Platform.Identity;

/// <summary>One of the identities that a person can act in; what a session stores of it is <see cref="Id"/>.</summary>
/// <param name="Id"><c>resident</c>, <c>post:key</c> or <c>firm:key</c>.</param>
public sealed record ActingAs(string Id, string Label, string Note)
{
    public const string Resident = "resident";
    public const string PostPrefix = "post:";
    public const string FirmPrefix = "firm:";

    public bool IsPost => Id.StartsWith(PostPrefix, StringComparison.Ordinal);
}

/// <summary>Turns an account and one of its identities into the caller who acts.</summary>
public sealed class Identities(Posts posts, Offices offices, FirmDirectory firms, Permissions permissions)
{
    /// <summary>All identities that the account may act in today; staff posts first.</summary>
    public async Task<IReadOnlyList<ActingAs>> Of(Account account, CancellationToken cancel = default)
    {
        var all = (await posts.Of(account.Id, cancel))
            .Select(post => new ActingAs(ActingAs.PostPrefix + post.Key, $"{offices.NameOf(post.Office)} · {TitleOf(post)}", IdentityText.AsStaff))
            .ToList();
        if (account.Person is { } person)
        {
            all.Add(new ActingAs(ActingAs.Resident, account.Name, IdentityText.AsResident));
            all.AddRange((await firms.FirmsRepresentedBy(person, cancel))
                .Select(firm => new ActingAs(ActingAs.FirmPrefix + firm.Key, firm.Name, IdentityText.AsRepresentative)));
        }

        return all;
    }

    /// <summary>The caller; null when the account may no longer act so.</summary>
    public async Task<Caller?> Resolve(Account account, string actingAs, CancellationToken cancel = default)
    {
        var caller = new Caller { Id = account.Id, Name = account.Name, Kind = CallerKind.Resident, Person = account.Person };
        if (actingAs.StartsWith(ActingAs.PostPrefix, StringComparison.Ordinal))
        {
            var post = await posts.Held(actingAs[ActingAs.PostPrefix.Length..], cancel);
            return post is null || !string.Equals(post.Account, account.Id, StringComparison.Ordinal) ? null : AsStaff(caller, post);
        }

        if (account.Person is not { } person)
        {
            return null;
        }

        if (actingAs == ActingAs.Resident)
        {
            return caller with { Role = Roles.Resident, Permissions = permissions.Of(Roles.Resident, "") };
        }

        var firm = (await firms.FirmsRepresentedBy(person, cancel)).FirstOrDefault(each => ActingAs.FirmPrefix + each.Key == actingAs);
        return firm is null
            ? null
            : caller with { Role = Roles.Representative, Entity = firm.Key, Permissions = permissions.Of(Roles.Representative, "") };
    }

    private Caller AsStaff(Caller caller, Post post) => caller with
    {
        Kind = CallerKind.Staff,
        Office = post.Office,
        OfficeName = offices.NameOf(post.Office),
        Role = post.Role,
        Scope = post.Scope,
        Area = post.Area.Length > 0 ? post.Area : offices.Find(post.Office)?.Region ?? "",
        Permissions = permissions.Of(post.Role, post.Office),
    };

    private static string TitleOf(Post post) => post.Title.Length > 0 ? post.Title : Roles.Labels[post.Role];
}
