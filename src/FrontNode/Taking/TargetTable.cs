using System.Data.Common;
using System.Globalization;
using Shali.FrontNode.Databases;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode.Taking;

/// <summary>How far a flow has taken, as it stands in the department's own database beside the rows.</summary>
/// <param name="Snapshot">It still reads the records as they stood; else the feed.</param>
/// <param name="After">Where the last page ended.</param>
/// <param name="Feed">While the snapshot runs: where the feed goes on afterwards.</param>
/// <param name="Batch">Number of the last page with rows.</param>
internal sealed record TakePoint(bool Snapshot, string After, string Feed, string Stream, long Batch);

/// <summary>A row that the table does not take.</summary>
internal sealed record TargetFault(string Key, string Sentence, string?[] Row);

/// <summary>
/// The department's table, and beside it two small ones of ours: how far we are, and which pages are still to be confirmed. All three change in
/// one transaction of that database: whatever is killed when, no row is lost and none is there twice.
/// </summary>
internal sealed class TargetTable(Engine engine, DbConnection connection, TakeSettings settings) : IAsyncDisposable
{
    private const string Points = "shali_taken";
    private const string Due = "shali_receipt_due";

    private readonly string[] _fields = [.. settings.Map.Keys];
    private readonly string[] _columns = [settings.Key, .. settings.Map.Values];

    /// <summary>Called by name between the steps, for tests of crashes.</summary>
    internal Action<string> Step { get; set; } = static _ => { };

    public static async Task<TargetTable> Open(TakeSettings settings, CancellationToken cancel)
    {
        var engine = Engine.Find(settings.Target.Kind)!;
        return new(engine, await engine.Open(settings.Target, cancel), settings);
    }

