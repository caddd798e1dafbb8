using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Shali.Platform.Ui;

/// <summary>
/// The style sheet, the script and the icon. Their address carries a digest of their content, so that a browser may
/// keep them for ever and still sees a new release at once.
/// </summary>
public static class SiteFiles
{
    private static readonly Dictionary<string, Asset> All = new[]
    {
        Asset.Load("shali.css", "text/css; charset=utf-8"),
        Asset.Load("app.js", "text/javascript; charset=utf-8"),
        Asset.Load("mark.svg", "image/svg+xml"),
    }.ToDictionary(asset => asset.Name, StringComparer.Ordinal);

    public static string Css { get; } = All["shali.css"].Address;

    public static string Script { get; } = All["app.js"].Address;

    public static string Icon { get; } = All["mark.svg"].Address;

    /// <summary>Serves a file; an address of another release is answered with the file of this one, uncached.</summary>
    internal static IResult Serve(HttpContext context, string digest, string name)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = digest == asset.Digest ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (brotli)
        {
            headers.ContentEncoding = "br";
        }

        return Results.Bytes(brotli ? asset.Compressed : asset.Content, asset.Type);
    }

    private sealed record Asset(string Name, string Type, byte[] Content, byte[] Compressed, string Digest)
    {
        public string Address => $"/ui/{Digest}/{Name}";

        public static Asset Load(string name, string type)
        {
            using var stream = typeof(SiteFiles).Assembly.GetManifestResourceStream($"Ui/Assets/{name}")
                ?? throw new InvalidOperationException($"The assembly carries no Ui/Assets/{name}.");
            using var content = new MemoryStream();
            stream.CopyTo(content);
            using var compressed = new MemoryStream();
            using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                brotli.Write(content.GetBuffer(), 0, (int)content.Length);
            }

            var digest = Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))[..12];
            return new(name, type, content.ToArray(), compressed.ToArray(), digest);
        }
    }
}
