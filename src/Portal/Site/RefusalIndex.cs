using System.Reflection;
using System.Text.RegularExpressions;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Portal.Site;

/// <summary>A code by which something is refused, and what it says.</summary>
internal sealed record RefusalCode(string Code, string Sentence)
{
    public string Prefix => Code[..Code.IndexOf('-', StringComparison.Ordinal)];
}

/// <summary>
/// Every code of the platform, from docs/errors.md, which a test holds against the sources; and those of the error
/// pages, which are made of their status.
/// </summary>
internal static partial class RefusalIndex
{
    private static readonly int[] Statuses = [400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 503];

    /// <summary>Groups in the order of the document.</summary>
    public static readonly IReadOnlyList<(string Prefix, IReadOnlyList<RefusalCode> Codes)> Groups =
    [
        .. Row().Matches(Resource.Text(Assembly.GetExecutingAssembly(), "docs/errors.md"))
            .Select(row => new RefusalCode(row.Groups[1].Value, row.Groups[2].Value.Trim()))
            .Concat(Statuses.Select(Fault.Of).Select(fault => new RefusalCode(fault.Code, $"{fault.Title}。{fault.Advice}")))
            .GroupBy(code => code.Prefix, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<RefusalCode>)[.. group])),
    ];

    [GeneratedRegex(@"^\| ([A-Z][A-Z0-9]*-[A-Z]?[0-9]{2,3}) \| (.+) \|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
