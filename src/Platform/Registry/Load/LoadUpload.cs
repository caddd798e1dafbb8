using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// A form with a large file, read while it comes: the fields first, then the file straight to disk. The framework's own
/// form reading would keep it a second time.
/// </summary>
internal static class LoadUpload
{
    private const string TokenHeader = "RequestVerificationToken";
    private const int FieldChars = 4096;

    /// <summary>
    /// Gives <paramref name="keep"/> the fields, the file's name and its content. Refused when the form does not come
    /// from our own page or has no file.
    /// </summary>
    public static async Task<Outcome<T>> Read<T>(
        HttpContext context, IAntiforgery antiforgery, Func<IReadOnlyDictionary<string, string>, string, Stream, Task<Outcome<T>>> keep,
        CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and < 200 } boundary)
        {
            return new Refusal("LOAD-U01", "file", Text.ChooseFile);
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new MultipartReader(boundary, context.Request.Body);
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                {
                    continue;
                }

                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                if (disposition.IsFileDisposition())
                {
                    return await File(context, antiforgery, fields, disposition, section.Body, keep);
                }

                fields[name] = await Field(section.Body, cancel);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException || (broken is IOException and not BadHttpRequestException))
        {
            return new Refusal("LOAD-U03", "file", Text.UploadBroken);
        }

        return new Refusal("LOAD-U01", "file", Text.ChooseFile);
    }

    private static async Task<Outcome<T>> File<T>(
        HttpContext context, IAntiforgery antiforgery, Dictionary<string, string> fields, ContentDispositionHeaderValue disposition, Stream body,
        Func<IReadOnlyDictionary<string, string>, string, Stream, Task<Outcome<T>>> keep)
    {
        // The token stands before the file in the form: nothing is kept for a form that is not ours.
        // In the header the framework finds it without reading the form.
        context.Request.Headers[TokenHeader] = fields.GetValueOrDefault(PageContext.FormTokenField);
        if (!fields.ContainsKey(PageContext.FormTokenField) || !await antiforgery.IsRequestValidAsync(context))
        {
            return new Refusal("LOAD-U02", "", Text.FormExpired);
        }

        var name = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value ?? "";
        return name.Length == 0 ? new Refusal("LOAD-U01", "file", Text.ChooseFile) : await keep(fields, name, body);
    }

    private static async Task<string> Field(Stream body, CancellationToken cancel)
    {
        using var reader = new StreamReader(body);
        var text = new char[FieldChars];
        var read = await reader.ReadBlockAsync(text, cancel);
        return new string(text, 0, read).Replace("\0", "", StringComparison.Ordinal);
    }
}
