using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Identity;

/// <summary>An account as a seeder asks for it. Without a password it gets a random one.</summary>
/// <param name="Posts">Office, role, scope and area of each post; the account is filled in.</param>
public sealed record DemoAccount(string Login, string Name, string? Person, IReadOnlyList<Post> Posts, string? Password = null);

/// <summary>
/// Fills a demo city with accounts, quickly: hashes are made on all cores, rows go in as one statement, posts as one
/// act. Only for a city of made-up people: it asks nobody and does not log each account.
/// </summary>
public sealed class DemoAccounts(
    Db db, Accounts accounts, Passwords passwords, Offices offices, RecordStore store, Revocations revocations)
{
    /// <summary>The logins that were made, with their passwords: nobody can ask for them again.</summary>
    public async Task<IReadOnlyList<DemoLogin>> Create(
        IReadOnlyList<DemoAccount> wanted, Caller who, CancellationToken cancel = default)
    {
        var made = new (Account Account, string Password)[wanted.Count];
        Parallel.For(0, wanted.Count, new ParallelOptions { CancellationToken = cancel }, i =>
        {
            var password = wanted[i].Password ?? Passwords.Random();
            made[i] = (accounts.New(Account.Normal(wanted[i].Login), wanted[i].Name, wanted[i].Person, passwords.HashRandom(password), due: false), password);
        });
        await Insert([.. made.Select(each => each.Account)], who, cancel);
        var posts = wanted.Zip(made, (account, each) => account.Posts.Select(post => (Post: post with { Account = each.Account.Id }, account.Name)))
            .SelectMany(each => each).ToList();
        if (posts.Count > 0)
        {
            var changes = posts.Select(each => (Change)new Change.Insert(IdentityResources.Post, "", Posts.Values(each.Post, each.Name))).ToList();
            var written = await store.Write(new Act(who, "identity.post.give", "demo"), changes, cancel);
            _ = written.Value;
            await revocations.Announce(cancel, Revocations.Offices);
        }

        return
        [
            .. wanted.Zip(made, (account, each) => new DemoLogin(
                each.Account.Login,
                each.Password,
                account.Name,
                account.Posts.Count > 0 ? offices.NameOf(account.Posts[0].Office) : "",
                account.Posts.Count > 0 ? [.. account.Posts.Select(post => post.Role)] : [Roles.Resident])),
        ];
    }

    private Task Insert(IReadOnlyList<Account> made, Caller who, CancellationToken cancel)
    {
        string[] ids = [.. made.Select(each => each.Id)];
        string[] logins = [.. made.Select(each => each.Login)];
        string[] names = [.. made.Select(each => each.Name)];
        string?[] people = [.. made.Select(each => each.Person)];
        string[] hashes = [.. made.Select(each => each.PasswordHash)];
        var now = made.Count > 0 ? made[0].CreatedAt : default;
        return db.Run(
            $"""
            insert into identity.account (id, login, name, person, password_hash, password_changed_at, password_change_due, created_at, created_by)
            select id, login, name, person, hash, {now}, false, {now}, {who.Id}
            from unnest({ids}, {logins}, {names}, {people}, {hashes}) as a(id, login, name, person, hash)
            """,
            cancel);
    }
}
