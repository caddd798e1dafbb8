namespace Shali.Platform.Identity;

/// <summary>A scope that OpenIddict would look up. A city has none: resources are its scopes (<see cref="TokenScopes"/>).</summary>
internal sealed class OpenIdScope : OpenIdRow
{
    public string? Description { get; set; }

    public string? Descriptions { get; set; }

    public string? DisplayName { get; set; }

    public string? DisplayNames { get; set; }

    public string? Name { get; set; }

    public string? Resources { get; set; }
}
