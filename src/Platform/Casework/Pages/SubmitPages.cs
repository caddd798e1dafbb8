using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>The whole application once more, handed in once, and the receipt for it.</summary>
internal static class SubmitPages
{
    public static async Task<IResult> Check(HttpContext context, Drafts drafts, ResourceRegistry registry, string id, CancellationToken cancel)
    {
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        return draft is null ? answer
            : Applying.HasApplicant(draft) ? Whole(context, draft, registry, Refusals.None)
            : Ui.Pages.SeeOther(Applying.NextAddress(draft, null));
    }

    public static async Task<IResult> Submit(
        HttpContext context, Drafts drafts, CaseDesk desk, ResourceRegistry registry, FirmDirectory firms, TimeProvider time, string id, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        if (draft is null)
        {
            return answer;
        }

        var who = context.Caller();
        if (!Applying.HasApplicant(draft))
        {
            return Whole(context, draft, registry, Refusals.Of(new Refusal("CASE-O04", "", Casework.Text.NobodyApplies)));
        }

        if (draft.KnownAt is null || time.GetUtcNow() - draft.KnownAt > Applying.Fresh)
        {
            var now = await Applying.Know(context, draft, cancel);
            await drafts.Save(now, cancel);
            if (!Same(draft, now))
            {
                return Whole(context, now, registry, Refusals.Of(new Refusal("CASE-O09", "", Text.DataChanged)));
            }

            draft = now;
        }

        var opened = await desk.Open(who, await Request(who, draft, firms, cancel), "draft:" + draft.Id, cancel);
        return opened.Ok ? Ui.Pages.SeeOther(Applying.After(who, opened.Value.Number)) : Whole(context, draft, registry, opened.Refusals);
    }

    public static async Task<IResult> OwnReceipt(HttpContext context, CaseReader cases, TrackingCodes codes, Offices offices, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { Sight: Sight.Own } file
            ? Receipt(context, file, codes, offices) : Results.NotFound();

    public static async Task<IResult> DeskReceipt(HttpContext context, CaseReader cases, TrackingCodes codes, Offices offices, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { Sight: Sight.Office } file
            ? Receipt(context, file, codes, offices) : Results.NotFound();

    private static IResult Receipt(HttpContext context, CaseFile file, TrackingCodes codes, Offices offices)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        var track = $"{context.Request.Scheme}://{context.Request.Host}{CaseRoutes.Track}?number={file.Case.Number}";
        return context.Show<ReceiptPage>(new { File = file, Code = codes.Of(file.Case.Number), Track = track, OfficeName = offices.NameOf(file.Case.Office) });
    }

    private static bool Same(Draft before, Draft now) =>
        before.Answers.Count == now.Answers.Count && before.Answers.All(answer => now.Answers.GetValueOrDefault(answer.Key) == answer.Value)
        && before.Had.Select(material => material.Code).SequenceEqual(now.Had.Select(material => material.Code));

    private static async Task<OpenRequest> Request(Caller who, Draft draft, FirmDirectory firms, CancellationToken cancel)
    {
        string? Said(string name) => draft.Answers.GetValueOrDefault(name);
        var window = who.Kind == CallerKind.Staff;
        var firm = who is { Entity: { } entity, Person: { } person }
            ? (await firms.FirmsRepresentedBy(person, cancel)).FirstOrDefault(one => one.Key == entity)
            : null;
        var answers = draft.Type.Form.Asked(draft.Answers).Where(question => draft.Answers.ContainsKey(question.Field.Name))
            .ToDictionary(question => question.Field.Name, question => draft.Answers[question.Field.Name], StringComparer.Ordinal);
        var had = draft.Had.Select(material => (material, Fact: draft.FactOf(material)!))
            .Select(each => new GivenMaterial(each.material.Code, each.material.Name, each.Fact.How) { Source = each.Fact.Source });
        var forChild = Applying.IsForChild(draft);
        return new(draft.Type.Code, answers)
        {
            Source = window ? CaseSource.Window : CaseSource.Online,
            Person = window ? Said(Applying.Person) : !forChild ? who.Person : Said(Applying.For) is Applying.Newborn ? null : Said(Applying.For),
            PersonName = window ? Said(Applying.PersonName) ?? Said(Applying.Agent) : forChild ? Said(Applying.ForName) : who.Name,
            Entity = window ? Said(Applying.Entity) : who.Entity,
            EntityName = window ? Said(Applying.EntityName) : firm?.Name,
            Agent = forChild ? who.Name : Said(Applying.Agent),
            AgentPerson = forChild ? who.Person : null,
            AgentRelation = forChild ? AgentRelation.Parent : Said(Applying.Relation) ?? (window && Said(Applying.Entity) is not null ? AgentRelation.Employee : null),
            Phone = Said(Applying.Phone),
            Email = Said(Applying.Email),
            Materials = [.. draft.Materials.Where(one => draft.Needed.Any(material => material.Code == one.Code)), .. had],
            Draft = draft.Id,
        };
    }

    private static IResult Whole(HttpContext context, Draft draft, ResourceRegistry registry, Refusals refusals) => context.Show<CheckPage>(
        new { Draft = draft, Registry = registry, Window = Applying.IsWindow(context), Refusals = refusals },
        refusals.Any ? 422 : 200);
}
