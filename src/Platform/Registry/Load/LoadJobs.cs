using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>The jobs as they stand in the database: what people see of a load, and what workers agree by.</summary>
public sealed class LoadJobs(Db db, LoadSettings settings, TimeProvider time) : IDisposable
{
    private const string Columns =
        """
        id, resource, file_name, file, bytes, sha256, options::text, state, note, warnings::text, rejects::text,
        rows_read, rows_bad, rows_new, rows_changed, rows_unchanged, progress, who::text, created_at, started_at,
        ended_at, cancel, attempt
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly SemaphoreSlim _work = new(0);

    public Task Add(LoadJob job, CancellationToken cancel = default) => db.Run(
        $"""
        insert into load.job (id, resource, file_name, file, bytes, sha256, options, state, who, who_id, office, created_at)
        values ({job.Id}, {job.Resource}, {job.FileName}, {job.File}, {job.Bytes}, {job.Sha256}, {Body(job.Options)},
            {Word(job.State)}, {Body(StoredCaller.Of(job.Who))}, {job.Who.Id}, {job.Who.Office}, {job.CreatedAt})
        """,
        cancel);

    public Task<LoadJob?> Get(string id, CancellationToken cancel = default) =>
        db.One($"select {Sql.Trusted(Columns)} from load.job where id = {id}", Read, cancel);

    /// <summary>The jobs that a caller may see: his own, and those of his office. Newest first.</summary>
    public Task<List<LoadJob>> Of(Caller who, string resource, int limit, CancellationToken cancel = default) => db.List(
        $"""
        select {Sql.Trusted(Columns)} from load.job
        where resource = {resource} and state <> 'draft' and (who_id = {who.Id} or (office = {who.Office} and office <> ''))
        order by created_at desc limit {limit}
        """,
        Read,
        cancel);

    /// <summary>From draft to waiting, with what the person decided. False when it is no draft any more.</summary>
    public async Task<bool> Start(string id, LoadOptions options, CancellationToken cancel = default)
    {
        var started = await db.Run(
            $"update load.job set state = 'waiting', options = {Body(options)} where id = {id} and state = 'draft'", cancel);
        Wake();
        return started == 1;
    }

    /// <summary>Keeps what the person has decided so far about a draft.</summary>
    public Task Redraft(string id, LoadOptions options, CancellationToken cancel = default) =>
        db.Run($"update load.job set options = {Body(options)} where id = {id} and state = 'draft'", cancel);

    /// <summary>Ends between two chunks; a job that has not begun ends at once.</summary>
    public async Task Cancel(string id, CancellationToken cancel = default)
    {
        await db.Run(
            $"""
            update load.job set cancel = true,
                state = case when state in ('draft', 'waiting') then 'cancelled' else state end,
                ended_at = case when state in ('draft', 'waiting') then {time.GetUtcNow()} else ended_at end
            where id = {id} and state in ('draft', 'waiting', 'checking', 'loading')
            """,
            cancel);
    }

    /// <summary>
    /// Takes the oldest job that nobody works at; at most one runs for each resource. A job whose worker fell silent is
    /// taken again.
    /// </summary>
    internal Task<LoadJob?> Claim(CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        return db.InTransaction(
            async session =>
            {
                await session.Run($"select pg_advisory_xact_lock(hashtextextended('load.claim', 3))", cancel);
                return await session.One(
                    $"""
                    update load.job set attempt = attempt + 1, lease_until = {now + settings.Lease},
                        started_at = coalesce(started_at, {now}),
                        state = case when state <> 'waiting' then state when options->>'mode' = 'all-or-nothing' then 'checking' else 'loading' end
                    where id = (
                        select id from load.job job
                        where state in ('waiting', 'checking', 'loading') and (lease_until is null or lease_until < {now})
                            and not exists (select 1 from load.job other where other.resource = job.resource and other.id <> job.id
                                and other.state in ('checking', 'loading') and other.lease_until >= {now})
                        order by state = 'waiting', created_at, id limit 1
                        for update skip locked)
                    returning {Sql.Trusted(Columns)}
                    """,
                    Read,
                    cancel);
            },
            cancel);
    }

    /// <summary>
    /// Says that the worker lives and how far it is; tells whether the person asked it to stop. Null: the job was lost
    /// to another worker.
    /// </summary>
    internal async Task<bool?> Beat(LoadJob job, LoadState state, LoadCounts counts, double progress, CancellationToken cancel = default)
    {
        var asked = await db.List(
            $"""
            update load.job set lease_until = {time.GetUtcNow() + settings.Lease}, state = {Word(state)}, progress = {(float)progress},
                rows_read = {counts.Read}, rows_bad = {counts.Bad}, rows_new = {counts.New},
                rows_changed = {counts.Changed}, rows_unchanged = {counts.Unchanged}
            where id = {job.Id} and attempt = {job.Attempt} and state in ('checking', 'loading')
            returning cancel
            """,
            row => row.GetBoolean(0),
            cancel);
        return asked.Count == 0 ? null : asked[0];
    }

    internal async Task<bool> End(
        LoadJob job, LoadState state, LoadCounts counts, string? note, IReadOnlyList<string> warnings, IReadOnlyList<Reject> rejects,
        CancellationToken cancel = default) =>
        await db.Run(
            $"""
            update load.job set state = {Word(state)}, note = {Sql.Value(note, NpgsqlDbType.Text)}, ended_at = {time.GetUtcNow()},
                lease_until = null, progress = 1, warnings = {Body(warnings)}, rejects = {Body(rejects)},
                rows_read = {counts.Read}, rows_bad = {counts.Bad}, rows_new = {counts.New},
                rows_changed = {counts.Changed}, rows_unchanged = {counts.Unchanged}
            where id = {job.Id} and attempt = {job.Attempt} and state in ('checking', 'loading')
            """,
            cancel) == 1;

    /// <summary>Gives the job back, so that it is taken up again at once or by somebody else.</summary>
    internal Task Release(LoadJob job, CancellationToken cancel = default) =>
        db.Run($"update load.job set lease_until = null where id = {job.Id} and attempt = {job.Attempt}", cancel);

    /// <summary>Jobs whose files have been kept long enough, and drafts that were never started.</summary>
    internal Task<List<LoadJob>> Old(CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        return db.List(
            $"""
            select {Sql.Trusted(Columns)} from load.job
            where not files_removed and (ended_at < {now - settings.Keep} or (state = 'draft' and created_at < {now - settings.Keep}))
            limit 100
            """,
            Read,
            cancel);
    }

    internal Task Removed(LoadJob job, CancellationToken cancel = default) =>
        db.Run($"update load.job set files_removed = true where id = {job.Id}", cancel);

    internal void Wake()
    {
        if (_work.CurrentCount == 0)
        {
            _work.Release();
        }
    }

    /// <summary>Until there may be work: a new job in this process, or the time after which others are looked for.</summary>
    public void Dispose() => _work.Dispose();

    internal Task Wait(TimeSpan most, CancellationToken cancel) => _work.WaitAsync(most, cancel);

    private static Sql Body<T>(T value) => Sql.Value(JsonSerializer.Serialize(value, Json), NpgsqlDbType.Jsonb);

    private static string Word(LoadState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    private static LoadJob Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Resource = row.GetString(1),
        FileName = row.GetString(2),
        File = row.GetString(3),
        Bytes = row.GetInt64(4),
        Sha256 = row.GetString(5),
        Options = JsonSerializer.Deserialize<LoadOptions>(row.GetString(6), Json)!,
        State = Enum.Parse<LoadState>(row.GetString(7), ignoreCase: true),
        Note = row.IsDBNull(8) ? null : row.GetString(8),
        Warnings = JsonSerializer.Deserialize<string[]>(row.GetString(9), Json)!,
        Rejects = JsonSerializer.Deserialize<Reject[]>(row.GetString(10), Json)!,
        Counts = new(row.GetInt64(11), row.GetInt64(12), row.GetInt64(13), row.GetInt64(14), row.GetInt64(15)),
        Progress = row.GetFloat(16),
        Who = JsonSerializer.Deserialize<StoredCaller>(row.GetString(17), Json)!.Caller,
        CreatedAt = row.GetFieldValue<DateTimeOffset>(18),
        StartedAt = row.IsDBNull(19) ? null : row.GetFieldValue<DateTimeOffset>(19),
        EndedAt = row.IsDBNull(20) ? null : row.GetFieldValue<DateTimeOffset>(20),
        CancelAsked = row.GetBoolean(21),
        Attempt = row.GetInt32(22),
    };

    // Permissions are not kept: a load that goes on after a restart has the right that it was started with.
    private sealed record StoredCaller(
        string Id, string Name, CallerKind Kind, string? Person, string Office, string OfficeName, string Role, string Address,
        DataScope Scope, string Area)
    {
        [JsonIgnore]
        public Caller Caller => new()
        {
            Id = Id,
            Name = Name,
            Kind = Kind,
            Person = Person,
            Office = Office,
            OfficeName = OfficeName,
            Role = Role,
            Address = Address,
            Scope = Scope,
            Area = Area,
        };

        public static StoredCaller Of(Caller who) =>
            new(who.Id, who.Name, who.Kind, who.Person, who.Office, who.OfficeName, who.Role, who.Address, who.Scope, who.Area);
    }
}
