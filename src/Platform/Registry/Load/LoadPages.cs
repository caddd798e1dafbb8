using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Load.Pages;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Load;

/// <summary>The pages of a load: bring a file, confirm its columns, see how it goes, fetch what was rejected.</summary>
internal sealed class LoadPages(ResourceRegistry resources, LoadDesk desk, LoadJobs jobs, IAntiforgery antiforgery)
{
    public const string Skip = "-";

    public IResult Bring(HttpContext context, string resource) => resources.Find(resource) is { } definition
        ? Upload(context, definition, LoadDesk.OnlyBySystem(definition))
        : Results.NotFound();

    public async Task<IResult> Receive(HttpContext context, string resource, CancellationToken cancel)
    {
        if (resources.Find(resource) is not { } definition)
        {
            return Results.NotFound();
        }

        var received = await LoadUpload.Read(
            context,
            antiforgery,
            (fields, name, body) => desk.Receive(definition, context.Caller(), body, name, new() { Source = Source(fields) }, cancel),
            cancel);
        return received.Ok
            ? Ui.Pages.SeeOther(Address(definition, received.Value.Id))
            : Upload(context, definition, received.Refusals);
    }

    public async Task<IResult> List(HttpContext context, string resource, CancellationToken cancel) =>
        resources.Find(resource) is { } definition
            ? context.Show<LoadListPage>(new
            {
                Definition = definition,
                Jobs = (IReadOnlyList<LoadJob>)await jobs.Of(context.Caller(), definition.Id, 100, cancel),
            })
            : Results.NotFound();

    public async Task<IResult> Show(HttpContext context, string resource, string id, CancellationToken cancel)
    {
        if (await Find(context, resource, id, cancel) is not var (definition, job))
        {
            return Results.NotFound();
        }

        return job.State == LoadState.Draft
            ? Confirm(context, definition, job, job.Options, Refusals.None)
            : context.Show<LoadJobPage>(new { Definition = definition, Job = job, HasRejects = desk.Rejects(job) is not null });
    }

    /// <summary>Looks at the file in another way: what was chosen for the old columns means nothing now.</summary>
    public async Task<IResult> ReadOtherwise(HttpContext context, string resource, string id, CancellationToken cancel)
    {
        if (await Find(context, resource, id, cancel) is not var (definition, job))
        {
            return Results.NotFound();
        }

        if (await Form(context, cancel) is not { } fields)
        {
            return Results.BadRequest();
        }

        await jobs.Redraft(id, job.Options with { Source = Source(fields), Mapping = null }, cancel);
        return Ui.Pages.SeeOther(Address(definition, id));
    }

    public async Task<IResult> Decide(HttpContext context, string resource, string id, CancellationToken cancel)
    {
        if (await Find(context, resource, id, cancel) is not var (definition, job))
        {
            return Results.NotFound();
        }

        if (await Form(context, cancel) is not { } fields)
        {
            return Results.BadRequest();
        }

        var (options, ignored) = Chosen(job, fields);
        if (job.State != LoadState.Draft)
        {
            return Ui.Pages.SeeOther(Address(definition, id));
        }

        var refusals = await desk.Start(job, options, ignored, cancel);
        return refusals.Any
            ? Confirm(context, definition, job, options, refusals)
            : Ui.Pages.SeeOther(Address(definition, id));
    }

    public async Task<IResult> Cancel(HttpContext context, string resource, string id, CancellationToken cancel)
    {
        if (await Find(context, resource, id, cancel) is not var (definition, _))
        {
            return Results.NotFound();
        }

        if (await Form(context, cancel) is null)
        {
            return Results.BadRequest();
        }

        await jobs.Cancel(id, cancel);
        return Ui.Pages.SeeOther(Address(definition, id));
    }

    public async Task<IResult> Rejects(HttpContext context, string resource, string id, string format, CancellationToken cancel) =>
        await Find(context, resource, id, cancel) is var (_, job) && desk.Rejects(job) is { } path
            ? LoadAnswers.Rejects(job, path, format)
            : Results.NotFound();

    public static string Address(ResourceDefinition definition, string id) => $"/records/{definition.Address}/loads/{id}";

    private async Task<(ResourceDefinition, LoadJob)?> Find(HttpContext context, string resource, string id, CancellationToken cancel) =>
        resources.Find(resource) is { } definition
        && await desk.Find(context.Caller(), id, cancel) is { } job && job.Resource == definition.Id
            ? (definition, job)
            : null;

    private static IResult Upload(HttpContext context, ResourceDefinition definition, Refusals refusals) => context.Show<LoadUploadPage>(
        new { Definition = definition, Refusals = refusals },
        refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private IResult Confirm(HttpContext context, ResourceDefinition definition, LoadJob job, LoadOptions options, Refusals refusals)
    {
        var preview = desk.Preview(job, options);
        var all = preview.Ok ? refusals : preview.Refusals;
        return context.Show<LoadConfirmPage>(
            new { Definition = definition, Job = job, Options = options, Preview = preview.Ok ? preview.Value : null, Refusals = all },
            all.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>The fields of the form; null when it does not come from our own page or is no form.</summary>
    private async Task<Dictionary<string, string>?> Form(HttpContext context, CancellationToken cancel)
    {
        try
        {
            if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            {
                return null;
            }

            var form = await context.Request.ReadFormAsync(cancel);
            return form.ToDictionary(
                pair => pair.Key, pair => pair.Value.ToString().Replace("\0", "", StringComparison.Ordinal), StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static (LoadOptions Options, HashSet<int> Ignored) Chosen(LoadJob job, Dictionary<string, string> fields)
    {
        var count = int.TryParse(fields.GetValueOrDefault("columns"), CultureInfo.InvariantCulture, out var columns) ? Math.Clamp(columns, 0, 2000) : 0;
        var chosen = new string?[count];
        var ignored = new HashSet<int>();
        for (var i = 0; i < count; i++)
        {
            var value = fields.GetValueOrDefault(ColumnMapping.Input(i)) ?? "";
            chosen[i] = value is "" or Skip ? null : value;
            if (value == Skip)
            {
                ignored.Add(i);
            }
        }

        return (
            job.Options with
            {
                Mapping = chosen,
                Mode = fields.GetValueOrDefault("mode") == "all-or-nothing" ? LoadMode.AllOrNothing : LoadMode.GoodRows,
                Purpose = (fields.GetValueOrDefault("purpose") ?? "").Trim(),
            },
            ignored);
    }

    private static SourceOptions Source(IReadOnlyDictionary<string, string> fields) => new()
    {
        Encoding = fields.GetValueOrDefault("encoding") is { Length: > 0 } encoding ? encoding : null,
        Header = fields.GetValueOrDefault("header") != "no",
        Sheet = fields.GetValueOrDefault("sheet")?.Trim() is { Length: > 0 } sheet ? sheet : null,
    };
}
