using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Design;

namespace Shali.Platform.Registry.Pages;

/// <summary>Definitions over the interface: the same rules as the designer's form.</summary>
internal sealed class DefinitionApi(ResourceRegistry registry)
{
    private const int BytesMax = 1024 * 1024;

    public IResult List() => Results.Text(
        $"[{string.Join(",", registry.All.Select(DefinitionJson.Write))}]", "application/json", Encoding.UTF8);

    public IResult Get(HttpContext context, string resource)
    {
        if (registry.Find(resource) is not { } definition)
        {
            return Refused(Refusals.Of(new Refusal("REG-D61", "", Design.Text.NotThere)), 404);
        }

        context.Response.Headers.ETag = ETag(definition);
        return Json(definition);
    }

    public async Task<IResult> Version(string resource, int number, CancellationToken cancel)
    {
        var versions = await registry.Versions(resource, cancel);
        return versions.FirstOrDefault(version => version.Definition.Version == number).Definition is { } definition
            ? Json(definition)
            : Refused(Refusals.Of(new Refusal("REG-D61", "", Design.Text.NotThere)), 404);
    }

    public async Task<IResult> Create(HttpContext context, CancellationToken cancel)
    {
        var (definition, refused) = await Read(context, cancel);
        if (definition is null)
        {
            return refused!;
        }

        if (registry.Find(definition.Id) is not null)
        {
            return Refused(Refusals.Of(new Refusal("REG-D43", "id", Design.Text.AlreadyThere)), 409);
        }

        return await Publish(context, definition, null, 0, 201, cancel);
    }

    public async Task<IResult> Change(HttpContext context, string resource, CancellationToken cancel)
    {
        if (registry.Find(resource) is not { } before)
        {
            return Refused(Refusals.Of(new Refusal("REG-D61", "", Design.Text.NotThere)), 404);
        }

        var (definition, refused) = await Read(context, cancel);
        if (definition is null)
        {
            return refused!;
        }

        if (definition.Id != before.Id)
        {
            return Refused(Refusals.Of(new Refusal("REG-D62", "id", Design.Text.IdMoved(before.Id))), 400);
        }

        // Two officers who read the same version: the later one must see what the other made of it.
        var expected = context.Request.Headers.IfMatch.ToString();
        return expected.Length == 0 ? Refused(Refusals.Of(new Refusal("REG-D65", "If-Match", Text.DefinitionTagMissing)), 428)
            : expected != "*" && expected != ETag(before) ? Refused(Refusals.Of(new Refusal("REG-D60", "", Text.DefinitionMoved)), 412)
            : await Publish(context, definition, before, expected == "*" ? null : before.Version, 200, cancel);
    }

    private async Task<IResult> Publish(
        HttpContext context, ResourceDefinition definition, ResourceDefinition? before, int? expected, int status, CancellationToken cancel)
    {
        var who = context.Caller();
        var refusals = Designer.MayDefine(who, before).And(DesignRules.Check(definition, who));
        if (before is { RunTime: false })
        {
            refusals = Designer.MayDefine(who, before);
        }
        else
        {
            refusals = refusals.And(registry.Check(definition with { RunTime = true }));
        }

        if (refusals.Any)
        {
            return Refused(refusals, before is { RunTime: false } ? 409 : 422);
        }

        var published = await registry.Publish(definition, who, expected, cancel);
        if (!published.Ok)
        {
            return Refused(published.Refusals, published.Refusals[0].Code switch { "REG-D43" => 409, "REG-D60" => 412, "REG-S12" => 503, _ => 422 });
        }

        context.Response.Headers.ETag = ETag(published.Value);
        context.Response.Headers.Location = $"/api/definitions/{published.Value.Address}";
        return Results.Text(DefinitionJson.Write(published.Value), "application/json", Encoding.UTF8, status);
    }

    private static async Task<(ResourceDefinition? Definition, IResult? Refused)> Read(HttpContext context, CancellationToken cancel)
    {
        // A form of another site can send text, never JSON: the content type keeps a signed-in browser safe.
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (null, Refused(Refusals.Of(new Refusal("REG-D63", "", Design.Text.NeedsJson)), 415));
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancel);
        if (body.Length > BytesMax)
        {
            return (null, Refused(Refusals.Of(new Refusal("REG-D64", "", Design.Text.LongJson)), 413));
        }

        var read = DefinitionInput.Definition(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
        return read.Ok ? (read.Value, null) : (null, Refused(read.Refusals, 400));
    }

    private static string ETag(ResourceDefinition definition) => $"\"{definition.Version.ToString(CultureInfo.InvariantCulture)}\"";

    private static IResult Json(ResourceDefinition definition) =>
        Results.Text(DefinitionJson.Write(definition), "application/json", Encoding.UTF8);

    private static IResult Refused(Refusals refusals, int status) => Results.Problem(
        detail: refusals[0].Sentence,
        statusCode: status,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = refusals[0].Code,
            ["errors"] = refusals.Select(refusal => new { code = refusal.Code, field = refusal.Field, detail = refusal.Sentence, basis = refusal.Basis?.ToString() }).ToArray(),
        });
}
