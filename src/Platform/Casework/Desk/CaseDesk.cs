using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// The one door by which cases change. Each act is one transaction: state, event, clocks, work, notices and journal
/// together or nothing. A repeated request with the same key is answered with what the first one did.
/// </summary>
public sealed class CaseDesk
{
    private readonly RecordStore _store;
    private readonly CaseTypes _types;
    private readonly CaseStore _cases;
    private readonly CaseOpening _opening;
    private readonly Colleagues _colleagues;
    private readonly TrackingCodes _codes;
    private readonly RecordReader _reader;
    private readonly Offices _offices;
    private readonly OutboxSignal _outbox;
    private readonly IReadOnlyList<StepGuard> _guards;
    private readonly IReadOnlyList<CaseEffect> _effects;
    private readonly IReadOnlyList<StepNumbers> _numbers;
    private readonly IReadOnlyList<ClockDay> _days;
    private readonly Func<string, CancellationToken, Task<bool>> _silence;

    internal CaseDesk(
        RecordStore store, CaseTypes types, CaseStore cases, CaseOpening opening, Colleagues colleagues, TrackingCodes codes, RecordReader reader,
        Offices offices, OutboxSignal outbox, IEnumerable<StepGuard> guards, IEnumerable<CaseEffect> effects, IEnumerable<StepNumbers> numbers,
        IEnumerable<ClockDay> days, Func<string, CancellationToken, Task<bool>> silence)
    {
        (_store, _types, _cases, _opening, _colleagues, _codes, _reader) = (store, types, cases, opening, colleagues, codes, reader);
        (_offices, _outbox, _guards, _effects, _numbers, _days, _silence) = (offices, outbox, [.. guards], [.. effects], [.. numbers], [.. days], silence);
    }

    /// <summary>Opens a case, or says everything that is missing or wrong.</summary>
    /// <param name="once">The same key opens once, however often it is sent.</param>
    public async Task<Outcome<OpenedCase>> Open(Caller who, OpenRequest request, string? once, CancellationToken cancel = default)
    {
        if (_types.Find(request.Type) is not { } type)
        {
            return new Refusal("CASE-O01", "type", Text.NoSuchType);
        }

        var represented = await _opening.Represented(type, who, request, cancel);
        if (!represented.Ok)
        {
            return represented.Refusals;
        }

        request = represented.Value;
        var act = new Act(who, "case.open", type.Name) { IdempotencyKey = once };
        var written = await _store.Write(
            act, CaseResources.Schema, async session => (await OpenWithin(session, who, request, cancel)).Refusals, cancel);
        if (!written.Ok)
        {
            return written.Refusals;
        }

        _outbox.Wake();
        var number = written.Value.Records[0].Key;
        return new OpenedCase(number, _codes.Of(number));
    }

    /// <summary>Takes a step, or says everything that speaks against it.</summary>
    public async Task<Outcome<Written>> Take(Caller who, string number, StepRequest request, string? once, CancellationToken cancel = default)
    {
        var act = new Act(who, "case.step", null, number) { IdempotencyKey = once };
        var written = await _store.Write(act, CaseResources.Schema, session => TakeWithin(session, who, number, request, cancel), cancel);
        if (written.Ok)
        {
            _outbox.Wake();
        }

        // What silence decided is done before anything else; then he is shown what has become of the case.
        return written.Refusals is [{ Code: CaseRules.SilenceDecided }] && await _silence(number, cancel)
            ? new Refusal("CASE-C01", "", Text.SomebodyWasQuicker)
            : written;
    }

    internal async Task<Outcome<string>> OpenWithin(WriteSession session, Caller who, OpenRequest request, CancellationToken cancel)
    {
        session.Gathers = true;
        if (_types.Find(request.Type) is not { } type)
        {
            return new Refusal("CASE-O01", "type", Text.NoSuchType);
        }

        type = request.Version is { } version && version != type.Version ? await _types.Of(request.Type, version, cancel) : type;
        var begun = await _opening.Begin(type, who, request, session.At, cancel);
        if (!begun.Ok)
        {
            return begun.Refusals;
        }

        var begin = begun.Value;
        var facts = _opening.Facts(begin, session.At);
        var step = new StepRequest(BuiltInSteps.Open);
        var refusals = await Guard(session, facts, step, who, cancel);
        if (refusals.Any)
        {
            return refusals;
        }

        refusals = await _cases.Begin(session, begin, cancel);
        var change = new CaseChange(Opening, begin.Case, begin.Case, begin.Event) { Work = begin.Work };
        refusals = refusals.And(await Follow(session, type, change, step, who, cancel));
        return refusals.Any ? refusals : begin.Case.Number;
    }

