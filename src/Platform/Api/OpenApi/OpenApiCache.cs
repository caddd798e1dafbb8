using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Shali.Platform.Api.Items;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Api.OpenApi;

/// <summary>The OpenAPI document, written once for each generation of the registry.</summary>
internal sealed class OpenApiCache(IReadOnlyList<CitySystem> systems)
{
    private volatile Entry? _entry;

    public (ReadOnlyMemory<byte> Document, string Tag) Current(ResourceRegistry registry)
    {
        var entry = _entry;
        var generation = registry.Generation;
        if (entry?.Generation != generation)
        {
            var document = Write(registry.All, systems, indented: false);
            _entry = entry = new(generation, document, $"\"{Convert.ToHexStringLower(SHA256.HashData(document))[..16]}\"");
        }

        return (entry.Document, entry.Tag);
    }

    public static byte[] Write(IEnumerable<ResourceDefinition> resources, IEnumerable<CitySystem> systems, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * 1024);
        using (var json = new Utf8JsonWriter(buffer, FeatureWriter.Options with { Indented = indented, NewLine = "\n" }))
        {
            new OpenApiDocument(json).Write(resources, [.. systems.SelectMany(system => system.Operations)]);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private sealed record Entry(long Generation, ReadOnlyMemory<byte> Document, string Tag);
}
