using Microsoft.AspNetCore.Http;
using NetTopologySuite.Geometries;
using Shali.Platform.Exchange;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Schemas;

/// <summary>
/// <c>/schema</c> (what comes back and what is taken), <c>/queryables</c> and <c>/sortables</c> of a collection.
/// A field that the caller sees masked is neither queryable nor sortable for him.
/// </summary>
internal sealed class SchemaDoor(ResourceRegistry registry, GovernedReader reader)
{
    public Task Schema(HttpContext context) => Send(context, "schema", (access, _, field) => access.Shows(field), true);

    public Task Queryables(HttpContext context) => Send(context, "queryables", (access, clear, field) => clear || Open(access, field), false);

    public Task Sortables(HttpContext context) => Send(
        context, "sortables", (access, clear, field) => field.Type.ClrType != typeof(Geometry) && (clear || Open(access, field)), false);

    private static bool Open(Access access, FieldDefinition field) => access.MaskOf(field) == MaskShape.None;

    private async Task Send(HttpContext context, string name, Func<Access, bool, FieldDefinition, bool> only, bool required)
    {
        if (await Collections.Find(context, registry) is not { } resource)
        {
            return;
        }

        var (asked, wrong) = ReadHeaders.Of(context, resource);
        var read = asked with { Way = GrantWay.Any };
        var parameters = new Parameters(context.Request);
        Formats.Choose(parameters, context.Request, [Format.Json]);
        var refusals = reader.Check(read).And(wrong).And(parameters.End());
        if (refusals.Any || reader.AccessOf(read) is not { } access)
        {
            await context.Refuse(refusals.Any ? refusals : reader.Check(read));
            return;
        }

        var id = $"{Links.Base(context.Request)}/api/collections/{resource.Address}/{name}";
        context.Response.Headers.CacheControl = "private, no-cache";
        await JsonAnswer.Send(context, Formats.Schema, json =>
        {
            json.WriteString("$schema"u8, SchemaWriter.Dialect);
            json.WriteString("$id"u8, id);
            SchemaWriter.Object(json, resource, field => only(access, read.Clear, field), required);
        });
    }
}
