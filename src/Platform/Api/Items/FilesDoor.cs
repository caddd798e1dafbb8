using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Items;

/// <summary>
/// Files in fields of records: <c>POST /api/collections/{address}/files?name=</c> keeps one and says what to write into
/// the field, <c>GET .../items/{key}/files/{field}</c> gives it out again.
/// </summary>
internal sealed class FilesDoor(ResourceRegistry registry, GovernedReader reader, RecordFiles files)
{
    public async Task Create(HttpContext context)
    {
        if (await Collections.Find(context, registry) is not { } resource)
        {
            return;
        }

        var (read, wrong) = ReadHeaders.Of(context, resource);
        var parameters = new Parameters(context.Request);
        var name = parameters.Take("name");
        if (string.IsNullOrWhiteSpace(name))
        {
            parameters.Refuse("API-P03", "name", Text.NoFileName);
        }

        var refusals = reader.AccessOf(read.Who, resource) is not { Write: true }
            ? Refusals.Of(new Refusal("API-A02", "", Text.NotWrite(resource.Name)))
            : !resource.Editable ? Refusals.Of(new Refusal("API-A03", "", Text.NotEditable(resource.Name)))
            : !resource.Fields.Any(field => field.Type.Name == FieldKind.File) ? Refusals.Of(new Refusal("API-B11", "", Text.NoFileField(resource.Name)))
            : wrong.And(parameters.End());
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return;
        }

        // One byte more than is allowed tells that it is too long.
        using var content = new MemoryStream();
        await Copy(context.Request.Body, content, RecordFiles.BytesMax + 1, context.RequestAborted);
        content.Position = 0;
        var saved = await files.Save("name", name!, content, content.Length, read.Who, context.RequestAborted);
        if (!saved.Ok)
        {
            await context.Refuse(saved.Refusals, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await JsonAnswer.Send(
            context,
            Formats.Json,
            json =>
            {
                json.WriteString("file"u8, saved.Value);
                json.WriteNumber("bytes"u8, content.Length);
            },
            StatusCodes.Status201Created);
    }

    public async Task Get(HttpContext context)
    {
        if (await Collections.Find(context, registry) is not { } resource)
        {
            return;
        }

        var (read, wrong) = ReadHeaders.Of(context, resource);
        var name = (string)context.Request.RouteValues["field"]!;
        var refusals = reader.Check(read).And(wrong).And(new Parameters(context.Request).End());
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return;
        }

        var key = ItemsDoor.Key(context);
        var position = resource.Field(name) is { Type.Name: FieldKind.File } ? Plan.Of(resource).Position(name) : -1;

        // The right to the file is the right to see the field of the record that holds it.
        var shown = position < 0 ? null : await reader.Get(read with { Fields = [name] }, key, null, context.RequestAborted);
        if (shown is null || shown.Masked[position] || shown.Values[position] is not string address
            || await files.Find(address, context.RequestAborted) is not { } file)
        {
            await context.Refuse(new Refusal("API-C03", name, Text.NoFile(key, name)));
            return;
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        await Results.File(file.Bytes, file.Type, file.Name).ExecuteAsync(context);
    }

    private static async Task Copy(Stream from, MemoryStream to, int most, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        while (to.Length < most && await from.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            to.Write(buffer, 0, (int)Math.Min(read, most - to.Length));
        }
    }
}
