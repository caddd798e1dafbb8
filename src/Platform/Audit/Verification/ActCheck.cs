using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit.Verification;

/// <summary>
/// Each act that the log sealed must stand in its schema as it was, and no act may claim a place that the log does
/// not give it. Both are read in the order of the log, side by side.
/// </summary>
internal sealed class ActCheck(Db db, Findings findings) : IAsyncDisposable
{
    private readonly Dictionary<string, IAsyncEnumerator<(long Position, SealedAct Act)>> _schemas = new(StringComparer.Ordinal);

    public long Count { get; private set; }

    public async Task Compare(long index, SealedAct act, CancellationToken cancel)
    {
        Count++;
        var stored = await Open(act.Schema, cancel);
        while (stored is { Current.Act: { } early } && stored.Current.Position < index)
        {
            findings.Add("ACT-03", Text.ActAt(early.Schema, early.Id), Text.ActAdded);
            if (!await stored.MoveNextAsync())
            {
                stored = Finish(act.Schema);
            }
        }

        var place = Text.ActAt(act.Schema, act.Id);
        if (stored is null || stored.Current.Position > index)
        {
            findings.Add("ACT-01", place, Text.ActRemoved(index));
            return;
        }

        if (stored.Current.Act != act)
        {
            findings.Add("ACT-02", place, Text.ActAltered(index));
        }

        if (!await stored.MoveNextAsync())
        {
            Finish(act.Schema);
        }
    }

    /// <summary>What is left in the tables has no record in the log.</summary>
    public async Task End(IEnumerable<string> schemas, CancellationToken cancel)
    {
        foreach (var schema in schemas)
        {
            for (var stored = await Open(schema, cancel); stored is not null;)
            {
                findings.Add("ACT-03", Text.ActAt(schema, stored.Current.Act.Id), Text.ActAdded);
                stored = await stored.MoveNextAsync() ? stored : Finish(schema);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stored in _schemas.Values)
        {
            await stored.DisposeAsync();
        }
    }

    private readonly HashSet<string> _finished = new(StringComparer.Ordinal);

    private async Task<IAsyncEnumerator<(long Position, SealedAct Act)>?> Open(string schema, CancellationToken cancel)
    {
        if (_finished.Contains(schema))
        {
            return null;
        }

        if (!_schemas.TryGetValue(schema, out var stored))
        {
            if (!await db.Scalar<bool>($"select to_regclass({Sql.Name(schema, "act").Text}) is not null", cancel))
            {
                return Finish(schema);
            }

            stored = db.Stream(
                $"""
                select position, id, at, who_id, kind, rows, digest, purpose, case_no
                from {Sql.Name(schema, "act")} where position is not null order by position
                """,
                row => (row.GetInt64(0), Read(schema, row)),
                cancel).GetAsyncEnumerator(cancel);
            _schemas.Add(schema, stored);
            if (!await stored.MoveNextAsync())
            {
                return Finish(schema);
            }
        }

        return stored;
    }

    private IAsyncEnumerator<(long Position, SealedAct Act)>? Finish(string schema)
    {
        _finished.Add(schema);
        return null;
    }

    private static SealedAct Read(string schema, NpgsqlDataReader row) => new(
        schema,
        row.GetInt64(1),
        row.GetFieldValue<DateTimeOffset>(2),
        row.GetString(3),
        row.GetString(4),
        row.GetInt32(5),
        Convert.ToHexStringLower(row.GetFieldValue<byte[]>(6)))
    {
        Purpose = Given(row, 7),
        Case = Given(row, 8),
    };

    private static string? Given(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) || row.GetString(column).Length == 0 ? null : row.GetString(column);
}
