using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// What a password must be. The graded protection standard gives no figures; the tested organisation selects a
/// policy. <see cref="GradedProtection"/> is what testers usually ask for, <see cref="LongPhrases"/> follows the
/// opposite school (length instead of composition and no forced change).
/// </summary>
/// <param name="Kinds">How many of: lower case, upper case, digits, others.</param>
/// <param name="Remembered">Not equal to any of so many earlier ones.</param>
/// <param name="LastsDays">Changed after so many days; null: never forced.</param>
public sealed record PasswordPolicy(string Name, int Length, int Kinds, int Remembered, int? LastsDays)
{
    /// <summary>Longer input is refused unread: hashing it would be work for an attacker to order.</summary>
    public const int LengthMax = 128;

    public static readonly PasswordPolicy GradedProtection = new("graded-protection", 10, 3, 5, 90);

    public static readonly PasswordPolicy LongPhrases = new("long-phrases", 15, 1, 1, null);

    public static readonly PasswordPolicy[] All = [GradedProtection, LongPhrases];

    /// <summary>All that is wrong with a password as it is written; earlier ones are compared elsewhere.</summary>
    public Refusals Check(string password, string login, string name) => Refusals.Of(
        password.Length < Length ? new Refusal("ID-P01", "password", IdentityText.PasswordShort(Length)) : null,
        password.Length > LengthMax ? new Refusal("ID-P02", "password", IdentityText.PasswordLong(LengthMax)) : null,
        KindsIn(password) < Kinds ? new Refusal("ID-P03", "password", IdentityText.PasswordKinds(Kinds)) : null,
        Contains(password, login) || Contains(password, name) ? new Refusal("ID-P04", "password", IdentityText.PasswordNamesYou) : null,
        password.Length > 0 && password.Distinct().Count() < 5 ? new Refusal("ID-P05", "password", IdentityText.PasswordRepeats) : null);

    public bool IsExpired(DateTimeOffset changedAt, DateTimeOffset now) => LastsDays is { } days && changedAt.AddDays(days) <= now;

    private static int KindsIn(string password) =>
        (password.Any(char.IsAsciiLetterLower) ? 1 : 0)
        + (password.Any(char.IsAsciiLetterUpper) ? 1 : 0)
        + (password.Any(char.IsAsciiDigit) ? 1 : 0)
        + (password.Any(c => !char.IsAsciiLetterOrDigit(c)) ? 1 : 0);

    private static bool Contains(string password, string word) =>
        word.Length >= 2 && password.Contains(word, StringComparison.OrdinalIgnoreCase);
}
