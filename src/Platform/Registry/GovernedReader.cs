using System.Runtime.CompilerServices;
using Shali.Platform.Audit;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// What every door reads through: rights, scope and masks of the caller are applied, and a read of personal data is
/// durable in the audit log before anything is returned.
/// </summary>
public sealed class GovernedReader(RecordReader reader, AuditLog log, GrantBook grants, TimeProvider time)
{
    private const int ExportBatch = 1_000;

    /// <summary>What the caller may do with the resource; null when he may not even know its records.</summary>
    public Access? AccessOf(Caller caller, ResourceDefinition resource) => AccessOf(new ReadRequest(caller, resource));

    /// <summary>
    /// What the caller may do as he asks. By a right of his own, which costs nothing more; else, for programs of offices, by
    /// a grant that is in force at this moment. What is open needs none, unless he names one.
    /// </summary>
    public Access? AccessOf(ReadRequest request) =>
        Access.Of(request.Who, request.Resource) is { } own && (!own.Public || request.Grant is null) ? own : grants.Of(request);

    /// <inheritdoc cref="GrantBook.Why"/>
    internal Refusal? Why(ReadRequest request) => grants.Why(request);

    /// <inheritdoc cref="GrantBook.Changed"/>
    public Task GrantsChanged => grants.Changed;

    /// <summary>Why the request may not be served as it is asked; ask before reading.</summary>
    public Refusals Check(ReadRequest request)
    {
        if (AccessOf(request) is not { } access)
        {
            return Refusals.Of(grants.Why(request) ?? new Refusal("REG-A01", "", Text.NotAllowed(request.Resource.Name)));
        }

        if (access.Grant is { } grant && !grants.Count(grant))
        {
            return Refusals.Of(new Refusal("SHR-A09", "", Exchange.Text.RateUsedUp));
        }

        var clear = request.Clear && !access.Clear
            ? new Refusal("REG-A02", "clear", Text.NotClear(request.Resource.Name))
            : request.Clear && string.IsNullOrWhiteSpace(request.Purpose) && string.IsNullOrWhiteSpace(request.Case)
                ? new Refusal("REG-A03", "purpose", Text.NoPurpose, new Basis("个人信息保护法", "第六条"))
                : null;
        var unknown = (request.Fields ?? [])
            .Where(name => request.Resource.Field(name) is null)
            .Select(name => new Refusal("REG-F01", name, Text.UnknownField(name, request.Resource.Name)));
        var outside = (request.Fields ?? [])
            .Where(name => request.Resource.Field(name) is { } field && !access.Shows(field))
            .Select(name => new Refusal("SHR-A10", name, Exchange.Text.NotGranted(request.Resource.Field(name)!.Label, access.Grant!.Grant.Number)));
        return Refusals.Of([clear, .. unknown, .. outside]);
    }

    /// <summary>Null when there is no such record for this caller.</summary>
    public Task<ShownRecord?> Get(ReadRequest request, string key, DateTimeOffset? asOf = null, CancellationToken cancel = default) =>
        Get(request, key, asOf, static shown => shown, cancel);

    /// <summary>
    /// What the caller makes of a record: made while the log is written, which takes its time, and given when that is durable.
    /// </summary>
    /// <returns>Null when there is no such record for this caller.</returns>
    internal async Task<T?> Get<T>(ReadRequest request, string key, DateTimeOffset? asOf, Func<ShownRecord, T> make, CancellationToken cancel)
        where T : class
    {
        var view = View(request);
        Record? record;
        if (view.Access.Scope is null && Open(view) is null)
        {
            record = await reader.Get(request.Resource, key, asOf, cancel);
        }
        else
        {
            var query = Within(view, new RecordQuery { Where = new Filter.KeyIn([key]), Limit = 1, AsOf = asOf });
            record = (await reader.List(request.Resource, query, cancel)).Records.FirstOrDefault();
        }

        if (record is null)
        {
            return null;
        }

        var noted = Note(request, view, "record.read", [record]);
        var made = make(view.Show(record));
        await noted;
        return made;
    }

    public async Task<Outcome<ShownPage>> List(ReadRequest request, RecordQuery query, CancellationToken cancel = default)
    {
        var view = View(request);
        var page = await reader.TryList(request.Resource, Within(view, query), cancel);
        if (!page.Ok)
        {
            return page.Refusals;
        }

        await Note(request, view, "record.list", page.Value.Records);
        return new ShownPage([.. page.Value.Records.Select(view.Show)], page.Value.Next);
    }

    /// <summary>For exports: each batch is recorded, with everyone in it, before its first row is given.</summary>
    public async IAsyncEnumerable<ShownRecord> Stream(
        ReadRequest request, RecordQuery query, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var view = View(request);
        var batch = new List<Record>(ExportBatch);
        var scoped = Within(view, query);
        await foreach (var record in reader.Stream(request.Resource, scoped, cancel))
        {
            batch.Add(record);
            if (batch.Count == ExportBatch)
            {
                StillGranted(request, view);
                await Note(request, view, "export", batch);
                foreach (var ready in batch)
                {
                    yield return view.Show(ready);
                }

                batch.Clear();
            }
        }

        StillGranted(request, view);
        await Note(request, view, "export", batch);
        foreach (var ready in batch)
        {
            yield return view.Show(ready);
        }
    }

