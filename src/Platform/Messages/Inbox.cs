using Npgsql;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Messages;

/// <summary>What somebody was told, and for operators: everything that was to be sent, and how it went.</summary>
public sealed class Inbox(Db db, TimeProvider time)
{
    public const int PageSize = 50;

    private const string Columns = "id, at, event, case_no, receiver, channel, address, subject, body, link, state, tries, next_try, sent_at, read_at";

    /// <summary>His own messages, newest first.</summary>
    public Task<List<StoredMessage>> Of(Caller who, string? before, CancellationToken cancel = default) => db.List(
        $"""
        select {Sql.Trusted(Columns)} from casework.outbox
        where channel = 'inbox' and owner = any({Owners(who)}) and id < {before ?? "~"} order by id desc limit {PageSize + 1}
        """,
        Read,
        cancel);

    public Task<long> Unread(Caller who, CancellationToken cancel = default) => db.Scalar<long>(
        $"select count(*) from casework.outbox where channel = 'inbox' and owner = any({Owners(who)}) and read_at is null", cancel);

    /// <summary>Marks a message of his as read; the address that it leads to, null when it is not his.</summary>
    public Task<string?> Open(Caller who, string id, CancellationToken cancel = default) => db.Scalar<string>(
        $"""
        update casework.outbox set read_at = coalesce(read_at, {time.GetUtcNow()})
        where id = {id} and channel = 'inbox' and owner = any({Owners(who)}) returning link
        """,
        cancel);

    /// <summary>All messages that leave the house, newest first.</summary>
    /// <param name="state">Only these; null: all.</param>
    public Task<List<StoredMessage>> All(string? state, string? before, CancellationToken cancel = default) => db.List(
        $"""
        select {Sql.Trusted(Columns)} from casework.outbox
        where id < {before ?? "~"} {(state is null ? Sql.Empty : Sql.Of($"and state = {state}"))} order by id desc limit {PageSize + 1}
        """,
        Read,
        cancel);

    public Task<StoredMessage?> Find(string id, CancellationToken cancel = default) =>
        db.One($"select {Sql.Trusted(Columns)} from casework.outbox where id = {id}", Read, cancel);

    public Task<List<StoredDelivery>> Tries(string id, CancellationToken cancel = default) => db.List(
        $"select try, at, ok, answer from casework.delivery where message = {id} order by try",
        row => new StoredDelivery(row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2), row.GetString(3)),
        cancel);

    private static string[] Owners(Caller who) => who switch
    {
        { Kind: CallerKind.Staff } => [Receiver.OfAccount(who.Id)],
        { Entity: { } firm } => [Receiver.OfFirm(firm)],
        { Person: { } person } => [Receiver.OfPerson(person), Receiver.OfAccount(who.Id)],
        _ => [],
    };

    private static StoredMessage Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4),
        row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10), row.GetInt32(11))
    {
        NextTry = Moment(row, 12),
        SentAt = Moment(row, 13),
        ReadAt = Moment(row, 14),
    };

    private static DateTimeOffset? Moment(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

/// <summary>A message as the outbox keeps it.</summary>
public sealed record StoredMessage(
    string Id, DateTimeOffset At, string Event, string? Case, string Receiver, string Channel, string Address, string Subject, string Text, string Link,
    string State, int Tries)
{
    public DateTimeOffset? NextTry { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? ReadAt { get; init; }
}

/// <summary>One try to send a message.</summary>
public sealed record StoredDelivery(int Try, DateTimeOffset At, bool Ok, string Answer);
