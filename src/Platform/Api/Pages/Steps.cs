using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Api.Pages;

/// <summary>The way from the interface's first page to where one is.</summary>
internal static class Steps
{
    public static readonly IReadOnlyList<Step> Api = [new(Text.ApiTitle, "/api?f=html")];

    public static readonly IReadOnlyList<Step> Collections = [.. Api, new(Text.Collections, "/api/collections?f=html")];

    public static IReadOnlyList<Step> Of(ResourceDefinition resource) =>
        [.. Collections, new(resource.Name, $"/api/collections/{resource.Address}?f=html")];
}
