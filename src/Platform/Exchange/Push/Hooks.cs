using System.Security.Cryptography;
using Npgsql;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Push;

/// <summary>Where the changes of a grant are pushed to, and how it stands.</summary>
public sealed record Hook(
    string Grant, string Resource, string Office, string Address, FeedCursor After, string State, int Tries, DateTimeOffset NextTry, long Sent, DateTimeOffset? LastSent, string? LastError)
{
    public const string Active = "active";
    public const string Paused = "paused";
}

/// <summary>An event that the other side did not take.</summary>
/// <param name="Due">By this day somebody of the consumer decides.</param>
public sealed record DeadLetter(string Id, string Grant, string Event, string Body, DateTimeOffset At, DateOnly Due, string Reason, int Tries);

/// <summary>Hooks are the consumer's: it names the address, pauses, sends again. The secret is shown once.</summary>
public sealed class Hooks(Db db, MasterKey master, AuditLog log, ResourceRegistry registry, GrantDesk grants, PushSettings settings, TimeProvider time)
{
    private static readonly Basis Supply = new("政务数据共享条例", "第二十二条");

    internal const string Columns = "grant_no, resource, office, address, position, ordinal, state, tries, next_try, sent, last_sent, last_error";

    public static readonly SealedColumn Column = new("push.hook", "grant_no", "secret");

    public Task<Hook?> Find(string grant, CancellationToken cancel = default) =>
        db.One($"select {Sql.Trusted(Columns)} from push.hook where grant_no = {grant}", Read, cancel);

    /// <summary>Names or changes the address; the secret, which nobody sees a second time.</summary>
    /// <param name="fromNow">Only what changes from now on; else everything from the beginning of the feed, which is the whole resource.</param>
    public async Task<Outcome<string>> Save(Caller who, string grant, string address, bool fromNow, CancellationToken cancel = default)
    {
        if (await Mine(who, grant, cancel) is not { } held)
        {
            return new Refusal("SHR-D01", "", Exchange.Text.NoSuchGrant);
        }

        var wrong = HookAddress.Judge(address.Trim(), settings, out var uri);
        var refusals = Refusals.Of(
            !held.WayCodes.Contains(GrantWay.Push, StringComparer.Ordinal) ? new("SHR-H01", "", Text.NotByPush, Supply) : null,
            wrong is not null ? new("SHR-H02", "address", wrong) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var sealedSecret = master.Seal(System.Text.Encoding.UTF8.GetBytes(secret), Column.Place(grant));
        if (fromNow && registry.Find(held.Resource) is { } resource)
        {
            // What was committed before he asked has its place before "now".
            await log.Placed(resource.Schema, cancel);
        }

        var head = fromNow ? await db.Scalar<long>($"select size from audit.head", cancel) - 1 : -1;
        await db.Run(
            $"""
            insert into push.hook (grant_no, resource, office, address, secret, position, ordinal, made_by, made_at)
            values ({grant}, {held.Resource}, {held.Consumer}, {uri!.AbsoluteUri}, {sealedSecret}, {head}, {int.MaxValue}, {who.Id}, {time.GetUtcNow()})
            on conflict (grant_no) do update set address = excluded.address, secret = excluded.secret, state = 'active', tries = 0, next_try = '-infinity',
                last_error = null, made_by = excluded.made_by, made_at = excluded.made_at
            """,
            cancel);
        return secret;
    }

    public async Task<Refusals> Pause(Caller who, string grant, bool pause, CancellationToken cancel = default) =>
        await Mine(who, grant, cancel) is not null && await db.Run(
            $"update push.hook set state = {(pause ? Hook.Paused : Hook.Active)}, tries = 0, next_try = '-infinity' where grant_no = {grant}", cancel) > 0
            ? Refusals.None : Refusals.Of(new Refusal("SHR-D01", "", Exchange.Text.NoSuchGrant));

    public Task<List<DeadLetter>> Letters(string grant, string? after, int limit, CancellationToken cancel = default) => db.List(
        $"""
        select id, grant_no, event, body, at, due, reason, tries from push.letter
        where grant_no = {grant} and state = 'dead' and id > {after ?? ""} order by id limit {limit}
        """,
        row => new DeadLetter(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateOnly>(5), row.GetString(6), row.GetInt32(7)),
        cancel);

    /// <summary>The grant, where the caller may look after its hook: somebody of the consumer's office.</summary>
    public async Task<Grant?> Mine(Caller who, string grant, CancellationToken cancel = default) =>
        await grants.Get(who, grant, cancel) is { Grant: { System: null } held } && held.Consumer == who.Office && who.May(SharingRights.Apply) ? held : null;

    internal string SecretOf(string grant, byte[] content) => System.Text.Encoding.UTF8.GetString(master.Open(content, Column.Place(grant)));

    internal static Hook Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), new(row.GetInt64(4), row.GetInt32(5)), row.GetString(6), row.GetInt32(7),
        row.GetFieldValue<DateTimeOffset>(8), row.GetInt64(9), row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10), row.IsDBNull(11) ? null : row.GetString(11));
}
