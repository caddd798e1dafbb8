using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Api.Items;

/// <summary>
/// Creating, replacing, updating and deleting records (part 4). Every change of an existing record names the version
/// that the writer saw (<c>If-Match</c>): without it 428, with an old one 412. <c>Idempotency-Key</c> makes a repeated
/// request answer like the first.
/// </summary>
internal sealed class WritingDoor(ResourceRegistry registry, GovernedReader reader, RecordStore store)
{
    private const int IdempotencyKeyMax = 128;

    private const string MergePatch = "application/merge-patch+json";

    public async Task Create(HttpContext context)
    {
        if (await Asked(context, "record.create", existing: false) is not { } asked)
        {
            return;
        }

        var (shape, access, act, _) = asked;
        var resource = shape.Definition;
        var body = await RecordBody.Read(context, shape, whole: true);
        if (!body.Ok)
        {
            await context.Refuse(body.Refusals, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        if (body.Value.Id is not null && resource.Key is null)
        {
            await context.Refuse(new Refusal("API-B08", "id", Text.KeyGiven), StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var values = Given(body.Value.Values);
        var insert = new Change.Insert(resource, body.Value.Id ?? "", values)
        {
            ValidFrom = body.Value.ValidFrom,
            ValidTo = body.Value.ValidTo,
        };
        var written = await store.Write(
            act with { Request = body.Value.Fingerprint },
            resource.Schema,
            async session =>
            {
                var applied = await session.Apply(insert, context.RequestAborted);
                return applied.Ok ? await InScope(session, access, resource, applied.Value, context.RequestAborted) : applied.Refusals;
            },
            context.RequestAborted);
        if (!written.Ok)
        {
            await context.Refuse(written.Refusals, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var (key, version) = written.Value.Records[0];
        context.Response.Headers.Location = $"{Links.Base(context.Request)}{shape.Path}/items/{Uri.EscapeDataString(key)}";
        context.Response.Headers.ETag = $"\"{version}\"";
        await JsonAnswer.Send(
            context,
            Formats.Json,
            json =>
            {
                json.WriteString("id"u8, key);
                json.WriteNumber("version"u8, version);
            },
            StatusCodes.Status201Created);
    }

    /// <summary>What this caller may do here (part 4, /req/create-replace-delete/options-response).</summary>
    public async Task Options(HttpContext context)
    {
        if (await Collections.Find(context, registry) is not { } resource)
        {
            return;
        }

        var (read, _) = ReadHeaders.Of(context, resource);
        var refusals = reader.Check(read with { Clear = false, Way = Exchange.GrantWay.Any });
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return;
        }

        var headers = context.Response.Headers;
        var item = context.Request.RouteValues.ContainsKey("key");
        var writes = resource.Editable && reader.AccessOf(read.Who, resource) is { Write: true };
        headers.Allow = "GET, HEAD, OPTIONS" + (!writes ? "" : item ? ", PUT, PATCH, DELETE" : ", POST");
        if (writes)
        {
            headers[item ? "Accept-Patch" : "Accept-Post"] = (item ? MergePatch + ", " : "") + Formats.GeoJson + ", " + Formats.Json;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public Task Replace(HttpContext context) => Change(context, whole: true);

    public Task Update(HttpContext context) => Change(context, whole: false);

    public async Task Delete(HttpContext context)
    {
        if (await Asked(context, "record.delete", existing: true) is not { } asked)
        {
            return;
        }

        var refusals = new Parameters(context.Request).End();
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return;
        }

        var (shape, access, act, expected) = asked;
        var (resource, key) = (shape.Definition, ItemsDoor.Key(context));
        var written = await store.Write(
            act,
            resource.Schema,
            async session =>
            {
                var outside = await InScope(session, access, resource, key, context.RequestAborted);
                return outside.Any ? outside : (await session.Apply(new Change.Delete(resource, key, expected), context.RequestAborted)).Refusals;
            },
            context.RequestAborted);
        await Answer(context, written);
    }

    private async Task Change(HttpContext context, bool whole)
    {
        if (await Asked(context, "record.edit", existing: true) is not { } asked)
        {
            return;
        }

        var (shape, access, act, expected) = asked;
        var (resource, key) = (shape.Definition, ItemsDoor.Key(context));
        var body = await RecordBody.Read(context, shape, whole);
        if (!body.Ok)
        {
            await context.Refuse(body.Refusals, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        if (body.Value.Id is { } id && id != key)
        {
            await context.Refuse(new Refusal("API-B09", "id", Text.KeyDiffers), StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var update = new Change.Update(resource, key, expected, KeyKept(resource, key, body.Value.Values, whole))
        {
            ValidFrom = body.Value.ValidFrom,
            ValidTo = body.Value.ValidTo,
            OpenEnded = body.Value.OpenEnded,
        };
        var written = await store.Write(
            act with { Request = body.Value.Fingerprint },
            resource.Schema,
            async session =>
            {
                var wrong = (await InScope(session, access, resource, key, context.RequestAborted))
                    .And(await MaskedBack(session, update, context.RequestAborted));
                if (wrong.Any)
                {
                    return wrong;
                }

                var applied = await session.Apply(update, context.RequestAborted);
                return applied.Ok ? await InScope(session, access, resource, key, context.RequestAborted) : applied.Refusals;
            },
            context.RequestAborted);
        await Answer(context, written, expected);
    }

    private static async Task Answer(HttpContext context, Outcome<Written> written, int? unchanged = null)
    {
        if (!written.Ok)
        {
            await context.Refuse(written.Refusals, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        // Nothing was different: the version stays what the writer saw.
        var version = written.Value.Records is [var (_, number), ..] ? number : unchanged;
        if (version is not null)
        {
            context.Response.Headers.ETag = $"\"{version}\"";
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The right to write, the act and the version that is expected; null when the refusal was sent.</summary>
    private async Task<(FeatureShape Shape, Access Access, Act Act, int? Expected)?> Asked(HttpContext context, string kind, bool existing)
    {
        if (await Collections.Find(context, registry) is not { } resource)
        {
            return null;
        }

        var (read, wrong) = ReadHeaders.Of(context, resource);
        var access = reader.AccessOf(read.Who, resource);
        var refusals = access is not { Write: true }
            ? Refusals.Of(new Refusal("API-A02", "", Text.NotWrite(resource.Name)))
            : resource.Editable ? Refusals.None : Refusals.Of(new Refusal("API-A03", "", Text.NotEditable(resource.Name)));
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return null;
        }

        var (expected, mismatch) = existing ? Expected(context.Request) : (null, null);
        var (idempotencyKey, badKey) = IdempotencyKey(context.Request);
        refusals = wrong.And(Refusals.Of(mismatch, badKey));
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return null;
        }

        var act = new Act(read.Who, kind, read.Purpose, read.Case) { IdempotencyKey = idempotencyKey };
        return (FeatureShape.Of(resource), access!, act, expected);
    }

    private static (int? Version, Refusal? Wrong) Expected(HttpRequest request)
    {
        var header = request.Headers.IfMatch.ToString();
        if (header.Length == 0)
        {
            return (null, new("API-I01", "If-Match", Text.IfMatchMissing));
        }

        if (header == "*")
        {
            return (null, null);
        }

        return header.Length > 2 && header[0] == '"' && header[^1] == '"'
            && int.TryParse(header.AsSpan(1, header.Length - 2), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version)
                ? (version, null)
                : (null, new("API-I02", "If-Match", Text.BadIfMatch));
    }

    // One key names one request: the same key on another address is another request.
    private static (string? Key, Refusal? Wrong) IdempotencyKey(HttpRequest request)
    {
        var header = request.Headers["Idempotency-Key"].ToString();
        if (header.Length == 0)
        {
            return (null, null);
        }

        return header.Length <= IdempotencyKeyMax && header.All(c => c is > ' ' and < '\x7f')
            ? ($"{request.Method} {request.Path.Value} {header}", null)
            : (null, new("API-I03", "Idempotency-Key", Text.BadIdempotencyKey));
    }

    private static async Task<Refusals> InScope(
        WriteSession session, Access access, ResourceDefinition resource, string key, CancellationToken cancel) =>
        access.Scope is not { } scope || await session.Get(resource, key, cancel) is not { } record || scope.Covers(record)
            ? Refusals.None
            : Refusals.Of(new Refusal("API-A05", resource.ScopeField ?? "", Text.OutOfScope));

    // A masked value that comes back unchanged from a form or a copy would destroy the real one.
    private static async Task<Refusals> MaskedBack(WriteSession session, Change.Update update, CancellationToken cancel)
    {
        var masked = update.Resource.Fields
            .Where(field => ReadView.MaskOf(field) != MaskShape.None && update.Values.GetValueOrDefault(field.Name) is string)
            .ToList();
        if (masked.Count == 0 || await session.Get(update.Resource, update.Key, cancel) is not { } record)
        {
            return Refusals.None;
        }

        return new([.. masked
            .Where(field => record[field.Name] is { } before
                && (before as string ?? field.Type.Write(field, before)) is var written
                && (string)update.Values[field.Name]! is var given
                && given != written && given == Masks.Apply(ReadView.MaskOf(field), written))
            .Select(field => new Refusal("API-B10", field.Name, Text.MaskedBack(field.Label)))]);
    }

    private static Dictionary<string, object?> Given(IReadOnlyDictionary<string, object?> values) =>
        values.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    // The key stands in the address: a replacement need not repeat it.
    private static IReadOnlyDictionary<string, object?> KeyKept(
        ResourceDefinition resource, string key, IReadOnlyDictionary<string, object?> values, bool whole) =>
        whole && resource.Key is { } name && values.GetValueOrDefault(name) is null
            ? new Dictionary<string, object?>(values, StringComparer.Ordinal) { [name] = key }
            : values;
}
