using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Identity;

/// <summary>The tree of offices, remembered by every node and read anew when it changes.</summary>
public sealed class Offices
{
    private readonly RecordReader _reader;
    private readonly RecordStore _store;
    private readonly Revocations _revocations;
    private readonly TimeProvider _time;
    private readonly KeptReading<Dictionary<string, Office>> _byCode = new(new(StringComparer.Ordinal));

    public Offices(RecordReader reader, RecordStore store, Revocations revocations, TimeProvider time)
    {
        (_reader, _store, _revocations, _time) = (reader, store, revocations, time);
        revocations.Listen(marks => marks.Contains(Revocations.Offices, StringComparer.Ordinal) ? Reload(CancellationToken.None) : Task.CompletedTask);
    }

    /// <summary>All offices, also those that are closed, by code.</summary>
    public IReadOnlyCollection<Office> All => _byCode.Value.Values;

    public Office? Find(string code) => _byCode.Value.GetValueOrDefault(code);

    public string NameOf(string code) => Find(code)?.Name ?? code;

    /// <summary>Those directly below an office; null: the tops.</summary>
    public IEnumerable<Office> Below(string? parent) =>
        _byCode.Value.Values.Where(office => string.Equals(office.Parent, parent, StringComparison.Ordinal))
            .OrderBy(office => office.Code, StringComparer.Ordinal);

    public Task Reload(CancellationToken cancel) => _byCode.Read(async () =>
    {
        var offices = new Dictionary<string, Office>(StringComparer.Ordinal);
        await foreach (var record in _reader.Stream(IdentityResources.Office, new RecordQuery(), cancel))
        {
            offices[record.Key] = IdentityResources.ReadOffice(record);
        }

        return offices;
    });

    /// <summary>Founds or changes offices; parents before children.</summary>
    public async Task<Outcome<Written>> Save(Act act, IReadOnlyList<Office> offices, CancellationToken cancel = default)
    {
        var refusals = Check(offices);
        if (refusals.Any)
        {
            return refusals;
        }

        var changes = offices.Select(office => Find(office.Code) is null
            ? (Change)new Change.Insert(IdentityResources.Office, office.Code, Values(office))
            : new Change.Update(IdentityResources.Office, office.Code, null, Values(office))).ToList();
        var written = await _store.Write(act, changes, cancel);
        if (written.Ok)
        {
            await Reload(cancel);
            await _revocations.Announce(cancel, Revocations.Offices);
        }

        return written;
    }

    /// <summary>Closes an office from a day on; its posts end by themselves.</summary>
    public Task<Outcome<Written>> Close(Act act, string code, DateOnly day, CancellationToken cancel = default) =>
        Find(code) is { } office
            ? Save(act, [office with { To = day }], cancel)
            : Task.FromResult<Outcome<Written>>(new Refusal("ID-O01", "code", IdentityText.NoSuchOffice(code)));

    private Refusals Check(IReadOnlyList<Office> offices)
    {
        var coming = offices.Select(office => office.Code).ToHashSet(StringComparer.Ordinal);
        return new(
        [
            .. offices.Where(office => office.Parent is { } parent && Find(parent) is null && !coming.Contains(parent))
                .Select(office => new Refusal("ID-O02", "parent", IdentityText.NoSuchOffice(office.Parent!))),
            .. offices.Where(office => string.Equals(office.Parent, office.Code, StringComparison.Ordinal) || Circles(office))
                .Select(office => new Refusal("ID-O03", "parent", IdentityText.OfficeCircle(office.Name))),
            .. offices.Where(office => office is { From: { } from, To: { } to } && to <= from)
                .Select(_ => new Refusal("ID-O04", "ends", IdentityText.EndsBeforeBegin)),
        ]);
    }

    /// <summary>Would the office stand above itself?</summary>
    private bool Circles(Office office)
    {
        var above = office.Parent;
        for (var steps = 0; above is not null && steps < 20; steps++)
        {
            if (string.Equals(above, office.Code, StringComparison.Ordinal))
            {
                return true;
            }

            above = Find(above)?.Parent;
        }

        return above is not null;
    }

    private Dictionary<string, object?> Values(Office office) => new(StringComparer.Ordinal)
    {
        ["code"] = office.Code,
        ["name"] = office.Name,
        ["short_name"] = office.ShortName,
        ["kind"] = office.Kind,
        ["parent"] = office.Parent,
        ["region"] = office.Region.Length == 0 ? null : office.Region,
        ["begins"] = office.From ?? _time.Today(),
        ["ends"] = office.To,
    };
}
