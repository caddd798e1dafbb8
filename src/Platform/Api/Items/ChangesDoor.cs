using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Items;

/// <summary>
/// <c>/api/collections/{address}/changes</c>: what happened to the records of a resource, in an order that never
/// changes, with long polling; or as a stream of server-sent events, each a CloudEvent, which goes on after <c>Last-Event-ID</c>.
/// </summary>
internal sealed class ChangesDoor(
    ResourceRegistry registry, GovernedReader reader, ChangeFeed feed, TimeProvider time)
{
    public const int WaitMax = 30;
    private const int LimitDefault = 100;
    private const string EventStream = "text/event-stream";

    /// <summary>Then he comes again with his last event: nodes are replaced, tokens renewed.</summary>
    private static readonly TimeSpan StreamMost = TimeSpan.FromHours(1);

    private const int WrittenMax = 16;

    private static readonly ConditionalWeakTable<Access, ConcurrentDictionary<(string, FeedCursor, FeedCursor), byte[]>> Written = [];

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // Another node may have written the act: its news comes by the log's own look at the tables, at least this often.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task List(HttpContext context)
    {
        if (await Collections.Find(context, registry) is not { } resource)
        {
            return;
        }

        var (asked, wrong) = ReadHeaders.Of(context, resource);
        var read = asked with { Way = GrantWay.Feed };
        var parameters = new Parameters(context.Request);
        var streams = context.Request.Headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase);
        if (!streams)
        {
            Formats.Choose(parameters, context.Request, [Format.Json]);
        }

        var crs = ItemsQuery.CrsOf(parameters, "crs");
        var limit = parameters.Whole("limit", 1, ChangeFeed.LimitMax) ?? LimitDefault;
        var wait = parameters.Whole("wait", 0, WaitMax) ?? 0;
        var after = After(parameters, streams ? context.Request.Headers["Last-Event-ID"].ToString() : "");
        var refusals = reader.Check(read).And(wrong).And(parameters.End());
        if (!refusals.Any && !await feed.Knows(after, context.RequestAborted))
        {
            refusals = Refusals.Of(new Refusal("API-P07", "after", Text.BadCursor));
        }

        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return;
        }

        if (streams)
        {
            await Stream(context, read, after, limit);
            return;
        }

        var page = await Read(read, after, limit, TimeSpan.FromSeconds(wait), context.RequestAborted);
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers["Content-Crs"] = $"<{crs.Uri}>";
        var shape = FeatureShape.Of(resource);
        var fields = reader.AccessOf(read) is { } access ? ItemsQuery.Granted(shape, access) : [];
        await Send(context, shape, new FeatureWriter(shape, crs, fields, fields is null || shape.Place < 0 || fields[shape.Place]), page);
    }

    private static FeedCursor After(Parameters parameters, string lastEvent)
    {
        var text = parameters.Take("after");
        text = lastEvent.Length > 0 ? lastEvent : text;
        if (text is null)
        {
            return FeedCursor.Start;
        }

        if (FeedCursor.Read(text) is { } cursor)
        {
            return cursor;
        }

        parameters.Refuse("API-P07", "after", Text.BadCursor);
        return FeedCursor.Start;
    }

    private async Task<FeedPage> Read(ReadRequest read, FeedCursor after, int limit, TimeSpan wait, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + wait;
        while (true)
        {
            var news = feed.News(read.Resource);
            var page = await feed.Read(read, after, limit, cancel);
            var left = until - time.GetUtcNow();
            if (page.Changes.Count > 0 || left <= TimeSpan.Zero)
            {
                return page;
            }

            after = page.Next;
            await Task.WhenAny(news, reader.GrantsChanged, Task.Delay(left < Patience ? left : Patience, time, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// Events until one of the two has enough. Who he is and what he may is asked again with each page and whenever a grant changes, so that a
    /// revocation ends the stream, with the reason as its last event.
    /// </summary>
    private async Task Stream(HttpContext context, ReadRequest read, FeedCursor after, int limit)
    {
        var (response, cancel) = (context.Response, context.RequestAborted);
        response.ContentType = EventStream;
        response.Headers.CacheControl = "private, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        var (ends, beat) = (time.GetUtcNow() + StreamMost, time.GetUtcNow());

        // Whoever listens knows at once that he is heard.
        await response.StartAsync(cancel);
        await response.Body.FlushAsync(cancel);
        while (time.GetUtcNow() < ends && !cancel.IsCancellationRequested)
        {
            var (news, changed) = (feed.News(read.Resource), reader.GrantsChanged);
            FeedPage page;
            if (context.RequestServices.GetService<CallerResolution>() is { } resolution)
            {
                await resolution.Resolve(context);
            }

            if (context.Caller().Id != read.Who.Id)
            {
                await End(response, new Refusal("API-A01", "", Text.SignInFirst), cancel);
                return;
            }

            if (reader.AccessOf(read) is not { } access)
            {
                await End(response, reader.Check(read).FirstOrDefault() ?? new Refusal("REG-A01", "", Registry.Text.NotAllowed(read.Resource.Name)), cancel);
                return;
            }

            try
            {
                page = await feed.Read(read, after, limit, cancel);
            }
            catch (GrantEndedException ended)
            {
                await End(response, ended.Refusal, cancel);
                return;
            }

            var now = time.GetUtcNow();
            if (page.Changes.Count > 0 || now - beat >= Heartbeat)
            {
                beat = now;
                await response.Body.WriteAsync(Events(read.Resource, access, after, page), cancel);
                await response.Body.FlushAsync(cancel);
            }

            after = page.Next;

            if (page.Changes.Count == 0)
            {
                await Task.WhenAny(news, changed, Task.Delay(Patience, time, cancel));
            }
        }
    }

    /// <summary>Written once for all who follow by the same grant or right and stand at the same place.</summary>
    private static byte[] Events(ResourceDefinition resource, Access access, FeedCursor after, FeedPage page)
    {
        if (page.Changes.Count == 0)
        {
            return Encoding.UTF8.GetBytes($": {page.Next}\n\n");
        }

        var written = Written.GetOrCreateValue(access);
        if (written.TryGetValue((resource.Id, after, page.Next), out var known))
        {
            return known;
        }

        var text = new StringBuilder();
        foreach (var change in page.Changes)
        {
            text.Append("id: ").Append(change.Cursor).Append("\ndata: ").Append(CloudEvents.Write(resource, access, change)).Append("\n\n");
        }

        if (written.Count >= WrittenMax)
        {
            written.Clear();
        }

        return written[(resource.Id, after, page.Next)] = Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task End(HttpResponse response, Refusal why, CancellationToken cancel)
    {
        await response.WriteAsync($"event: end\ndata: {JsonSerializer.Serialize(new { code = why.Code, detail = why.Sentence }, JsonSerializerOptions.Web)}\n\n", cancel);
        await response.Body.FlushAsync(cancel);
    }

    private static Task Send(HttpContext context, FeatureShape shape, FeatureWriter writer, FeedPage page) =>
        JsonAnswer.Send(context, Formats.Json, json =>
        {
            var collection = Links.Base(context.Request) + shape.Path;
            json.WriteNumber("numberReturned"u8, page.Changes.Count);
            json.WriteString("next"u8, page.Next.ToString());
            Links.Write(json,
            [
                new("collection", Formats.Json, collection),
                new("next", Formats.Json, $"{collection}/changes?after={page.Next}"),
            ]);
            json.WriteStartArray("changes"u8);
            foreach (var change in page.Changes)
            {
                Write(json, writer, change);
            }

            json.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter json, FeatureWriter writer, FeedChange change)
    {
        json.WriteStartObject();
        json.WriteString("cursor"u8, change.Cursor.ToString());
        json.WriteString("op"u8, change.Operation switch { 'I' => "insert", 'U' => "update", _ => "delete" });
        json.WriteString("key"u8, change.Key);
        json.WriteNumber("version"u8, change.Version);
        FeatureWriter.Moment(json, JsonEncodedText.Encode("at"), change.At);
        json.WriteString("kind"u8, change.Kind);
        if (change.Shown is { } shown)
        {
            json.WriteStartObject("feature"u8);
            writer.Members(json, shown, masked: true);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("feature"u8);
        }

        json.WriteEndObject();
    }
}
