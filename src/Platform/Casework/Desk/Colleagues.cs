using System.Collections.Concurrent;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>The people of the offices, as far as cases are given to them.</summary>
public sealed class Colleagues(RecordReader reader, TimeProvider time)
{
    private const int OfficeMax = 1_000;

    /// <summary>Null when nobody holds a post under this account today.</summary>
    public async Task<Colleague?> Find(string? account, CancellationToken cancel = default) =>
        string.IsNullOrWhiteSpace(account) ? null : (await List("account", account, cancel)).FirstOrDefault();

    /// <summary>Who can be given a case in the office, by name.</summary>
    public async Task<IReadOnlyList<Colleague>> In(string office, CancellationToken cancel = default) =>
        [.. (await List("office", office, cancel)).OrderBy(colleague => colleague.Name, StringComparer.Ordinal)];

    /// <summary>Who heads the office, for what is nobody's yet. Kept for a minute: at midnight hundreds of cards ask.</summary>
    public async Task<IReadOnlyList<Colleague>> Heads(string office, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        if (_heads.TryGetValue(office, out var known) && now - known.At < Kept && now >= known.At)
        {
            return known.Heads;
        }

        var heads = await List("office", office, cancel, role => role == Roles.Head);
        _heads[office] = (now, heads);
        return heads;
    }

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<Colleague> Heads)> _heads = new(StringComparer.Ordinal);

    private async Task<IReadOnlyList<Colleague>> List(string field, string value, CancellationToken cancel, Func<string, bool>? role = null)
    {
        var query = new RecordQuery { Where = new Filter.Compare(field, Comparison.Equal, value), Limit = OfficeMax };
        var today = time.Today();
        return
        [
            .. (await reader.List(IdentityResources.Post, query, cancel)).Records
                .Where(record => IdentityResources.ReadPost(record) is var post && post.HeldOn(today) && (role ?? Handles)(post.Role))
                .GroupBy(record => record.Text("account")!, StringComparer.Ordinal)
                .Select(posts => new Colleague(posts.Key, posts.First().Text("name")!, [.. posts.Select(post => post.Text("office")!).Distinct()])),
        ];
    }

    /// <summary>Administrators of the platform handle no cases (三员分立).</summary>
    private static bool Handles(string role) => role is Roles.Clerk or Roles.Head or Roles.InformationOfficer or Roles.Leader;
}
