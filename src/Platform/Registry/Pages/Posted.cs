using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Shali.Platform.Registry.Pages;

/// <summary>
/// A form that was sent. The page's own inputs begin with an underscore, so they never meet a field's name.
/// </summary>
public sealed class Posted(IFormCollection form)
{
    public const string Version = "_version";
    public const string Once = "_once";
    public const string Reason = "_reason";
    public const string Case = "_case";
    public const string Purpose = "_purpose";
    public const string ValidFrom = "_valid_from";
    public const string ValidTo = "_valid_to";
    public const string Contested = "_contested";
    public const string UploadPrefix = "_upload.";
    public const string ClearPrefix = "_clear.";
    public const string ChoicePrefix = "_choice.";

    public IFormFileCollection Files => form.Files;

    public IEnumerable<string> Names => form.Keys;

    /// <summary>Reads the form and proves that it comes from one of our own pages.</summary>
    public static async Task<Posted> Read(HttpContext context, CancellationToken cancel)
    {
        await context.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context);
        return new(await context.Request.ReadFormAsync(cancel));
    }

    public bool Has(string name) => form.ContainsKey(name);

    /// <summary>Empty when it was not sent. PostgreSQL text cannot hold the null character.</summary>
    public string this[string name] => (form[name].FirstOrDefault() ?? "")
        .Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n");

    public IReadOnlyList<string> All(string name) => [.. form[name].OfType<string>()];

    public string? Or(string name) => this[name].Trim() is { Length: > 0 } text ? text : null;
}
