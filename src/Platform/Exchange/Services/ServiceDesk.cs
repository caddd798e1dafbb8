using System.Globalization;
using System.Text;
using Shali.Platform.Casework;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Services;

/// <summary>
/// Registers services and opens them: the information officer of an office registers, a second person approves. A change closes the service
/// until it is approved again, so that nobody alone can point the gateway elsewhere.
/// </summary>
public sealed class ServiceDesk(
    RecordStore store, RecordReader reader, MasterKey master, PushSettings settings, Outbox outbox, OutboxSignal signal, Colleagues colleagues, Revocations revocations, TimeProvider time)
{
    private const int ReasonMax = 400;

    private static readonly ResourceDefinition Resource = ServiceBook.Resource;

    /// <summary>The code of the new service.</summary>
    public async Task<Outcome<string>> Register(Caller who, ServiceInput input, CancellationToken cancel = default)
    {
        var refusals = who.May(ServiceRights.Manage) && who.Office.Length > 0
            ? ServiceRules.Judge(input, settings, kept: false) : Refusals.Of(new Refusal("SVC-D20", "", ServiceText.NotYours));
        if (refusals.Any)
        {
            return refusals;
        }

        var code = "";
        var written = await Write(
            new Act(who, "exchange.service.register", ServiceText.RegisterPurpose),
            async session =>
            {
                await session.Lock("service:" + who.Office, cancel);
                var taken = (await session.List(Resource, new RecordQuery { Where = new Filter.Compare("office", Comparison.Equal, who.Office), Limit = 1000 }, cancel))
                    .Select(record => int.Parse(record.Key.AsSpan(record.Key.LastIndexOf('s') + 1), CultureInfo.InvariantCulture));
                code = $"{who.Office}-s{taken.DefaultIfEmpty(0).Max() + 1}";
                var done = (await session.Apply(new Change.Insert(Resource, code, Typed<ExchangeService>.Values(Made(who, code, input))), cancel)).Refusals;
                return done.Any ? done : await Keep(session, code, input, cancel);
            },
            cancel);
        return written.Ok ? code : written.Refusals;
    }

    /// <summary>Registers a service anew in its place: it is closed until a second person has approved it.</summary>
    /// <param name="seen">The version that he saw.</param>
    public Task<Outcome<Written>> Change(Caller who, string code, ServiceInput input, int seen, CancellationToken cancel = default) => Write(
        new Act(who, "exchange.service.change", ServiceText.ChangePurpose),
        async session =>
        {
            if (await Mine(session, who, code, cancel) is not { } before)
            {
                return Refusals.Of(new Refusal("SVC-D21", "", ServiceText.NoSuchService));
            }

            var refusals = before.State == ServiceState.Closed ? Refusals.Of(new Refusal("SVC-D22", "", ServiceText.WrongState(ServiceText.ChangePurpose, before.State)))
                : !MayChange(who, before) ? Refusals.Of(new Refusal("SVC-D20", "", ServiceText.NotYours))
                // The secret goes to no other address than the one for which it was given: not even when the connection is tested.
                : ServiceRules.Judge(
                    input, settings,
                    kept: before.Credential == input.Credential && before.Address == input.Address.Trim() && await Kept(session, code, cancel));
            if (refusals.Any)
            {
                return refusals;
            }

            refusals = (await session.Apply(new Change.Update(Resource, code, seen, Typed<ExchangeService>.Differences(before, Made(who, code, input))), cancel)).Refusals;
            return refusals.Any ? refusals : await Keep(session, code, input, cancel);
        },
        cancel);

    /// <summary>Approves, returns, suspends, resumes or closes.</summary>
    public async Task<Outcome<Written>> Take(Caller who, string code, ServiceAct act, string? reason, int seen, CancellationToken cancel = default)
    {
        ExchangeService? after = null;
        var written = await Write(
            new Act(who, act.Kind, act.Label),
            async session =>
            {
                if (await Mine(session, who, code, cancel) is not { } before)
                {
                    return Refusals.Of(new Refusal("SVC-D21", "", ServiceText.NoSuchService));
                }

                var refusals = Refusals.Of(
                    !act.From.Contains(before.State) ? new("SVC-D22", "", ServiceText.WrongState(act.Label, before.State)) : null,
                    !Holds(who, before, act) ? new("SVC-D20", "", ServiceText.NotYours) : null,
                    act.Second && before.ChangedById == who.Id ? new("SVC-D23", "", ServiceText.SecondPerson) : null,
                    act.Reasoned && string.IsNullOrWhiteSpace(reason) ? new("SVC-D24", "reason", ServiceText.NoReason) : null,
                    reason?.Length > ReasonMax ? new("SVC-D24", "reason", ServiceText.LongWords(ServiceText.Reason, ReasonMax)) : null);
                if (refusals.Any)
                {
                    return refusals;
                }

                after = before with { State = act.To, Reason = act.Reasoned ? reason!.Trim() : null };
                if (act == ServiceAct.Approve)
                {
                    after = after with { ApprovedBy = $"{who.OfficeName} {who.Name}".Trim(), ApprovedAt = session.At };
                }

                return (await session.Apply(new Change.Update(Resource, code, seen, Typed<ExchangeService>.Differences(before, after)), cancel)).Refusals;
            },
            cancel);
        if (written.Ok && act.Told && after is not null)
        {
            await Tell(after, act, cancel);
        }

        return written;
    }

    /// <summary>Those that the caller may see.</summary>
    public async Task<IReadOnlyList<ExchangeService>> List(Caller who, CancellationToken cancel = default)
    {
        var mine = SeesAll(who) ? null : new Filter.Compare("office", Comparison.Equal, who.Office);
        return !who.May(ServiceRights.See) ? []
            : [.. (await reader.List(Resource, new RecordQuery { Where = mine, Limit = 1000 }, cancel)).Records.Select(Typed<ExchangeService>.Of)];
    }

    /// <summary>Null when there is none that the caller may see.</summary>
    public async Task<(ExchangeService Service, int Version)?> Get(Caller who, string code, CancellationToken cancel = default) =>
        await reader.Get(Resource, code, null, cancel) is { } record && Typed<ExchangeService>.Of(record) is var service && Sees(who, service) ? (service, record.Version) : null;

    public static bool Sees(Caller who, ExchangeService service) => who.May(ServiceRights.See) && (who.Office == service.Office || SeesAll(who));

    public static bool MayChange(Caller who, ExchangeService service) => who.May(ServiceRights.Manage) && who.Office == service.Office;

    /// <summary>What a page offers him.</summary>
    public static bool MayTake(Caller who, ExchangeService service, ServiceAct act) =>
        act.From.Contains(service.State) && Holds(who, service, act) && !(act.Second && service.ChangedById == who.Id);

    /// <summary>The right to approve reaches over the offices that he sees; what the officer of an office may do he may do with its own.</summary>
    private static bool Holds(Caller who, ExchangeService service, ServiceAct act) =>
        act.Mays.Any(right => who.May(right) && (right == ServiceRights.Approve || who.Office == service.Office));

    /// <summary>The authority for sharing.</summary>
    private static bool SeesAll(Caller who) => who.May(ServiceRights.See) && OfficeCode.Function(who.Office) == "data";

    private static async Task<ExchangeService?> Mine(WriteSession session, Caller who, string code, CancellationToken cancel) =>
        await session.Get(Resource, code, cancel) is { } record && Typed<ExchangeService>.Of(record) is var service && Sees(who, service) ? service : null;

    private static ExchangeService Made(Caller who, string code, ServiceInput input) => new()
    {
        Code = code,
        Name = input.Name.Trim(),
        Office = who.Office,
        Note = input.Note.Trim(),
        Address = input.Address.Trim(),
        Operations = string.Join('\n', ServiceOperation.Lines(input.Operations).Select(line => ServiceOperation.Read(line)!.Line)),
        Sharing = input.Sharing,
        Conditions = input.Sharing == ServiceSharing.Conditional ? input.Conditions.Trim() : null,
        Personal = input.Personal,
        Impact = input.Personal ? input.Impact.Trim() : null,
        Timeout = int.Parse(input.Timeout, CultureInfo.InvariantCulture),
        Megabytes = int.Parse(input.Megabytes, CultureInfo.InvariantCulture),
        Concurrent = int.Parse(input.Concurrent, CultureInfo.InvariantCulture),
        Credential = input.Credential,
        CredentialName = input.Credential == ServiceCredential.None ? null : input.CredentialName,
        CheckPath = input.CheckPath,
        State = ServiceState.Waiting,
        ChangedById = who.Id,
        ChangedBy = $"{who.OfficeName} {who.Name}".Trim(),
    };

    private static Task<bool> Kept(WriteSession session, string code, CancellationToken cancel) =>
        session.Session.Scalar<bool>($"select exists (select 1 from exchange.service_credential where service = {code})", cancel);

    private async Task<Refusals> Keep(WriteSession session, string code, ServiceInput input, CancellationToken cancel)
    {
        await session.Send(cancel);
        if (input.Credential == ServiceCredential.None)
        {
            await session.Session.Run($"delete from exchange.service_credential where service = {code}", cancel);
        }
        else if (input.Secret.Length > 0)
        {
            var secret = master.Seal(Encoding.UTF8.GetBytes(input.Secret), ServiceBook.Column.Place(code));
            await session.Session.Run(
                $"insert into exchange.service_credential (service, secret) values ({code}, {secret}) on conflict (service) do update set secret = excluded.secret", cancel);
        }

        return Refusals.None;
    }

    /// <summary>Writes and lets every node know with the commit: services first, then those who wait for what grants say.</summary>
    private async Task<Outcome<Written>> Write(Act act, Func<WriteSession, Task<Refusals>> change, CancellationToken cancel)
    {
        var written = await store.Write(
            act,
            Resource.Schema,
            async session =>
            {
                var refusals = await change(session);
                if (!refusals.Any)
                {
                    await session.Send(cancel);
                    await Revocations.Announce(session.Session, cancel, ServiceBook.Mark, GrantBook.Mark);
                }

                return refusals;
            },
            cancel);
        if (written.Ok)
        {
            await revocations.Read(cancel);
        }

        return written;
    }

    /// <summary>The heads of the offices that call it (art. 27: a service does not end behind their backs).</summary>
    private async Task Tell(ExchangeService service, ServiceAct act, CancellationToken cancel)
    {
        var today = time.Today();
        var grants = (await reader.List(
            GrantResources.Grant, new RecordQuery { Where = new Filter.Compare("resource", Comparison.Equal, $"{ServiceBook.Schema}/{service.Code}"), Limit = 1000 }, cancel))
            .Records.Select(Typed<Grant>.Of).Where(grant => grant.StateOn(today) == GrantState.InForce).ToList();
        await store.Write(
            new Act(Caller.Platform("services"), act.Kind),
            CaseResources.Schema,
            async session =>
            {
                foreach (var grant in grants.DistinctBy(grant => grant.Consumer))
                {
                    foreach (var head in await colleagues.Heads(grant.Consumer, cancel))
                    {
                        outbox.Add(
                            session,
                            new(
                                "sharing.service", new(Receiver.OfAccount(head.Account), head.Name), ServiceText.ToldSubject(service.Name, act.Label),
                                ServiceText.Told(service.Name, act.Label, service.Reason), GrantDesk.Address(grant.Number))
                            { Case = grant.Number });
                    }
                }

                await session.Send(cancel);
                return Refusals.None;
            },
            cancel);
        signal.Wake();
    }
}