    internal async Task<CaseFacts?> FactsWithin(WriteSession session, string number, CancellationToken cancel) =>
        (await _cases.Read(session, number, cancel))?.Facts;

    internal async Task<Refusals> TakeWithin(WriteSession session, Caller who, string number, StepRequest request, CancellationToken cancel)
    {
        session.Gathers = true;
        var named = await Named(request, cancel);
        if (await _cases.Read(session, number, cancel) is not { } locked)
        {
            return Refusals.Of(new Refusal("CASE-R00", "", Text.NoSuchCase));
        }

        if (request.Expected is { } expected && expected != locked.Record.Version && !await _cases.OnlyNoted(session, locked.Record, expected, cancel))
        {
            return Refusals.Of(new Refusal("CASE-C01", "", Text.SomebodyWasQuicker));
        }

        locked = locked with
        {
            Facts = locked.Facts with { Person = named.Person, Second = named.Second, Office = named.Office, Other = named.Other },
        };
        return await Step(session, locked, request, who, cancel);
    }

    private async Task<Refusals> Step(WriteSession session, LockedCase locked, StepRequest request, Caller who, CancellationToken cancel)
    {
        request = await Numbered(session, locked.Facts, request, who, cancel) with { Days = await DaysOf(session, locked.Facts, request, cancel) };
        var judged = CaseRules.Judge(locked.Facts, request, who);
        if (!judged.Ok)
        {
            return judged.Refusals;
        }

        var refusals = await Guard(session, locked.Facts, request, who, cancel);
        if (refusals.Any)
        {
            return refusals;
        }

        var change = judged.Value;
        refusals = await _cases.Write(session, locked, change, request, cancel);
        if (change.Step.Code == BuiltInSteps.Merge)
        {
            refusals = refusals.And(await CaseParts.Link(session, change.After.Number, LinkKind.Merged, CaseResources.Case.Id, change.After.MergedInto!, null, who, cancel));
        }

        refusals = refusals.And(await OpenChildren(session, change.After, change.Opens, request.Counts, cancel));
        refusals = refusals.And(await Follow(session, locked.Facts.Type, change, request, who, cancel));
        if (!refusals.Any && change.Ends)
        {
            refusals = await EndChildren(session, locked.Facts, change, cancel);
        }

        if (!refusals.Any && change.After.Parent is { } parent && Raises(locked.Facts.Type, change))
        {
            refusals = await Rise(session, parent, cancel);
        }

        return refusals;
    }

    /// <summary>A document that the step makes has its number before anybody judges whether one is there.</summary>
    private async Task<StepRequest> Numbered(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel) =>
        string.IsNullOrWhiteSpace(request.Document) && facts.Type.Step(request.Step) is { Produces: not null } step
            && _numbers.FirstOrDefault(one => one.Concerns(facts.Type)) is { } numbers && !Standing.Of(facts, step, who).Any
                ? request with { Document = await numbers.Next(session, facts, step, cancel) }
                : request;

    /// <summary>The last days of the dated clocks that begin to run where the step leads to.</summary>
    private async Task<IReadOnlyDictionary<string, DateOnly>> DaysOf(WriteSession session, CaseFacts facts, StepRequest request, CancellationToken cancel)
    {
        var days = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        if (facts.Type.Step(request.Step) is { To: { } to } && to != facts.Case.Stage)
        {
            foreach (var rule in facts.Type.Clocks.Where(rule => rule.Dated && rule.Runs.Contains(to) && facts.Clocks.All(clock => clock.Facts.Rule.Code != rule.Code)))
            {
                if (_days.FirstOrDefault(one => one.Concerns(facts.Type)) is { } known && await known.Of(session, facts.Case, rule, cancel) is { } day)
                {
                    days.Add(rule.Code, day);
                }
            }
        }

        return days;
    }

    private async Task<Refusals> OpenChildren(
        WriteSession session, Case parent, IReadOnlyList<ChildCase> children, DateTimeOffset? counts, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        var platform = Caller.Platform("case");
        foreach (var child in children)
        {
            if (_types.Find(child.Type) is not { } newest)
            {
                refusals = refusals.And(Refusals.Of(new Refusal("CASE-O01", "type", Text.NoSuchType)));
                continue;
            }

            var type = child.Version is { } version ? await _types.Of(child.Type, version, cancel) : newest;
            var opened = await OpenWithin(session, platform, _opening.Child(parent, child, type), cancel);
            refusals = refusals.And(opened.Refusals);
            if (opened.Ok && child.Begins is { } begins)
            {
                refusals = refusals.And(await TakeWithin(session, platform, opened.Value, new StepRequest(begins) { Counts = counts }, cancel));
            }
        }

        return refusals;
    }

