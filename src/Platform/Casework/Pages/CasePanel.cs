using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// Something of a system's that is shown with a case of its types, such as the way of a case through several offices.
/// Registered with <c>services.AddSingleton&lt;CasePanel, ...&gt;()</c>.
/// </summary>
public abstract class CasePanel
{
    /// <summary>Null: nothing for this case at this place.</summary>
    /// <param name="place">Who looks: without login only stages and days may be told, no names and no content.</param>
    public abstract Task<RenderFragment?> Of(CaseFile file, PanelPlace place, Caller who, CancellationToken cancel);

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
}

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
