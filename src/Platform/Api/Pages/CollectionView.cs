using Microsoft.AspNetCore.Components;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Api.Pages;

/// <summary>What the pages about one collection share.</summary>
public abstract class CollectionView : ComponentBase
{
    /// <summary>Who looks, and where.</summary>
    [Parameter, EditorRequired] public PageContext Page { get; set; } = null!;

    [Parameter, EditorRequired] public ResourceDefinition Resource { get; set; } = null!;

    /// <summary>Address of the collection.</summary>
    protected string Path => $"/api/collections/{Resource.Address}";
}