    /// <summary>
    /// A case has ended before those that it opened: what was asked for as a whole is not decided in parts any more. What
    /// is decided already stays decided and is carried out.
    /// </summary>
    private async Task<Refusals> EndChildren(WriteSession session, CaseFacts facts, CaseChange change, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        foreach (var child in facts.Children.Where(child => !child.Over && !child.Decided))
        {
            var request = new StepRequest(BuiltInSteps.EndWith)
            {
                Reason = Text.EndedWith(change.Step.Label, CaseNumbers.Show(change.After.Number), change.Event.Reason),
            };
            refusals = refusals.And(await TakeWithin(session, Caller.Platform("case"), child.Number, request, cancel));
        }

        return refusals;
    }

    /// <summary>What happened to a case that another one opened may let that one go on.</summary>
    private static bool Raises(CaseType type, CaseChange change) =>
        change.Ends
        || (change.After.DecidedAt is not null && change.Before.DecidedAt is null)
        || (type.Stage(change.After.Stage) is { Settled: true } && type.Stage(change.Before.Stage) is not { Settled: true });

    /// <summary>A case that another one opened has come so far: what waited for it begins, and the other may go on.</summary>
    private async Task<Refusals> Rise(WriteSession session, string parent, CancellationToken cancel)
    {
        if (await _cases.Read(session, parent, cancel) is not { } locked || locked.Facts.Case.State == CaseState.Ended)
        {
            return Refusals.None;
        }

        var answers = CaseRules.AnswersOf(locked.Facts.Case);
        var next = ChildRules.Next(locked.Facts, answers);
        var refusals = await OpenChildren(session, locked.Facts.Case, next, null, cancel);
        if (refusals.Any || next.Count > 0)
        {
            return refusals;
        }

        refusals = await On(session, locked, Occasion.ChildrenDecided, ChildRules.Decided(locked.Facts, answers), cancel);
        return !refusals.Any && await _cases.Read(session, parent, cancel) is { } now && now.Facts.Case.State != CaseState.Ended
            ? await On(session, now, Occasion.ChildrenEnded, ChildRules.Done(now.Facts, answers), cancel)
            : refusals;
    }

    private async Task<Refusals> On(WriteSession session, LockedCase locked, Occasion occasion, bool came, CancellationToken cancel) =>
        came && locked.Facts.Type.Steps.FirstOrDefault(step => step.On == occasion && step.From.Contains(locked.Facts.Case.Stage) && Fits(locked.Facts, step)) is { } step
            ? await Step(session, locked, new StepRequest(step.Code), Caller.Platform("case"), cancel)
            : Refusals.None;

    private static bool Fits(CaseFacts facts, CaseStep step) =>
        step.Children == ChildrenOutcome.Any || step.Children == ChildRules.Outcome(facts, CaseRules.AnswersOf(facts.Case));

    private async Task<Refusals> Guard(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        foreach (var guard in _guards.Where(guard => guard.Concerns(facts.Type, request.Step)))
        {
            refusals = refusals.And(await guard.Judge(session, facts, request, who, cancel));
        }

        return refusals;
    }

    private async Task<Refusals> Follow(
        WriteSession session, CaseType type, CaseChange change, StepRequest request, Caller who, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        foreach (var effect in _effects.Where(effect => effect.Concerns(type, request.Step)))
        {
            refusals = refusals.And(await effect.Follow(new CaseSession(session, who, this), change, request, cancel));
        }

        return refusals;
    }

    private async Task<(Colleague? Person, Colleague? Second, Office? Office, Case? Other)> Named(StepRequest request, CancellationToken cancel)
    {
        var other = CaseNumbers.Read(request.Other) is { } number ? await _reader.Get(CaseResources.Case, number, null, cancel) : null;
        return (
            await _colleagues.Find(request.Person, cancel),
            await _colleagues.Find(request.Second, cancel),
            request.Office is { Length: > 0 } office ? _offices.Find(office) : null,
            other is null ? null : Typed<Case>.Of(other));
    }

    private static readonly CaseStep Opening = new(BuiltInSteps.Open, Text.Opened, [], null, Actor.Applicant);
}
