namespace Shali.Platform.Registry.Pages;

/// <summary>Where the pages of resources and records stand. Keys may hold any character.</summary>
public static class Addresses
{
    public static string List(ResourceDefinition resource) => $"/records/{resource.Address}";

    public static string Record(ResourceDefinition resource, string key, string tail = "") =>
        $"/records/{resource.Address}/{Uri.EscapeDataString(key)}{tail}";

    /// <summary>A slash in a key stays escaped in the route value.</summary>
    public static string Key(string routeValue) => routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