    public async Task<IReadOnlyList<(HistoryEntry Entry, ShownRecord Shown)>> History(
        ReadRequest request, string key, CancellationToken cancel = default)
    {
        var view = View(request);
        var history = await reader.History(request.Resource, key, cancel);
        if (history.Count == 0)
        {
            return [];
        }

        if (view.Access.Scope is not null || Open(view) is not null)
        {
            var visible = Within(view, new RecordQuery { Where = new Filter.KeyIn([key]), Limit = 1 });
            if ((await reader.List(request.Resource, visible, cancel)).Records.Count == 0)
            {
                return [];
            }
        }

        await Note(request, view, "record.history", [history[0].Record]);
        return [.. history.Select(entry => (entry, view.Show(entry.Record)))];
    }

    internal ReadView View(ReadRequest request) => ReadView.Of(Within(AccessOf(request), request), request)
        ?? throw (grants.Why(request) is { } ended
            ? new GrantEndedException(ended)
            : new InvalidOperationException($"{request.Who.Id} may not read {request.Resource.Id}: the door should have asked."));

    /// <summary>What goes out by a grant is counted for those who watch.</summary>
    internal void Flowed(ReadRequest request, ReadView view, int records, long position = -1)
    {
        if (view.Access.Grant is { } held)
        {
            grants.Flows.Note(held.Grant.Number, request.Way, records, position);
        }
    }

    /// <summary>A system that asks for more than its title page names has a bug; doors have told their callers before.</summary>
    private static Access? Within(Access? access, ReadRequest request) =>
        request.Who.System.Length > 0 && access?.Grant is { } grant && request.Fields?.FirstOrDefault(name => !grant.Shows(name)) is { } outside
            ? throw new InvalidOperationException($"{request.Who.System} may not read {outside} of {request.Resource.Id}.")
            : access;

    /// <summary>A grant that ended while its data was on the way ends the way too.</summary>
    private void StillGranted(ReadRequest request, ReadView view)
    {
        if (view.Access.Grant is not null)
        {
            View(request);
        }
    }

    private Filter? Open(ReadView view) => view.Access.Open(view.Plan.Definition, time.Today());

    private RecordQuery Within(ReadView view, RecordQuery query) =>
        query with { Where = Filter.All(view.Access.Scope, query.Where), Now = Open(view) };

    /// <summary>What was read is recorded also when the reader has gone in the meantime.</summary>
    private Task Note(ReadRequest request, ReadView view, string kind, IReadOnlyList<Record> records)
    {
        Flowed(request, view, records.Count);
        if (request.Resource.Subject is null || records.Count == 0)
        {
            return Task.CompletedTask;
        }

        var subjects = new List<string>(records.Count);
        foreach (var record in records)
        {
            if (view.Plan.Subject(record) is { } subject)
            {
                subjects.Add(subject);
            }
        }

        return log.Append(new AuditEntry(request.Clear ? "record.reveal" : kind, request.Who)
        {
            Resource = request.Resource.Id,
            Keys = records.Count == 1 ? [records[0].Key] : [.. records.Select(record => record.Key)],
            Fields = view.Names,
            Subjects = subjects,
            Purpose = request.Purpose ?? view.Access.Grant?.Grant.Scene ?? request.Stated,
            Case = request.Case,
            Grant = view.Access.Grant?.Grant.Number,
        });
    }
}

/// <summary>Who reads what, and for what.</summary>
/// <param name="Clear">Asks for masked values in clear: needs the <c>.clear</c> permission and a purpose or case.</param>
public sealed record ReadRequest(Caller Who, ResourceDefinition Resource, string? Purpose = null, string? Case = null, bool Clear = false)
{
    /// <summary>Only these fields; null: all that the caller may see.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Number of the grant by which he reads; null: the only one that he has.</summary>
    public string? Grant { get; init; }

    /// <summary>By which way he takes it, one of <see cref="GrantWay"/>; only grants ask for it.</summary>
    public string Way { get; init; } = GrantWay.Query;

    /// <summary>
    /// The purpose as it goes on record: what was said; else, for officers and programs of offices, the duty that their
    /// right to read serves. Who was read about is never left without one.
    /// </summary>
    public string? Stated =>
        Purpose ?? (Case is null && Who.Kind is CallerKind.Staff or CallerKind.Client ? Text.Duty(Resource.Name) : null);
}

/// <summary>A record as one caller may see it.</summary>
/// <param name="Values">In the order of the definition's fields; masked values are the masked text.</param>
/// <param name="Masked">True where the value is masked.</param>
public sealed record ShownRecord(Record Record, IReadOnlyList<object?> Values, IReadOnlyList<bool> Masked)
{
    public string Key => Record.Key;
}

public sealed record ShownPage(IReadOnlyList<ShownRecord> Records, string? Next);
