using Shali.Platform.Audit;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Identity;

/// <summary>Who holds which post. Giving and ending posts is the security administrator's; both are journaled and logged.</summary>
public sealed class Posts(
    RecordReader reader, RecordStore store, Offices offices, Revocations revocations, AuditLog log, TimeProvider time)
{
    /// <summary>The posts that an account holds today, in offices that still stand.</summary>
    public async Task<IReadOnlyList<Post>> Of(string account, CancellationToken cancel = default) =>
        [.. (await AllOf(account, cancel)).Where(Stands)];

    /// <summary>All posts of an account, also ended and coming ones.</summary>
    public async Task<IReadOnlyList<Post>> AllOf(string account, CancellationToken cancel = default) =>
        await List(Equal("account", account), cancel);

    /// <summary>Everyone who was ever in an office.</summary>
    public Task<IReadOnlyList<Post>> In(string office, CancellationToken cancel = default) => List(Equal("office", office), cancel);

    /// <summary>One post, when it is held today.</summary>
    public async Task<Post?> Held(string key, CancellationToken cancel = default) =>
        await reader.Get(IdentityResources.Post, key, null, cancel) is { } record && IdentityResources.ReadPost(record) is var post && Stands(post)
            ? post
            : null;

    /// <summary>Gives a post. All that speaks against it is said at once.</summary>
    public async Task<Outcome<Written>> Give(Caller who, Post post, string name, string reason, CancellationToken cancel = default)
    {
        var held = (await Of(post.Account, cancel)).Select(each => each.Role).ToHashSet(StringComparer.Ordinal);
        var refusals = Check(post).And(Separation.Check(
            who, post.Account, post.Role, held, post.Role == Roles.SecurityAdministrator ? await SecurityAdministrators(cancel) : 1));
        if (refusals.Any)
        {
            return refusals;
        }

        var act = new Act(who, "identity.post.give", reason);
        var written = await store.Write(
            act,
            IdentityResources.Post.Schema,
            async session =>
            {
                // Two administrators at two desks must not give one person two of the three roles at once.
                await session.Lock($"identity/post/{post.Account}", cancel);
                var now = await session.List(IdentityResources.Post, new RecordQuery { Where = Equal("account", post.Account), Limit = 1000 }, cancel);
                var roles = now.Select(IdentityResources.ReadPost).Where(Stands).Select(each => each.Role).ToHashSet(StringComparer.Ordinal);
                var again = Separation.Check(Caller.Platform("posts"), post.Account, post.Role, roles, 1);
                return again.Any ? again : (await session.Apply(new Change.Insert(IdentityResources.Post, "", Values(post, name)), cancel)).Refusals;
            },
            cancel);
        if (written.Ok)
        {
            await log.Append(Granted(who, post, name, reason), cancel);
            await revocations.Announce(cancel, $"account:{post.Account}");
        }

        return written;
    }

    /// <summary>Ends a post on a day; from then on nobody acts in it.</summary>
    public async Task<Outcome<Written>> End(Caller who, string key, DateOnly day, string reason, CancellationToken cancel = default)
    {
        if (await reader.Get(IdentityResources.Post, key, null, cancel) is not { } record)
        {
            return new Refusal("ID-R05", "post", IdentityText.NoSuchPost);
        }

        var post = IdentityResources.ReadPost(record);
        if (day < post.From)
        {
            return new Refusal("ID-O04", "ends", IdentityText.EndsBeforeBegin);
        }

        var act = new Act(who, "identity.post.end", reason);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["ends"] = day };
        var written = await store.Write(act, [new Change.Update(IdentityResources.Post, key, record.Version, values)], cancel);
        if (written.Ok)
        {
            await log.Append(Granted(who, post, record.Text("name")!, reason) with { Kind = "permission.revoke" }, cancel);
            await revocations.Announce(cancel, $"account:{post.Account}");
        }

        return written;
    }

    internal static Dictionary<string, object?> Values(Post post, string name) => new(StringComparer.Ordinal)
    {
        ["account"] = post.Account,
        ["name"] = name,
        ["office"] = post.Office,
        ["role"] = post.Role,
        ["scope"] = IdentityResources.CodeOf(post.Scope),
        ["area"] = post.Area.Length == 0 ? null : post.Area,
        ["title"] = post.Title.Length == 0 ? Roles.Labels[post.Role] : post.Title,
        ["begins"] = post.From,
        ["ends"] = post.To,
    };

    internal static AuditEntry Granted(Caller who, Post post, string name, string reason) =>
        new("permission.grant", who) { Purpose = reason, Note = $"{name}（{post.Account}） {post.Office} {Roles.Labels[post.Role]}" };

    private Refusals Check(Post post) => Refusals.Of(
        offices.Find(post.Office) is null ? new Refusal("ID-O01", "office", IdentityText.NoSuchOffice(post.Office)) : null,
        IdentityResources.RoleCodes.Find(post.Role) is null ? new Refusal("ID-R06", "role", IdentityText.NoSuchRole(post.Role)) : null,
        post.Scope == DataScope.Area && post.Area.Length == 0 ? new Refusal("ID-R07", "area", IdentityText.AreaMissing) : null,
        post.To is { } to && to <= post.From ? new Refusal("ID-O04", "ends", IdentityText.EndsBeforeBegin) : null);

    private async Task<int> SecurityAdministrators(CancellationToken cancel) =>
        (await List(Equal("role", Roles.SecurityAdministrator), cancel)).Count(Stands);

    private bool Stands(Post post) =>
        post.HeldOn(time.Today()) && (offices.Find(post.Office)?.StandsOn(time.Today()) ?? false);

    private async Task<IReadOnlyList<Post>> List(Filter where, CancellationToken cancel) =>
    [
        .. (await reader.List(IdentityResources.Post, new RecordQuery { Where = where, Limit = 1000 }, cancel))
            .Records.Select(IdentityResources.ReadPost),
    ];

    private static Filter Equal(string field, string value) => new Filter.Compare(field, Comparison.Equal, value);
}
