using Npgsql;

namespace Shali.Platform.Identity;

/// <summary>One signing-on of one person in one browser, kept by the server: ending it here ends it everywhere.</summary>
public sealed record SignedSession
{
    /// <summary>Shown to its owner and named in the log; says nothing about the cookie.</summary>
    public required string Id { get; init; }

    public required string Account { get; init; }

    /// <summary>The identity chosen; null while the sign-on is not finished.</summary>
    public string? ActingAs { get; init; }

    public DateTimeOffset? SecondFactorAt { get; init; }

    public string? ReturnTo { get; init; }

    public string Address { get; init; } = "";

    public string Agent { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset EndsAt { get; init; }

    internal const string Columns =
        "s.id, s.account, s.acting_as, s.second_factor_at, s.return_to, s.address, s.agent, s.created_at, s.last_seen_at, s.ends_at";

    internal static SignedSession Read(NpgsqlDataReader row, int from = 0) => new()
    {
        Id = row.GetString(from),
        Account = row.GetString(from + 1),
        ActingAs = row.IsDBNull(from + 2) ? null : row.GetString(from + 2),
        SecondFactorAt = Identity.Account.Moment(row, from + 3),
        ReturnTo = row.IsDBNull(from + 4) ? null : row.GetString(from + 4),
        Address = row.GetString(from + 5),
        Agent = row.GetString(from + 6),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(from + 7),
        LastSeenAt = row.GetFieldValue<DateTimeOffset>(from + 8),
        EndsAt = row.GetFieldValue<DateTimeOffset>(from + 9),
    };
}

/// <summary>A session with its account: what the steps of the sign-on work on.</summary>
public sealed record OpenSession(SignedSession Session, Account Account);
