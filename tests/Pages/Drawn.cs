using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Shali.Tests.Pages;

/// <summary>A component rendered from parameters alone, as a document to ask.</summary>
internal static class Drawn
{
    public static async Task<IDocument> Of<TComponent>(object parameters)
        where TComponent : IComponent
    {
        var html = await Html<TComponent>(parameters);
        return await new HtmlParser().ParseDocumentAsync(html);
    }

    public static async Task<string> Html<TComponent>(object parameters)
        where TComponent : IComponent
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var values = parameters.GetType().GetProperties()
            .ToDictionary(property => property.Name, property => property.GetValue(parameters));
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(values))).ToHtmlString());
    }
}
