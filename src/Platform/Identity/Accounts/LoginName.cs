using System.Text.RegularExpressions;

namespace Shali.Platform.Identity;

/// <summary>What may be a login: letters, digits, dot, hyphen and underscore; never a citizen number.</summary>
public static partial class LoginName
{
    /// <summary>A citizen number typed as login would stand in logs and lists: personal data where none belongs.</summary>
    public static bool IsGood(string login) => Shape().IsMatch(login) && !CitizenNumber().IsMatch(login);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{3,39}$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^[0-9]{17}[0-9x]$|^[0-9]{15}$")]
    private static partial Regex CitizenNumber();
}
