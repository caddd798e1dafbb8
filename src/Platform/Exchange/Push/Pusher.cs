using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Shali.Platform.Casework;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Push;

/// <summary>
/// Pushes the feed of each hook, in its order, at least once. The place moves when the other side has answered 2xx, in the row of the hook;
/// a node that dies before sends again, with the same ids. What is refused for good, or after all tries, becomes a dead letter, and the rest flows on.
/// </summary>
public sealed partial class Pusher(
    Db db, Hooks hooks, ChangeFeed feed, GovernedReader reader, ResourceRegistry registry, RecordStore store, Outbox outbox, OutboxSignal signal, Colleagues colleagues,
    Offices offices, PushSettings settings, TimeProvider time, ILogger<Pusher> logger) : IDisposable
{
    /// <summary>Days in which somebody decides what becomes of a dead letter.</summary>
    private const int LetterDays = 7;

    private static readonly TimeSpan Held = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WithoutGrant = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>So long one hook is sent to without a stop, then those who wait have their turn.</summary>
    private static readonly TimeSpan TurnMax = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _http = HookAddress.Client(settings);

    /// <summary>Test only: called when the other side has answered and the place is not yet kept; what it throws is a crash.</summary>
    internal Action BeforeKept { get; set; } = static () => { };

    /// <summary>Test only: takes a hook that another node holds.</summary>
    internal bool TakesHeld { get; set; }

    /// <summary>Grants of hooks that are due and not in <paramref name="busy"/>; who waited longest comes first.</summary>
    internal async Task<IReadOnlyList<string>> Due(IReadOnlyCollection<string> busy, int most, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return await db.List(
            $"""
            select grant_no from push.hook where state = 'active' and next_try <= {now} and held_until < {now} and grant_no <> all({busy.ToArray()})
            order by held_until, grant_no limit {most}
            """,
            row => row.GetString(0),
            cancel);
    }

    /// <summary>As <see cref="Push(string, CancellationToken)"/>; what goes wrong here is written at the hook, which rests for a while.</summary>
    internal async Task<long> Turn(string grant, CancellationToken cancel)
    {
        try
        {
            return await Push(grant, cancel);
        }
        catch (Exception failed) when (!cancel.IsCancellationRequested)
        {
            NotPushed(logger, grant, failed);
            var now = time.GetUtcNow();
            await db.Run($"update push.hook set next_try = {now + AfterFault}, last_error = {Text.Broken}, failed_at = {now} where grant_no = {grant}", cancel);
            return 0;
        }
    }

    /// <summary>Sends what there is for one hook, if no other node is at it.</summary>
    public async Task<long> Push(string grant, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        var secret = Array.Empty<byte>();
        var claimed = await db.One(
            $"""
            update push.hook set held_until = {now + Held} where grant_no = {grant} and state = 'active' and (held_until < {now} or {TakesHeld}) and next_try <= {now}
            returning {Sql.Trusted(Hooks.Columns)}, secret
            """,
            row =>
            {
                secret = row.GetFieldValue<byte[]>(12);
                return Hooks.Read(row);
            },
            cancel);
        if (claimed is null)
        {
            return 0;
        }

        var sent = 0L;
        try
        {
            sent = await Push(claimed, hooks.SecretOf(grant, secret), cancel);
        }
        finally
        {
            await db.Run($"update push.hook set held_until = {now - TimeSpan.FromMilliseconds(1)} where grant_no = {grant}", CancellationToken.None);
        }

        return sent;
    }

    private async Task<long> Push(Hook hook, string secret, CancellationToken cancel)
    {
        if (registry.Find(hook.Resource) is not { } resource)
        {
            await Wait(hook, Text.NoResource, WithoutGrant, cancel);
            return 0;
        }

        // A program of the consumer's office, with no right of its own: what it may have its grant says, each time anew.
        var who = new Caller { Id = "push:" + hook.Grant, Name = Text.Worker, Kind = CallerKind.Client, Office = hook.Office, OfficeName = offices.NameOf(hook.Office), Role = Roles.Client };
        var request = new ReadRequest(who, resource) { Grant = hook.Grant, Way = GrantWay.Push };
        var (sent, batch) = (0L, settings.Batch);
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < TurnMax && !cancel.IsCancellationRequested;)
        {
            if (reader.Check(request) is { Any: true } refused)
            {
                await Wait(hook, refused[0].Sentence, WithoutGrant, cancel);
                return sent;
            }

            var page = await feed.Read(request, hook.After, batch, cancel);
            if (page.Changes.Count == 0)
            {
                if (page.Next != hook.After)
                {
                    await Keep(hook, page.Next, 0, cancel);
                }

                return sent;
            }

            var access = reader.AccessOf(request)!;
            var bodies = page.Changes.Select(change => CloudEvents.Write(resource, access, change)).ToList();
            var answer = await Send(hook.Address, hook.Grant, secret, bodies, cancel);
            if (answer.Taken)
            {
                BeforeKept();
                if (!await Keep(hook, page.Next, bodies.Count, cancel))
                {
                    return sent;
                }

                (sent, batch) = (sent + bodies.Count, settings.Batch);
                hook = hook with { After = page.Next, Tries = 0 };
                continue;
            }

            if (answer.Gone)
            {
                if (await db.Run($"update push.hook set state = 'paused', last_error = {answer.Words} where {Same(hook)}", cancel) == 0)
                {
                    return sent;
                }

                await Tell(hook, Text.GoneSubject(resource.Name), Text.Gone(resource.Name, answer.Words), cancel);
                return sent;
            }

            // One bad event among good ones: the others go alone, so that only it is put aside.
            if (answer.ForGood && bodies.Count > 1)
            {
                batch = 1;
                continue;
            }

            var tries = hook.Tries + 1;
            if (answer.ForGood || tries > settings.Pauses.Count)
            {
                if (!await PutAside(hook, resource, page, bodies, answer.Words, cancel))
                {
                    return sent;
                }

                batch = answer.ForGood ? 1 : settings.Batch;
                hook = hook with { After = page.Next, Tries = 0 };
                continue;
            }

            await Wait(hook, answer.Words, settings.Pauses[tries - 1], cancel, tries);
            return sent;
        }

        return sent;
    }

    /// <summary>Sends a dead letter again; what the other side said.</summary>
    public async Task<PushAnswer> Replay(DeadLetter letter, Caller who, CancellationToken cancel = default)
    {
        var hook = await db.One(
            $"select address, secret from push.hook where grant_no = {letter.Grant}", row => (Address: row.GetString(0), Secret: row.GetFieldValue<byte[]>(1)), cancel);
        if (hook.Address is null)
        {
            return new(HttpStatusCode.NotFound, Text.NoHook);
        }

        // A grant that ended closes this door too.
        var grant = (await db.One($"select resource, office from push.hook where grant_no = {letter.Grant}", row => (row.GetString(0), row.GetString(1)), cancel));
        var reading = new Caller { Id = "push:" + letter.Grant, Name = Text.Worker, Kind = CallerKind.Client, Office = grant.Item2, Role = Roles.Client };
        if (registry.Find(grant.Item1) is not { } resource || reader.Check(new ReadRequest(reading, resource) { Grant = letter.Grant, Way = GrantWay.Push }) is { Any: true })
        {
            return new(HttpStatusCode.Forbidden, Text.NoGrantNow);
        }

        var answer = await Send(hook.Address, letter.Grant, hooks.SecretOf(letter.Grant, hook.Secret), [letter.Body], cancel);
        var now = time.GetUtcNow();
        await db.Run(
            answer.Taken
                ? Sql.Of($"update push.letter set state = 'replayed', tries = tries + 1, ended_by = {who.Name}, ended_at = {now} where id = {letter.Id} and state = 'dead'")
                : Sql.Of($"update push.letter set tries = tries + 1, reason = {answer.Words} where id = {letter.Id} and state = 'dead'"),
            cancel);
        return answer;
    }

    /// <summary>Tests the connection: an empty batch, signed as any other, which no receiver has to do anything about.</summary>
    public async Task<PushAnswer?> Test(string grant, CancellationToken cancel = default)
    {
        var (address, secret) = await db.One($"select address, secret from push.hook where grant_no = {grant}", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), cancel);
        return address is null ? null : await Send(address, grant, hooks.SecretOf(grant, secret!), [], cancel);
    }

    /// <summary>The consumer takes it otherwise, or needs it no more, and says why.</summary>
    public async Task<bool> GiveUp(string letter, string grant, string words, Caller who, CancellationToken cancel = default) => await db.Run(
        $"""
        update push.letter set state = 'given-up', words = {words}, ended_by = {who.Name}, ended_at = {time.GetUtcNow()}
        where id = {letter} and grant_no = {grant} and state = 'dead'
        """,
        cancel) > 0;

    private async Task<PushAnswer> Send(string address, string grant, string secret, IReadOnlyList<string> bodies, CancellationToken cancel)
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', bodies)}]");
        var stamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(CloudEvents.Batch) { CharSet = "utf-8" };
        request.Headers.Add(PushSignature.TimeHeader, stamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(PushSignature.Header, PushSignature.Of(secret, stamp, body));
        request.Headers.Add(PushSignature.GrantHeader, grant);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(settings.Timeout);
        try
        {
            using var answer = await _http.SendAsync(request, late.Token);
            ExchangeMeasures.Push(bodies.Count, $"{(int)answer.StatusCode / 100}xx");
            return new(answer.StatusCode, Text.Answered((int)answer.StatusCode));
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            ExchangeMeasures.Push(bodies.Count, "unreachable");
            return new(null, failed is OperationCanceledException ? Text.NoAnswer : Cut(failed.Message));
        }
    }

    /// <summary>
    /// The hook as it was when its turn began. Whoever names another address or another place while something is under way is not
    /// overwritten by how that ended: what it says is of an address, or a place, that is no longer the hook's.
    /// </summary>
    private static Sql Same(Hook hook) =>
        Sql.Of($"grant_no = {hook.Grant} and address = {hook.Address} and position = {hook.After.Position} and ordinal = {hook.After.Ordinal}");

    private async Task<bool> Keep(Hook hook, FeedCursor next, int events, CancellationToken cancel) => await db.Run(
        $"""
        update push.hook set position = {next.Position}, ordinal = {next.Ordinal}, tries = 0, next_try = '-infinity', sent = sent + {events},
            last_sent = case when {events} > 0 then {time.GetUtcNow()} else last_sent end, last_error = case when {events} > 0 then null else last_error end,
            held_until = {time.GetUtcNow() + Held}
        where {Same(hook)}
        """,
        cancel) > 0;

    private Task Wait(Hook hook, string why, TimeSpan pause, CancellationToken cancel, int tries = 0) => db.Run(
        $"update push.hook set tries = {tries}, next_try = {time.GetUtcNow() + pause}, last_error = {Cut(why)}, failed_at = {time.GetUtcNow()} where {Same(hook)}", cancel);

    /// <summary>Letters and the place after them in one transaction: nothing is between the two. False: the hook has another address or place by now.</summary>
    private async Task<bool> PutAside(Hook hook, ResourceDefinition resource, FeedPage page, IReadOnlyList<string> bodies, string why, CancellationToken cancel)
    {
        var (now, due) = (time.GetUtcNow(), time.Today().AddDays(LetterDays));
        var aside = await db.InTransaction(
            async session =>
            {
                if (await session.Run(
                    $"""
                    update push.hook set position = {page.Next.Position}, ordinal = {page.Next.Ordinal}, tries = 0, next_try = '-infinity', last_error = {Cut(why)}, failed_at = {now}
                    where {Same(hook)}
                    """,
                    cancel) == 0)
                {
                    return false;
                }

                foreach (var (change, body) in page.Changes.Zip(bodies))
                {
                    await session.Run(
                        $"""
                        insert into push.letter (id, grant_no, event, body, at, due, reason)
                        values ({Ulid.Next(time)}, {hook.Grant}, {CloudEvents.Id(resource, change)}, {body}, {now}, {due}, {Cut(why)})
                        """,
                        cancel);
                }

                return true;
            },
            cancel);
        if (!aside)
        {
            return false;
        }

        ExchangeMeasures.DeadLetters(bodies.Count);
        await Tell(hook, Text.LetterSubject(resource.Name), Text.Letters(resource.Name, bodies.Count, due, why), cancel);
        return true;
    }

    private async Task Tell(Hook hook, string subject, string words, CancellationToken cancel)
    {
        await store.Write(
            new Act(Caller.Platform("push"), "sharing.push", Case: hook.Grant),
            CaseResources.Schema,
            async session =>
            {
                foreach (var head in await colleagues.Heads(hook.Office, cancel))
                {
                    outbox.Add(session, new("sharing.push", new(Receiver.OfAccount(head.Account), head.Name), subject, words, GrantDesk.Address(hook.Grant) + "/push") { Case = hook.Grant });
                }

                await session.Send(cancel);
                return Refusals.None;
            },
            cancel);
        signal.Wake();
    }

    private static string Cut(string words) => words.Length <= 400 ? words : words[..400];

    public void Dispose() => _http.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes for grant {Grant} could not be pushed and will be tried again")]
    private static partial void NotPushed(ILogger logger, string grant, Exception failed);
}

/// <summary>What the other side said.</summary>
/// <param name="Status">Null: nothing.</param>
public sealed record PushAnswer(HttpStatusCode? Status, string Words)
{
    public bool Taken => Status is { } status && (int)status is >= 200 and < 300;

    /// <summary>It will say the same tomorrow.</summary>
    public bool ForGood => Status is { } status && (int)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Gone
        or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound);

    public bool Gone => Status is HttpStatusCode.Gone;
}
