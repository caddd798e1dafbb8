using System.Reflection;
using Markdig;
using Microsoft.AspNetCore.Components;
using Shali.Platform.Kernel;

namespace Shali.Portal.Site;

/// <summary>Our own texts in <c>Data/*.md</c> as HTML. They are part of the program: nothing from outside comes here.</summary>
internal static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().Build();

    public static readonly MarkupString About = Read("about");
    public static readonly MarkupString Accessibility = Read("accessibility");
    public static readonly MarkupString Privacy = Read("privacy");

    private static MarkupString Read(string name) =>
        new(Markdig.Markdown.ToHtml(Resource.Text(Assembly.GetExecutingAssembly(), $"Site/Data/{name}.md"), Pipeline));
}
