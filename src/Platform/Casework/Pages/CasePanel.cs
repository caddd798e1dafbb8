using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// Something of a system's that is shown with a case of its types: a sentence with the place where something is done
/// about it (a bill to pay, a rating), or a drawing such as the way of a case through several offices.
/// Registered with <c>services.AddSingleton&lt;CasePanel, ...&gt;()</c>.
/// </summary>
public abstract class CasePanel
{
    /// <summary>
    /// In a sentence; null: nothing for this case at this place. What the applicant can do about it stands in the
    /// list of what he has to do too.
    /// </summary>
    /// <param name="place">Who looks: without login only stages and days may be told, no names and no content.</param>
    public virtual Task<PanelNote?> Note(Case of, PanelPlace place, Caller who, CancellationToken cancel) => Task.FromResult<PanelNote?>(null);

    /// <summary>As it stands on the page: its note, unless the system draws something of its own. Null: nothing.</summary>
    /// <param name="place">As for <see cref="Note"/>.</param>
    public virtual async Task<RenderFragment?> Of(CaseFile file, PanelPlace place, Caller who, CancellationToken cancel) =>
        await Note(file.Case, place, who, cancel) is { } note ? Draw(note, place) : null;

    internal static async Task<IReadOnlyList<RenderFragment>> All(HttpContext context, CaseFile file, PanelPlace place, CancellationToken cancel)
    {
        var shown = new List<RenderFragment>();
        foreach (var panel in context.RequestServices.GetServices<CasePanel>())
        {
            if (await panel.Of(file, place, context.Caller(), cancel) is { } content)
            {
                shown.Add(content);
            }
        }

        return shown;
    }

    private static RenderFragment Draw(PanelNote note, PanelPlace place) => builder =>
    {
        builder.OpenComponent<PanelNotice>(0);
        builder.AddComponentParameter(1, nameof(PanelNotice.Note), note);
        builder.AddComponentParameter(2, nameof(PanelNotice.Place), place);
        builder.CloseComponent();
    };
}

/// <summary>What a system has to say beside a case.</summary>
/// <param name="Address">Where something is done about it; null: it is only said.</param>
public sealed record PanelNote(string Title, string Words, string? Address = null, string Label = "");

/// <summary>On which page of a case.</summary>
public enum PanelPlace
{
    /// <summary>For those who work on it.</summary>
    Desk,

    /// <summary>For whoever applied.</summary>
    Own,

    /// <summary>For anyone with number and code.</summary>
    Track,
}
