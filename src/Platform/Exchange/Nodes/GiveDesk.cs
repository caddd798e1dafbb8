using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Audit;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>What became of a batch, kept with the stream's position in the transaction that wrote its rows.</summary>
/// <param name="Act">The act that wrote them, as <c>schema/number</c>.</param>
/// <param name="Digest">Of the batch: another one under its number is not this one sent again.</param>
internal sealed record GiveOutcome(DateTimeOffset At, ReceiptCounts Counts, IReadOnlyList<RefusedRow> Refused, string? Act, byte[] Digest);

/// <summary>One row that was not accepted.</summary>
/// <param name="Row">Its place among the rows of the batch, or among those that are gone.</param>
public sealed record RefusedRow(int Row, bool Gone, byte[] Hash, IReadOnlyList<RowReason> Reasons);

public sealed record RowReason(string Code, string Field, string Sentence);

/// <summary>The answer to a batch.</summary>
/// <param name="Receipt">The bytes that are sealed.</param>
public sealed record Given(byte[] Receipt, GroupSeal Seal, IReadOnlyList<RefusedRow> Refused);

/// <summary>
/// Takes batches of nodes into the registry: checked like a load, written by the same path with journal and history, each once whatever
/// is sent again, since the position of the node's stream moves in the transaction that writes the rows.
/// </summary>
public sealed class GiveDesk(
    Db db, ResourceRegistry registry, AuditLog log, Receipts receipts, IEnumerable<RecordGuard> guards, TimeProvider time)
{
    private const int Tries = 5;
    private const int FlowMax = 40;

    private readonly RecordGuard[] _guards = [.. guards];
    private readonly ConcurrentDictionary<string, bool> _prepared = new(StringComparer.Ordinal);

    /// <summary>Called by name between the steps, for tests of crashes.</summary>
    internal Action<string> Step { get; set; } = static _ => { };

    public async Task<Outcome<Given>> Take(NodeCall call, CancellationToken cancel)
    {
        if (GiveBody.Read(call.Body.Span) is not { } body || body.Statement.Read() is not { } statement)
        {
            return new Refusal("NODE-B01", "", NodeText.NoBatch(GiveBody.RowsMax));
        }

        var said = Says(call, body, statement);
        if (said.Any)
        {
            return said;
        }

        var prepared = Prepare(call, body, statement);
        if (!prepared.Ok)
        {
            return prepared.Refusals;
        }

        var batch = prepared.Value;
        await Table(batch.Resource.Schema, cancel);
        var taken = await Retried(again => db.Unhurried.InTransaction(session => Write(session, call, statement, batch, again, cancel), cancel), cancel);
        Step("committed");
        if (!taken.Ok)
        {
            return taken.Refusals;
        }

        log.Wake(batch.Resource.Schema);
        return await receipts.Give(call, body.Statement, statement, batch.Resource, taken.Value, cancel);
    }

    /// <summary>What the statement says of the batch is so, and the node has signed it.</summary>
    private static Refusals Says(NodeCall call, GiveBody body, Statement statement)
    {
        if (!call.Known.Key!.Verify(body.Statement.Text, body.Statement.Signature) || body.Statement.Serial != call.Node.Serial)
        {
            return Refusals.Of(new Refusal("NODE-B02", "statement", NodeText.StatementNotSigned));
        }

        var fits = statement.Kind == StatementKind.Give && statement.Node == call.Node.Code && statement.Suite == call.Suite.Name
            && statement.Rows == body.Rows.Count && statement.Gone == body.Gone.Count && statement.Batch >= 1
            && statement.Flow is { Length: > 0 and <= FlowMax } && statement.Flow.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && statement.Stream is { Length: 26 };
        return fits ? Refusals.None : Refusals.Of(new Refusal("NODE-B03", "statement", NodeText.StatementDiffers));
    }

    /// <summary>The rows as values, with their digest; all that speaks against the batch as a whole.</summary>
    private Outcome<GiveBatch> Prepare(NodeCall call, GiveBody body, Statement statement)
    {
        if (registry.Find(statement.Resource) is not { } resource)
        {
            return new Refusal("NODE-B04", "resource", NodeText.NoResource(statement.Resource));
        }

        if (!OfficeCode.Matches(resource.Owner, call.Node.Office) || !call.Who.May(resource.Address + ".load"))
        {
            return new Refusal("NODE-B05", "resource", NodeText.NotYourResource(resource.Name), new Basis("政务数据共享条例", "第十九条"));
        }

        if (!resource.Editable)
        {
            return new Refusal("NODE-B12", "resource", NodeText.OnlyBySystems(resource.Name));
        }

        var identity = new RowIdentity(resource);
        if (identity.Kind == IdentityKind.Content)
        {
            return new Refusal("NODE-B06", "resource", NodeText.NoIdentity(resource.Name));
        }

        var unknown = body.Fields.Concat(body.KeyFields).Distinct(StringComparer.Ordinal).Where(name => resource.Field(name) is null)
            .Select(name => new Refusal("NODE-B10", name, NodeText.NoField(name, resource.Name))).ToArray();
        var keys = identity.Positions.Select(position => resource.Fields[position].Name).ToArray();
        var refusals = Refusals.Of(unknown).And(
            new ColumnMapping([.. body.Fields]).Check(resource, body.Fields, new HashSet<int>()))
            .And(Refusals.Of(body.Gone.Count > 0 && !body.KeyFields.SequenceEqual(keys) ? new Refusal("NODE-B11", "key_fields", NodeText.OtherKeys(keys)) : null));
        if (refusals.Any)
        {
            return refusals;
        }

        var batch = GiveBatch.Of(resource, identity, body, call.Suite, time);
        return statement.Digest.AsSpan().SequenceEqual(batch.Digest) ? batch : new Refusal("NODE-B07", "digest", NodeText.DigestDiffers);
    }

    private async Task<Outcome<GiveOutcome>> Write(
        Session session, NodeCall call, Statement statement, GiveBatch batch, bool again, CancellationToken cancel)
    {
        var (schema, resource) = (batch.Resource.Schema, batch.Resource);
        var table = Sql.Name(schema, "node_point");
        await session.Run(
            $"insert into {table} (node, flow, stream, batch, outcome) values ({call.Node.Code}, {statement.Flow}, '', 0, 'null') on conflict do nothing", cancel);
        var (stream, last, kept) = await session.One(
            $"select stream, batch, outcome::text from {table} where node = {call.Node.Code} and flow = {statement.Flow} for update",
            row => (row.GetString(0), row.GetInt64(1), row.GetString(2)),
            cancel);
        if (stream == statement.Stream && statement.Batch == last)
        {
            // It was taken, and the answer got lost on the way.
            var earlier = JsonSerializer.Deserialize<GiveOutcome>(kept!, EvidenceJson.Options)!;
            return earlier.Digest.AsSpan().SequenceEqual(batch.Digest) ? earlier : new Refusal("NODE-B08", "batch", NodeText.OtherBatch(last));
        }

        var expected = stream == statement.Stream ? last + 1 : 1;
        if (statement.Batch != expected)
        {
            return new Refusal("NODE-B09", "batch", NodeText.OutOfTurn(statement.Batch, expected));
        }

        if (again)
        {
            batch.Reconsider();
        }

        var judge = new ChunkJudge(resource, batch.Identity, batch.Mapping, scope: null, registry.Find);
        await judge.Judge(session, batch.Chunk, allNew: false, writing: true, batch.MakeNew, cancel);
        await judge.JudgeGone(session, [.. batch.Gone.Where(row => row.Fate == Fate.Good)], cancel);
        Step("judged");
        var act = new Act(call.Who, "exchange.give", NodeText.GivePurpose(call.Node.Code, statement.Flow, statement.Batch)) { Source = call.Node.Office };
        var number = await new ChunkWriter(resource, act, _guards, registry.Find, time).Write(session, batch.Chunk.Rows.Concat(batch.Gone), static _ => { }, cancel);
        Step("written");
        var outcome = batch.Outcome(time.GetUtcNow(), number == 0 ? null : $"{schema}/{number}");
        await session.Run(
            $"""
            update {table} set stream = {statement.Stream}, batch = {statement.Batch}, at = {outcome.At},
                outcome = {Sql.Value(JsonSerializer.Serialize(outcome, EvidenceJson.Options), NpgsqlDbType.Jsonb)}
            where node = {call.Node.Code} and flow = {statement.Flow}
            """,
            cancel);
        Step("moved");
        return outcome;
    }

    /// <summary>The positions of streams stand in the schema into which they write: transactions do not cross schemas.</summary>
    private async Task Table(string schema, CancellationToken cancel)
    {
        if (_prepared.ContainsKey(schema))
        {
            return;
        }

        await db.InTransaction(
            async session =>
            {
                await session.Run($"select pg_advisory_xact_lock(hashtextextended({"node_point:" + schema}, 5))", cancel);
                await session.Run(
                    $"""
                    create table if not exists {Sql.Name(schema, "node_point")} (
                        node text collate "C", flow text collate "C", stream text collate "C" not null, batch bigint not null, at timestamptz, outcome jsonb not null,
                        primary key (node, flow))
                    """,
                    cancel);
            },
            cancel);
        _prepared[schema] = true;
    }

    /// <summary>Somebody else may write the same record at the same moment: then the batch is judged again against what is there now.</summary>
    private static async Task<T> Retried<T>(Func<bool, Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(attempt > 1);
            }
            catch (PostgresException clash) when (attempt < Tries && clash.SqlState
                is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }
}
