using System.Globalization;
using Shali.Government.S11Approvals.Billing;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Documents;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>A step that produces a document leaves it to be issued; written with the step or not at all.</summary>
internal sealed class PaperEffect : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => CaseItems.HasPapers(type) && type.Step(step) is { Produces: not null };

    public override Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        FollowUps.Leave(session.Write, PaperIssue.KindOf, change.After.Number, change.Event.Ordinal, new PaperDue(change.Event.Document!));
        return Task.FromResult(Refusals.None);
    }
}

/// <summary>A document that is to be issued.</summary>
/// <param name="Number">As it was drawn in the act of the step.</param>
internal sealed record PaperDue(string Number);

/// <summary>Issues the document of a step under the seal of the office, once.</summary>
internal sealed class PaperIssue(
    RecordReader reader, CaseTypes types, CaseItems items, Offices offices, DocumentDesk documents, CurrentCalendar calendar) : FollowUp
{
    public const string KindOf = "approvals.paper";

    private const int ListMax = 500;

    public override string Kind => KindOf;

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        var facts = await Facts(due, cancel);
        var of = facts.Case;
        var issued = await documents.Issue(
            IssuedPapers.Issuer,
            new()
            {
                Office = of.Office,
                Kind = "approvals." + facts.Step.Produces,
                Case = of.Number,
                Content = Papers.Compose(facts),
                Holder = facts.Holder.Length > 0 ? facts.Holder : of.Title,
                HolderPerson = of.Entity is null ? of.Person : null,
                HolderEntity = of.Entity,
                IdempotencyKey = IssuedPapers.OnceOf(of.Number, due.Event),
            },
            cancel);
        return issued.Ok ? FollowUpDone.Yes : throw new InvalidOperationException(issued.Refusals.ToString());
    }

    private async Task<PaperFacts> Facts(DueFollowUp due, CancellationToken cancel)
    {
        var of = Typed<Case>.Of((await reader.Get(CaseResources.Case, due.Case, null, cancel))!);
        var one = Typed<CaseEvent>.Of((await reader.Get(
            CaseResources.Event, string.Create(CultureInfo.InvariantCulture, $"{due.Case}-{due.Event:0000}"), null, cancel))!);
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        var step = type.Step(one.Step)!;
        var item = await items.Of(of, cancel) ?? CaseItems.Whole(type, (await FeePlan.Of(type, CaseRules.AnswersOf(of), types, cancel)).Count > 0);
        var clocks = (await List(CaseResources.Clock, due.Case, cancel)).Select(Typed<CaseClock>.Of)
            .Select(clock => ClockRecords.Facts(type, clock)).Where(clock => clock.Started <= one.At || step.Marks == Milestone.Accepted).ToList();
        return new(item, of, one, step, offices.NameOf(of.Office), offices.NameOf(OfficeCode.City))
        {
            Number = due.Read<PaperDue>().Number,
            Date = one.At.Local().Day(),
            Due = DueDay(clocks, one.At),
            Length = LengthOf(clocks, one),
            Faults = step.Produces != ItemDocuments.Correction ? [] :
            [
                .. (await List(CaseResources.Material, due.Case, cancel)).Select(Typed<CaseMaterial>.Of)
                    .Where(material => material is { State: MaterialState.Faulty, Fault: not null } && one.Opinion?.Contains(material.Fault!, StringComparison.Ordinal) != true)
                    .Select(material => (material.Name, material.Fault!)),
            ],
            Delivered = step.Produces != ItemDocuments.Delivery ? [] : await Delivered(of.Number, cancel),
        };
    }

    /// <summary>The legal limit of the decision, as it stands now.</summary>
    private DateOnly? DueDay(IEnumerable<ClockFacts> clocks, DateTimeOffset at) => clocks
        .Where(clock => clock.Rule.Kind == ClockKind.Legal && clock.Rule.Code == ItemClocks.Legal)
        .Select(clock => (DateOnly?)ClockJudge.Judge(clock, calendar(), at).DueDay).FirstOrDefault();

    private static string? LengthOf(IEnumerable<ClockFacts> clocks, CaseEvent one)
    {
        foreach (var clock in clocks)
        {
            if (clock.Pauses.FirstOrDefault(pause => pause.Document == one.Document) is { } pause)
            {
                return Text.Days(pause.PlannedDays, clock.Rule.Unit);
            }

            if (clock.Extended is { } extended && extended.Document == one.Document)
            {
                return Text.Days(extended.Length, clock.Rule.Unit);
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> Delivered(string number, CancellationToken cancel) =>
    [
        .. (await List(Definition.Of<Document>(), number, cancel)).Select(Typed<Document>.Of)
            .Where(document => document.Kind is "approvals." + ItemDocuments.Decision or LicenceIssue.DocumentKind).OrderBy(document => document.Issued)
            .Select(document => $"《{document.Title}》（{document.Number}）"),
    ];

    private async Task<IReadOnlyList<Record>> List(ResourceDefinition resource, string number, CancellationToken cancel) =>
        (await reader.List(resource, new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = ListMax }, cancel)).Records;
}
