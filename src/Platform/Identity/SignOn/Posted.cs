using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Identity;

/// <summary>What a form sent.</summary>
internal static class Posted
{
    public static Task<IFormCollection> Form(this HttpContext context) => context.Request.ReadFormAsync(context.RequestAborted);

    /// <summary>One field without the blanks around it; empty when it was not sent.</summary>
    public static string Text(this IFormCollection form, string field) => form[field].ToString().Trim();

    /// <summary>One field exactly as typed: passwords may begin and end with blanks.</summary>
    public static string Raw(this IFormCollection form, string field) => form[field].ToString();
}
