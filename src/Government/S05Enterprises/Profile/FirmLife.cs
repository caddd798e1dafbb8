using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Government.S05Enterprises.Profile;

/// <summary>One thing that happened to a firm.</summary>
/// <param name="Office">Who says so: an office's code, or its name where a record has only that.</param>
/// <param name="Address">Where more of it stands; empty: nowhere.</param>
public sealed record LifeEvent(DateOnly On, string Title, string Detail, string Office, Tone Tone = Tone.Neutral, string Address = "");

/// <summary>Something of an office that the reader may not see: that it is there, not what it is.</summary>
public sealed record HiddenPart(string Office, string What, int Count);

/// <summary>A firm's life as one reader may see it.</summary>
/// <param name="Events">Newest first.</param>
public sealed record FirmLife(IReadOnlyList<LifeEvent> Events, IReadOnlyList<HiddenPart> Hidden);

/// <summary>Puts a firm's life together: from the base of legal entities, the departments, the one window and the comparison.</summary>
public sealed class FirmLifeReader(Db db, GovernedReader reader, ResourceRegistry registry, CaseTypes types, ContradictionReader contradictions)
{
    private const int Most = 200;

    public async Task<FirmLife> Read(Caller who, string organisation, IReadOnlyList<FirmSide> sides, CancellationToken cancel = default)
    {
        var (events, hidden) = (new List<LifeEvent>(), new List<HiddenPart>());
        foreach (var side in sides.Where(side => side.Rows > 0))
        {
            if (side.Records is not { } records)
            {
                hidden.Add(new(side.Authority.Resource.Owner, side.Authority.Resource.Name, side.Rows));
                continue;
            }

            events.AddRange(records.Select(record => OfSide(side.Authority, record)).OfType<LifeEvent>());
        }

        foreach (var part in Base)
        {
            await AddBase(part, who, organisation, events, hidden, cancel);
        }

        await AddCases(who, organisation, events, hidden, cancel);
        foreach (var one in await contradictions.List(who, new ContradictionQuery { Organisation = organisation, State = null }, cancel))
        {
            var rule = ContradictionRules.Find(one.Rule)?.Name ?? one.Rule;
            events.Add(new(one.FoundAt.Local().Day(), Text.FoundTitle(rule), one.Statement, one.Office, Tone.Warning, Routes.Contradiction(one.Code)));
            if (one.ClosedAt is { } closed)
            {
                events.Add(new(closed.Local().Day(), Text.ClosedTitle(rule), "", one.Office, Tone.Good, Routes.Contradiction(one.Code)));
            }
        }

        return new([.. events.OrderByDescending(one => one.On).ThenBy(one => one.Title, StringComparer.Ordinal)], hidden);
    }

    private LifeEvent? OfSide(Authority authority, ShownRecord record)
    {
        // The registrar's own steps stand in the base of legal entities, one by one.
        if (authority == Authority.Registration || Shown.Day(record, authority.DayField) is not { } day)
        {
            return null;
        }

        var number = record.Key;
        var state = record.Record.Definition.Field("state") is not null ? Shown.Text(record, "state", registry.Codes) : "";
        var label = authority.Resource.Key is { } key ? authority.Resource.Field(key)!.Label : Text.Number;
        return new(day, Text.Entered(authority), Text.EnteredAs(label, number, state), authority.Resource.Owner);
    }

    /// <summary>Parts of the base of legal entities: resource, day, what it is called, what is told of it.</summary>
    private static readonly IReadOnlyList<BasePart> Base =
    [
        new("legal-entities/filing", "on", ["kind"], ["after", "document"], Tone.Info),
        new("legal-entities/licence", "decided_on", ["name"], ["number", "office", "state"], Tone.Neutral),
        new("legal-entities/penalty", "decided_on", ["fact"], ["content", "number", "office"], Tone.Bad),
        new("legal-entities/listing", "listed_on", ["list"], ["reason"], Tone.Warning),
        new("legal-entities/annual-report", "filed_on", ["year"], [], Tone.Neutral),
    ];

    private sealed record BasePart(string Resource, string Day, IReadOnlyList<string> Title, IReadOnlyList<string> Details, Tone Tone);

    private async Task AddBase(BasePart part, Caller who, string organisation, List<LifeEvent> events, List<HiddenPart> hidden, CancellationToken cancel)
    {
        if (registry.Find(part.Resource) is not { } resource)
        {
            return;
        }

        var request = new ReadRequest(who, resource, Text.Purpose);
        if (reader.AccessOf(request) is null)
        {
            hidden.Add(new(resource.Owner, resource.Name, 0));
            return;
        }

        var where = new Filter.Compare("entity", Platform.Registry.Comparison.Equal, organisation);
        foreach (var record in (await reader.List(request, new RecordQuery { Where = where, Limit = Most }, cancel)).Value.Records)
        {
            if (Shown.Day(record, part.Day) is { } day)
            {
                string Words(IEnumerable<string> fields) => string.Join("，", fields.Select(field => Shown.Text(record, field, registry.Codes)).Where(words => words.Length > 0));
                events.Add(new(day, Text.BaseTitle(resource, Words(part.Title)), Words(part.Details), resource.Owner, part.Tone));
            }
        }
    }

    /// <summary>Cases that the firm has at the one window: his own office's by name, others' by number of cases alone.</summary>
    private async Task AddCases(Caller who, string organisation, List<LifeEvent> events, List<HiddenPart> hidden, CancellationToken cancel)
    {
        var cases = await db.List(
            $"select number, type, title, stage, office, received_at from casework.\"case\" where entity = {organisation} order by received_at desc limit {Most}",
            row => (Number: row.GetString(0), Type: row.GetString(1), Title: row.GetString(2), Stage: row.GetString(3), Office: row.GetString(4), At: row.GetFieldValue<DateTimeOffset>(5)), cancel);
        foreach (var office in cases.GroupBy(one => one.Office, StringComparer.Ordinal))
        {
            if (office.Key != who.Office && !who.May(CaseworkSystem.Supervise))
            {
                hidden.Add(new(office.Key, Text.Cases, office.Count()));
                continue;
            }

            events.AddRange(office.Select(one => new LifeEvent(
                one.At.Local().Day(), one.Title, types.Find(one.Type)?.Stage(one.Stage)?.Label ?? one.Stage, one.Office, Tone.Info, CaseAddresses.Desk(one.Number))));
        }
    }
}
