using Microsoft.AspNetCore.Http;
using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Ui;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>The registrar's desk: choose the entity, choose a step that its state allows, enter it.</summary>
internal static class FilingPages
{
    private const int FilingsShown = 200;

    public static async Task<IResult> Choose(
        HttpContext context, FirmSearch search, CancellationToken cancel, string? q = null, string? after = null)
    {
        var words = FirmPages.Cut(q);
        var found = words.Length == 0 ? null : await search.Find(words, after, FirmSearch.PageSize, cancel);
        return context.Show<FilingEntitiesPage>(new { Words = words, Found = found?.Firms, found?.Next, Later = after is not null });
    }

    public static async Task<IResult> Steps(
        HttpContext context, GovernedReader reader, string code, CancellationToken cancel, string? done = null)
    {
        if (await Entity(context, reader, code, cancel) is not { } entity)
        {
            return Results.NotFound();
        }

        var query = new RecordQuery
        {
            Where = new Filter.Compare("entity", Comparison.Equal, code),
            Sort = [new("on", Descending: true)],
            Limit = FilingsShown,
        };
        var filings = await reader.List(new ReadRequest(context.Caller(), Resources.Filing), query, cancel);
        return context.Show<FilingStepsPage>(new
        {
            Entity = entity,
            Steps = Possible(entity),
            RegisteredElsewhere = !FilingRules.InTrade(entity.Raw("kind")),
            Filings = filings.Value.Records,
            Done = done is not null,
            Oddity = EntityCodes.Oddity(entity.Raw("kind"), entity.Raw("credit_code")),
        });
    }

    public static async Task<IResult> Ask(
        HttpContext context, GovernedReader reader, FilingForm form, TimeProvider time, string code, string step, CancellationToken cancel) =>
        LifeCycle.Steps.Contains(step) && await Entity(context, reader, code, cancel) is { } entity && Possible(entity).Contains(step)
            ? Form(context, form, entity, step, null, time.Today(), Refusals.None)
            : Results.NotFound();

    public static async Task<IResult> Enter(
        HttpContext context, GovernedReader reader, FilingForm form, Filings filings, TimeProvider time, string code, string step,
        CancellationToken cancel) =>
        LifeCycle.Steps.Contains(step) && await Entity(context, reader, code, cancel) is { } entity
            ? await Enter(context, form, filings, time, entity, step, cancel)
            : Results.NotFound();

    public static IResult AskNew(HttpContext context, FilingForm form, TimeProvider time, string? step = null) =>
        Form(context, form, null, Beginning(step), null, time.Today(), Refusals.None);

    public static Task<IResult> EnterNew(
        HttpContext context, FilingForm form, Filings filings, TimeProvider time, CancellationToken cancel, string? step = null) =>
        Enter(context, form, filings, time, null, Beginning(step), cancel);

    private static async Task<IResult> Enter(
        HttpContext context, FilingForm form, Filings filings, TimeProvider time, ShownRecord? entity, string step, CancellationToken cancel)
    {
        var sent = await Posted.Read(context, cancel);
        var (request, unclear) = await form.Read(step, entity, sent, context.Caller(), cancel);
        var code = entity?.Key ?? OrganisationCode.Kind.Normalise(sent["organisation_code"]);
        if (request.On == DateOnly.MinValue)
        {
            // The form already says that there is no day; the rules judge the rest as of today.
            request = request with { On = time.Today() };
        }

        var once = sent.Or(Posted.Once) is { Length: <= 64 } word ? "form:" + word : null;
        var entered = await filings.Enter(code, request, context.Caller(), unclear, once, cancel);
        return entered.Ok
            ? Shali.Platform.Ui.Pages.SeeOther($"/legal-entities/filings/{Uri.EscapeDataString(code)}?done=1")
            : Form(context, form, entity, step, sent, time.Today(), entered.Refusals);
    }

    private static IResult Form(
        HttpContext context, FilingForm form, ShownRecord? entity, string step, Posted? sent, DateOnly today, Refusals refusals) =>
        context.Show<FilingFormPage>(
            new
            {
                Entity = entity,
                Step = step,
                Inputs = form.Inputs(step, entity, sent),
                Sent = sent,
                Once = sent?.Or(Posted.Once) ?? Guid.NewGuid().ToString("N"),
                Today = today,
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);

    private static string Beginning(string? step) => FilingForm.Beginnings.FirstOrDefault(known => known == step) ?? FilingForm.Beginnings[0];

    /// <summary>A sole trader may be struck off without a notice, which the table of states alone does not say.</summary>
    private static IReadOnlyList<string> Possible(ShownRecord entity)
    {
        if (!FilingRules.InTrade(entity.Raw("kind")))
        {
            return [];
        }

        var facts = new FilingFacts(Typed<Entity>.Of(entity.Record), [], 0, null, new("", default, null, null), default);
        return [.. LifeCycle.Steps.Where(step => FilingRules.Next(facts with { Request = facts.Request with { Kind = step } }).Ok)];
    }

    private static Task<ShownRecord?> Entity(HttpContext context, GovernedReader reader, string code, CancellationToken cancel) =>
        reader.AccessOf(context.Caller(), Resources.Entity) is null
            ? Task.FromResult<ShownRecord?>(null)
            : reader.Get(new ReadRequest(context.Caller(), Resources.Entity), code, cancel: cancel);
}
