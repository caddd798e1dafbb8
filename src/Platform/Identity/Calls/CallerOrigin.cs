using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Identity;

/// <summary>The network address that a request came from, in the form in which the log keeps it.</summary>
internal static class CallerOrigin
{
    public static string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return address is null ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