/// <summary>What may be done to a service.</summary>
/// <param name="Kind">Kind of the act in journal and log.</param>
/// <param name="Mays">One of these rights is enough.</param>
/// <param name="Second">Another person than who registered it last.</param>
/// <param name="Told">Those who call it are told.</param>
public sealed record ServiceAct(string Code, string Label, string Kind, IReadOnlyList<string> From, string To, IReadOnlyList<string> Mays, bool Second, bool Reasoned, bool Told)
{
    /// <summary>What follows from it, told beside its button.</summary>
    public string Note { get; init; } = "";

    public static readonly ServiceAct Approve = new(
        "approve", "批准开通", "exchange.service.approve", [ServiceState.Waiting], ServiceState.Open, [ServiceRights.Approve], Second: true, Reasoned: false, Told: false)
    {
        Note = ServiceText.SecondNote,
    };

    public static readonly IReadOnlyList<ServiceAct> All =
    [
        Approve,
        new("return", "退回修改", "exchange.service.return", [ServiceState.Waiting], ServiceState.Returned, [ServiceRights.Approve], Second: true, Reasoned: true, Told: false)
        {
            Note = ServiceText.ReturnNote,
        },
        new("suspend", "暂停", "exchange.service.suspend", [ServiceState.Open], ServiceState.Suspended, [ServiceRights.Approve, ServiceRights.Manage], Second: false, Reasoned: true, Told: true)
        {
            Note = ServiceText.SuspendNote,
        },
        new("resume", "恢复", "exchange.service.resume", [ServiceState.Suspended], ServiceState.Open, [ServiceRights.Approve], Second: false, Reasoned: true, Told: true)
        {
            Note = ServiceText.ResumeNote,
        },
        new(
            "close", "关闭", "exchange.service.close", [ServiceState.Waiting, ServiceState.Returned, ServiceState.Open, ServiceState.Suspended], ServiceState.Closed,
            [ServiceRights.Manage], Second: false, Reasoned: true, Told: true)
        {
            Note = ServiceText.CloseNote,
        },
    ];

    public static ServiceAct? Find(string code) => All.FirstOrDefault(act => act.Code == code);
}
