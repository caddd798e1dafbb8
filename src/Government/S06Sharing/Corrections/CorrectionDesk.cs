using NpgsqlTypes;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>Opens corrections, and lists those that an office made or has to answer.</summary>
public sealed class CorrectionDesk(Db db, CaseDesk desk, CaseTypes types, ResourceRegistry registry, GovernedReader reader, RecordReader records, OpenCorrections open)
{
    public const int PageSize = 50;

    /// <summary>
    /// The number of the case. Whoever reports reads the record for it, by his right or his grant: what he may not see he
    /// cannot call wrong.
    /// </summary>
    /// <param name="file">A paper that proves it; null: none.</param>
    public async Task<Outcome<string>> Open(
        ReadRequest read, string key, string field, string value, string evidence, GivenMaterial? file, string? once, CancellationToken cancel = default)
    {
        var (who, resource) = (read.Who, read.Resource);
        var definition = resource.Field(field);
        if (definition is null || reader.AccessOf(read) is not { } access || !access.Shows(definition))
        {
            return Refusals.Of(
                new("SHR-K03", "field", Text.NoField, CorrectionType.Law),
                string.IsNullOrWhiteSpace(evidence) ? new("SHR-K04", "evidence", Text.NoEvidence, CorrectionType.Law) : null);
        }

        var request = read with { Purpose = read.Purpose ?? Text.Purpose, Fields = [field], Clear = false };
        if (await reader.Get(request, key, null, cancel) is not { } shown)
        {
            return new Refusal("SHR-K02", "key", Text.NoRecord);
        }

        var position = Plan.Of(resource).Position(field);
        var to = open.Source(resource, definition, shown.Record);
        var parsed = definition.Type.Parse(definition, value);
        var now = definition.Type.Write(definition, shown.Record.Values[position]);
        var refusals = new Refusals([.. parsed.Refusals.Select(refusal => refusal with { Field = CorrectionType.Value })]).And(Refusals.Of(
            string.IsNullOrWhiteSpace(evidence) ? new("SHR-K04", "evidence", Text.NoEvidence, CorrectionType.Law) : null,
            OfficeCode.Matches(to, who.Office) ? new("SHR-K05", "field", Text.OwnData) : null,

            // Of a value that is masked for him nothing is given away: not even that his guess is right.
            parsed is { Ok: true, Value: not null } && !shown.Masked[position] && definition.Type.Write(definition, parsed.Value) == now
                ? new("SHR-K06", CorrectionType.Value, Text.SameValue) : null));
        if (refusals.Any)
        {
            return refusals;
        }

        var terms = new CorrectionTerms(resource.Id, key, field)
        {
            Version = shown.Record.Version,
            Seen = shown.Values[position] is not { } seen ? "" : shown.Masked[position] ? (string)seen : definition.Type.Write(definition, seen),
            Value = definition.Type.Write(definition, parsed.Value),
            Evidence = evidence.Trim(),
            By = who.Office,
            To = to,
            Reporter = who.Id,
        };
        var opened = await desk.Open(
            who,
            new OpenRequest(CorrectionType.Code, terms.Answers())
            {
                Title = Text.Title(resource.Name, definition.Label),
                Person = Plan.Of(resource).Subject(shown.Record),
                Materials = file is null ? [] : [file],
            },
            once,
            cancel);
        return opened.Ok ? opened.Value.Number : opened.Refusals;
    }

    /// <summary>Newest first: those of the office and those that it answers; the authority sees all.</summary>
    /// <param name="before">Number after which the page begins.</param>
    public Task<List<CorrectionLine>> List(Caller who, string? before, CancellationToken cancel = default)
    {
        var mine = who.May(SharingRights.Manage)
            ? Sql.Of($"true")
            : Sql.Of($"(answers::jsonb ->> 'consumer' = {who.Office} or office = {who.Office})");
        return db.List(
            $"""
            select number, title, stage, answers::jsonb ->> 'consumer', office, received_at from casework."case"
            where type = {CorrectionType.Code} and number < {before ?? "9"} and {mine}
            order by number desc limit {PageSize + 1}
            """,
            row => new CorrectionLine(
                row.GetString(0), row.GetString(1), types.Find(CorrectionType.Code)?.Stage(row.GetString(2))?.Label ?? row.GetString(2),
                row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5)),
            cancel);
    }

    /// <summary>A correction as the office that reported it may know it; null: none of its own.</summary>
    public async Task<CorrectionState?> Of(Caller who, string number, CancellationToken cancel = default)
    {
        if (await records.Get(CaseResources.Case, number, null, cancel) is not { } record || Typed<Case>.Of(record) is not { Type: CorrectionType.Code } of)
        {
            return null;
        }

        var terms = CorrectionTerms.Of(CaseRules.AnswersOf(of));
        if (terms.By.Length == 0 || terms.By != who.Office)
        {
            return null;
        }

        var (due, said) = (default(DateTimeOffset?), "");
        await db.Ask(
            [
                new($"select max(due_at) from casework.clock where \"case\" = {number}", row => due = row.IsDBNull(0) ? null : row.GetFieldValue<DateTimeOffset>(0)),
                new(
                    $"""
                    select coalesce(opinion, reason, '') from casework.event
                    where "case" = {number} and step = any({Sql.Value(new[] { "correct", "uphold" }, NpgsqlDbType.Array | NpgsqlDbType.Text)}) order by ordinal desc limit 1
                    """,
                    row => said = row.GetString(0)),
            ],
            cancel);
        return new(number, registry.Find(terms.Resource)?.Address ?? terms.Resource, terms, of.Stage, of.State == CaseState.Ended ? of.Result : null, due, said);
    }
}

/// <summary>A correction as a list shows it.</summary>
public sealed record CorrectionLine(string Number, string Title, string Stage, string By, string Office, DateTimeOffset ReceivedAt);

/// <summary>Where a correction stands, for the office that reported it.</summary>
/// <param name="Result">Null while it is open.</param>
/// <param name="Answer">What the provider said; empty while he has said nothing.</param>
public sealed record CorrectionState(
    string Number, string Resource, CorrectionTerms Terms, string Stage, string? Result, DateTimeOffset? Due, string Answer);
