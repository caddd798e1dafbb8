using Npgsql;

namespace Shali.Platform.Identity;

/// <summary>
/// One person's way in. He may then act as several: as resident, in each of his posts, for each firm that he
/// represents. There is at most one account a person.
/// </summary>
public sealed record Account
{
    public required string Id { get; init; }

    /// <summary>What he types; lower case.</summary>
    public required string Login { get; init; }

    public required string Name { get; init; }

    /// <summary>Key in the population; null for accounts of staff who are not residents of the city.</summary>
    public string? Person { get; init; }

    public string PasswordHash { get; init; } = "";

    public DateTimeOffset PasswordChangedAt { get; init; }

    /// <summary>Somebody else knows the password: it must be changed before anything else.</summary>
    public bool PasswordChangeDue { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignInAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Protected; only <see cref="Totp"/> opens it.</summary>
    public byte[]? TotpSecret { get; init; }

    public DateTimeOffset? TotpConfirmedAt { get; init; }

    public int Passkeys { get; init; }

    public bool HasTotp => TotpSecret is not null && TotpConfirmedAt is not null;

    public bool HasSecondFactor => HasTotp || Passkeys > 0;

    public static string Normal(string login) => login.Trim().ToLowerInvariant();

    /// <summary>The columns that <see cref="Read"/> reads, of a table alias <c>a</c>.</summary>
    internal const string Columns =
        """
        a.id, a.login, a.name, a.person, a.password_hash, a.password_changed_at, a.password_change_due, a.created_at,
        a.last_sign_in_at, a.disabled_at, a.totp_secret, a.totp_confirmed_at,
        (select count(*)::int from identity.passkey k where k.account = a.id)
        """;

    internal const int ColumnCount = 13;

    internal static Account Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Login = row.GetString(1),
        Name = row.GetString(2),
        Person = row.IsDBNull(3) ? null : row.GetString(3),
        PasswordHash = row.GetString(4),
        PasswordChangedAt = row.GetFieldValue<DateTimeOffset>(5),
        PasswordChangeDue = row.GetBoolean(6),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(7),
        LastSignInAt = Moment(row, 8),
        DisabledAt = Moment(row, 9),
        TotpSecret = row.IsDBNull(10) ? null : row.GetFieldValue<byte[]>(10),
        TotpConfirmedAt = Moment(row, 11),
        Passkeys = row.GetInt32(12),
    };

    internal static DateTimeOffset? Moment(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
