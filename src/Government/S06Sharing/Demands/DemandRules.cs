using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S06Sharing.Demands;

/// <summary>A demand is made in the own name for what the catalogue lacks, and is closed only by what stands in it.</summary>
internal sealed class DemandGuard(ResourceRegistry registry) : StepGuard
{
    private static readonly Basis Requesting = new("政务数据共享条例", "第二十条");

    public static readonly IReadOnlyList<RuleEntry> Rules =
        [new("SHR-M01", Text.InYourName, Requesting), new("SHR-M02", Text.ThereAlready, Requesting), new("SHR-M03", Text.NotPublished, null)];

    public override bool Concerns(CaseType type, string step) => type.Code == DemandType.Code && step is BuiltInSteps.Open or "publish";

    public override Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel)
    {
        var answers = CaseRules.AnswersOf(facts.Case);
        return Task.FromResult(request.Step == BuiltInSteps.Open
            ? Refusals.Of(
                answers.GetValueOrDefault(DemandType.Consumer) != who.Office ? new("SHR-M01", "", Text.InYourName, Requesting) : null,
                registry.All.Any(one => one.Name == answers.GetValueOrDefault(DemandType.Name)) ? new("SHR-M02", DemandType.Name, Text.ThereAlready, Requesting) : null)
            : Refusals.Of(
                registry.Find(request.Fields.GetValueOrDefault(DemandType.Resource)?.Trim() ?? "") is { } resource && OfficeCode.Matches(resource.Owner, facts.Case.Office)
                    ? null : new Refusal("SHR-M03", DemandType.Resource, Text.NotPublished)));
    }
}

/// <summary>Who is told of a demand, and the watch for the resource that closes it.</summary>
internal sealed class DemandEffect(Outbox outbox, Colleagues colleagues, Offices offices) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => type.Code == DemandType.Code;

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var of = change.After;
        var answers = CaseRules.AnswersOf(of);
        var (name, consumer) = (answers.GetValueOrDefault(DemandType.Name, ""), answers.GetValueOrDefault(DemandType.Consumer, ""));
        var words = change.Event.Reason ?? "";
        var (office, sentence) = change.Step.Code switch
        {
            BuiltInSteps.Open => (of.Office, Text.ToAssign(offices.NameOf(consumer), name)),
            "assign" => (of.Office, Text.ToProvide(name)),
            "return" => (of.Office, Text.Returned(name, words)),
            "decline" => (consumer, Text.Declined(name, words)),
            "publish" or "found" => (consumer, Text.Published(name, request.Fields.GetValueOrDefault(DemandType.Resource, "").Trim())),
            _ => ("", ""),
        };
        if (change.Step.Code == "assign")
        {
            FollowUps.Leave(session.Write, DemandWatch.Name, of.Number, of.Events, of.Office);
        }

        foreach (var head in office.Length == 0 ? [] : await colleagues.Heads(office, cancel))
        {
            outbox.Add(session.Write, new("sharing.demand", new(Receiver.OfAccount(head.Account), head.Name), $"{Text.Demand}：{name}", sentence, CaseAddresses.Desk(of.Number)) { Case = of.Number });
        }

        return Refusals.None;
    }
}

/// <summary>Closes a demand when its office has published a resource of that name.</summary>
internal sealed class DemandWatch(ResourceRegistry registry, RecordReader records, CaseDesk desk) : FollowUp
{
    public const string Name = "sharing.demand";

    public override string Kind => Name;

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        if (await Assigned(due, cancel) is not { } of)
        {
            return FollowUpDone.Yes;
        }

        var wanted = CaseRules.AnswersOf(of).GetValueOrDefault(DemandType.Name);
        if (registry.All.FirstOrDefault(one => one.Name == wanted && OfficeCode.Matches(one.Owner, of.Office)) is not { } resource)
        {
            return new() { Waits = Text.Waiting, Pause = TimeSpan.FromMinutes(1) };
        }

        var step = new StepRequest("found") { Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [DemandType.Resource] = resource.Id } };
        var taken = await desk.Take(Caller.Platform("sharing"), due.Case, step, $"demand:{due.Case}:{due.Event}", cancel);

        // Each assignment of a demand left its watch: of two nodes that find the resource at the same moment, one comes second.
        return taken.Ok || await Assigned(due, cancel) is null ? FollowUpDone.Yes : throw new InvalidOperationException($"{due.Case}: {taken.Refusals}");
    }

    /// <summary>The demand, while it is with the office to which this assignment gave it.</summary>
    private async Task<Case?> Assigned(DueFollowUp due, CancellationToken cancel) =>
        await records.Get(CaseResources.Case, due.Case, null, cancel) is { } record
        && Typed<Case>.Of(record) is { Stage: DemandType.Assigned } of && of.Office == due.Read<string>() ? of : null;
}
