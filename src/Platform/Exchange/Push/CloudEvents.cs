using System.Buffers;
using System.Text;
using System.Text.Json;
using Shali.Platform.Api.Items;
using Shali.Platform.Geo;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Push;

/// <summary>
/// A change as a CloudEvent (1.0): <c>id</c> and <c>source</c> are the same each time that it is sent, so a receiver knows what he has.
/// The extension <c>recordversion</c> orders what happened to one record.
/// </summary>
internal static class CloudEvents
{
    public const string Batch = "application/cloudevents-batch+json";
    public const string One = "application/cloudevents+json";

    public static string Id(ResourceDefinition resource, FeedChange change) => $"{resource.Address}:{change.Cursor}";

    /// <summary>One event as JSON.</summary>
    public static string Write(ResourceDefinition resource, Access access, FeedChange change)
    {
        var shape = FeatureShape.Of(resource);
        var fields = ItemsQuery.Granted(shape, access);
        var writer = new FeatureWriter(shape, Crs.Crs84, fields, fields is null || shape.Place < 0 || fields[shape.Place]);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, FeatureWriter.Options))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("id"u8, Id(resource, change));
            json.WriteString("source"u8, shape.Path);
            json.WriteString("type"u8, change.Operation switch { 'I' => "cn.shali.record.insert", 'U' => "cn.shali.record.update", _ => "cn.shali.record.delete" });
            json.WriteString("subject"u8, change.Key);
            json.WriteString("time"u8, change.At.UtcDateTime);
            json.WriteNumber("recordversion"u8, change.Version);
            json.WriteString("datacontenttype"u8, "application/json"u8);
            if (change.Shown is { } shown)
            {
                json.WriteStartObject("data"u8);
                writer.Members(json, shown, masked: true);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("data"u8);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