    /// <summary>Makes our two tables where they are not, and says where the flow stands; null: at the beginning.</summary>
    public async Task<TakePoint?> Begin(CancellationToken cancel)
    {
        if (!await Exists(Points, cancel))
        {
            await Run($"create table {engine.Table(Points)} (flow {engine.KeyColumn} primary key, phase {engine.KeyColumn} not null, after_ {engine.TextColumn} not null, feed {engine.TextColumn} not null, stream {engine.KeyColumn} not null, batch bigint not null)", cancel);
        }

        if (!await Exists(Due, cancel))
        {
            await Run($"create table {engine.Table(Due)} (flow {engine.KeyColumn} not null, batch bigint not null, page {engine.TextColumn} not null, primary key (flow, batch))", cancel);
        }

        await using var command = Engine.Command(connection, null, $"select phase, after_, feed, stream, batch from {engine.Table(Points)} where flow = @p0", settings.Flow);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new(reader.GetString(0) == "snapshot", reader.GetString(1), reader.GetString(2), reader.GetString(3), Convert.ToInt64(reader.GetValue(4), CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>A page with the place after it, and what is to be confirmed of it. Rows that do not fit are named; the others are taken.</summary>
    public async Task<IReadOnlyList<TargetFault>> Write(TakePage page, TakePoint next, bool first, CancellationToken cancel)
    {
        var (faults, rows) = (new List<TargetFault>(), new HashSet<int>());
        while (true)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var fault = await Rows(page, rows, transaction, cancel);
            if (fault is { } found)
            {
                // Without it, from the beginning: a transaction in which something failed is not to be trusted on every engine.
                await transaction.RollbackAsync(cancel);
                rows.Add(found.Row);
                faults.Add(new(page.Rows[found.Row][0]!, found.Sentence, page.Rows[found.Row]));
                continue;
            }

            foreach (var key in page.Gone)
            {
                await using var end = Engine.Command(connection, transaction, $"delete from {engine.Table(settings.Target.Table)} where {engine.Quote(settings.Key)} = @p0", key);
                await end.ExecuteNonQueryAsync(cancel);
            }

            Step("written");
            await Point(next, first, transaction, cancel);
            if (page.Rows.Count + page.Gone.Count > 0)
            {
                await using var due = Engine.Command(
                    connection, transaction, $"insert into {engine.Table(Due)} (flow, batch, page) values (@p0, @p1, @p2)",
                    settings.Flow, next.Batch, Convert.ToBase64String(EvidenceJson.Write(new DuePage(page.Statement, page.Seal))));
                await due.ExecuteNonQueryAsync(cancel);
            }

            await transaction.CommitAsync(cancel);
            Step("committed");
            return faults;
        }
    }

    /// <summary>The rows as the table has them: key and values in the order of the map.</summary>
    public async IAsyncEnumerable<(string Key, string?[] Values)> Rows([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = Engine.Command(connection, null, $"select {string.Join(", ", _columns.Select(engine.Quote))} from {engine.Table(settings.Target.Table)}");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return (Cell.Text(reader.GetValue(0)) ?? "", [.. Enumerable.Range(1, _columns.Length - 1).Select(i => Cell.Text(reader.GetValue(i)))]);
        }
    }

    /// <summary>Takes rows out that are not the centre's, and begins the snapshot anew.</summary>
    public async Task Heal(IReadOnlyList<string> foreign, TakePoint point, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var key in foreign)
        {
            await using var end = Engine.Command(connection, transaction, $"delete from {engine.Table(settings.Target.Table)} where {engine.Quote(settings.Key)} = @p0", key);
            await end.ExecuteNonQueryAsync(cancel);
        }

        await Point(point, first: false, transaction, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Pages that are taken and not confirmed yet.</summary>
    public async Task<IReadOnlyList<(long Batch, DuePage Page)>> ToConfirm(CancellationToken cancel)
    {
        await using var command = Engine.Command(connection, null, $"select batch, page from {engine.Table(Due)} where flow = @p0 order by batch", settings.Flow);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var due = new List<(long, DuePage)>();
        while (await reader.ReadAsync(cancel))
        {
            due.Add((Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture), EvidenceJson.Read<DuePage>(Convert.FromBase64String(reader.GetString(1)))!));
        }

        return due;
    }

    public async Task Confirmed(long batch, CancellationToken cancel)
    {
        await using var command = Engine.Command(connection, null, $"delete from {engine.Table(Due)} where flow = @p0 and batch = @p1", settings.Flow, batch);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Columns that the map names and the table does not have.</summary>
    public async Task<IReadOnlyList<string>> MissingColumns(CancellationToken cancel)
    {
        await using var command = Engine.Command(connection, null, $"select * from {engine.Table(settings.Target.Table)} where 1 = 0");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var there = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToHashSet(StringComparer.Ordinal);
        return [.. _columns.Where(column => !there.Contains(column))];
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<(int Row, string Sentence)?> Rows(TakePage page, HashSet<int> without, DbTransaction transaction, CancellationToken cancel)
    {
        var positions = _fields.Select(field => page.Fields.ToList().IndexOf(field)).ToArray();
        var types = await Types(cancel, transaction);
        await using var command = Engine.Command(connection, transaction, engine.Upsert(settings.Target.Table, _columns), new object?[_columns.Length]);
        for (var i = 0; i < page.Rows.Count; i++)
        {
            if (without.Contains(i))
            {
                continue;
            }

            var row = page.Rows[i];
            try
            {
                for (var column = 0; column < _columns.Length; column++)
                {
                    var text = column == 0 ? row[0] : positions[column - 1] < 0 ? null : row[positions[column - 1]];
                    command.Parameters[column].Value = Target.Value(text, types[column]);
                }

                await command.ExecuteNonQueryAsync(cancel);
            }
            catch (DbException fault) when (engine.IsOfRow(fault))
            {
                return (i, fault.Message);
            }
            catch (FormatException fault)
            {
                return (i, fault.Message);
            }
        }

        return null;
    }

    /// <summary>The runtime types of the columns, to which texts are turned.</summary>
    private async Task<Type[]> Types(CancellationToken cancel, DbTransaction transaction)
    {
        await using var command = Engine.Command(connection, transaction, $"select {string.Join(", ", _columns.Select(engine.Quote))} from {engine.Table(settings.Target.Table)} where 1 = 0");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)];
    }

    private async Task Point(TakePoint next, bool first, DbTransaction transaction, CancellationToken cancel)
    {
        var sql = first
            ? $"insert into {engine.Table(Points)} (phase, after_, feed, stream, batch, flow) values (@p0, @p1, @p2, @p3, @p4, @p5)"
            : $"update {engine.Table(Points)} set phase = @p0, after_ = @p1, feed = @p2, stream = @p3, batch = @p4 where flow = @p5";
        await using var command = Engine.Command(connection, transaction, sql, next.Snapshot ? "snapshot" : "feed", next.After, next.Feed, next.Stream, next.Batch, settings.Flow);
        if (await command.ExecuteNonQueryAsync(cancel) != 1)
        {
            throw new FlowStopped(Text.TakenElsewhere);
        }
    }

    private async Task<bool> Exists(string table, CancellationToken cancel)
    {
        try
        {
            await using var command = Engine.Command(connection, null, $"select count(*) from {engine.Table(table)} where 1 = 0");
            await command.ExecuteScalarAsync(cancel);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    private async Task Run(string sql, CancellationToken cancel)
    {
        await using var command = Engine.Command(connection, null, sql);
        await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>What the centre said of a page that is taken.</summary>
public sealed record DuePage(byte[] Statement, GroupSeal Seal);


/// <summary>Texts of the platform as values of a column.</summary>
internal static class Target
{
    public static object Value(string? text, Type type) => text is not { Length: > 0 } ? DBNull.Value
        : type == typeof(string) ? text
        : type == typeof(DateTime) ? Moment(text)
        : type == typeof(DateTimeOffset) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(DateOnly) ? DateOnly.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(TimeOnly) ? TimeOnly.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(bool) ? text is "true" or "1"
        : type == typeof(Guid) ? Guid.Parse(text)
        : type == typeof(byte[]) ? Convert.FromHexString(text)
        : type == typeof(double) || type == typeof(float) ? double.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(decimal) ? decimal.Parse(text, CultureInfo.InvariantCulture)
        : type.IsPrimitive ? text is "true" or "false" ? (text == "true" ? 1L : 0L) : long.Parse(text, CultureInfo.InvariantCulture)
        : text;

    private static DateTime Moment(string text)
    {
        var moment = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return moment.Kind == DateTimeKind.Local ? moment.ToUniversalTime() : moment;
    }
}
