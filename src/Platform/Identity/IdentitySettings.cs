namespace Shali.Platform.Identity;

/// <summary>
/// What the tested organisation decides about sign-on. The defaults are those of graded protection level 3
/// (GB/T 22239-2019, 8.1.4.1); a demo city relaxes the second factor and shows a banner that says so.
/// </summary>
public sealed record IdentitySettings
{
    /// <summary>Staff must show a second factor (8.1.4.1 d). Off only in a demo city.</summary>
    public bool SecondFactor { get; init; } = true;

    /// <summary>Accounts made by somebody else must set their own password at the first sign-on.</summary>
    public bool FirstSignOnChangesPassword { get; init; } = true;

    public PasswordPolicy Passwords { get; init; } = PasswordPolicy.GradedProtection;

    /// <summary>Wrong passwords in a row until the login is locked.</summary>
    public int LockOutAfter { get; init; } = 5;

    public TimeSpan LockOut { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session of staff ends after so much time without a request.</summary>
    public TimeSpan StaffIdle { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan ResidentIdle { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>No session lives longer, however busy.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Failed sign-ons from one network address in ten minutes, whatever the logins.</summary>
    public int FailuresPerAddress { get; init; } = 50;

    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Work factor of PBKDF2 with HMAC-SHA-512 for passwords that people choose.</summary>
    public int HashIterations { get; init; } = 210_000;

    /// <summary>The address under which the world sees the city, such as <c>https://city.example</c>; null: as requested.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>What must be said on every page; null when nothing is relaxed.</summary>
    public string? Banner => SecondFactor ? null : IdentityText.SecondFactorOff;
}
