using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>Licences for those who may see them: everybody what is open, the holder and his parents what is his, the office what it gave.</summary>
internal sealed class LicenceReading(RecordReader reader, GovernedReader governed, GuardianDirectory guardians)
{
    public const int PageSize = 50;

    private const int OwnMax = 500;

    /// <summary>What the public finds by words: name of a firm, of the licence, or a number. Through the rights of whoever asks.</summary>
    public async Task<IReadOnlyList<ShownRecord>> Find(Caller who, string words, CancellationToken cancel)
    {
        var where = words.Length == 0 ? null : (Filter)new Filter.Or(
        [
            new Filter.Like("entity", $"%{Escaped(words)}%"), new Filter.Like("name", $"%{Escaped(words)}%"),
            new Filter.Compare("number", Comparison.Equal, words), new Filter.Compare("identifier", Comparison.Equal, words.ToUpperInvariant()),
        ]);
        var found = await governed.List(new(who, LicenceIssue.Licences), new RecordQuery { Where = where, Sort = [new("issued_at", true)], Limit = PageSize }, cancel);
        return found.Ok ? found.Value.Records : [];
    }

    public Task<ShownRecord?> Get(Caller who, string key, CancellationToken cancel) => governed.Get(new(who, LicenceIssue.Licences), key, null, cancel);

    /// <summary>The holder's own, and those of the minor children whom he represents, as far as the register proves it.</summary>
    public async Task<IReadOnlyList<Licence>> Own(Caller who, CancellationToken cancel)
    {
        var own = new List<Licence>(await Of(reader, who.Person, who.Entity, cancel));
        foreach (var ward in await Wards(who, cancel))
        {
            own.AddRange(await Of(reader, ward.Key, null, cancel));
        }

        return own;
    }

    public async Task<Licence?> Find(string key, CancellationToken cancel) =>
        await reader.Get(LicenceIssue.Licences, key, null, cancel) is { } record ? Typed<Licence>.Of(record) : null;

    /// <summary>One of <see cref="Own"/>; null: there is none, or it is somebody else's.</summary>
    public async Task<Licence?> OwnOne(Caller who, string key, CancellationToken cancel) =>
        await Find(key, cancel) is { } licence && (IsOwn(licence, who) || (licence.HolderPerson is { } holder && (await Wards(who, cancel)).Any(ward => ward.Key == holder))) ? licence : null;

    /// <summary>Whose it is: the firm's when a firm holds it, else the person's.</summary>
    private static bool IsOwn(Licence licence, Caller who) => who.Entity is { Length: > 0 } firm
        ? licence.EntityCode == firm
        : who.Person is { Length: > 0 } person && licence.HolderPerson == person;

    /// <summary>Who acts for a firm has no children there.</summary>
    private async Task<IReadOnlyList<Ward>> Wards(Caller who, CancellationToken cancel) => who is { Kind: CallerKind.Resident, Person: { Length: > 0 } person } && string.IsNullOrEmpty(who.Entity)
        ? await guardians.WardsOf(Caller.OfSystem("approvals", who with { Office = "data" }), Text.ForOwnLicences, person, cancel)
        : [];

    /// <summary>The licences of a firm, or of a person where no firm is named; newest first.</summary>
    public static async Task<IReadOnlyList<Licence>> Of(RecordReader reader, string? person, string? entity, CancellationToken cancel)
    {
        return Whose(person, entity) is { } query ? [.. (await reader.List(LicenceIssue.Licences, query, cancel)).Records.Select(Typed<Licence>.Of)] : [];
    }

    /// <summary>The application names it by its number: who holds several says which.</summary>
    public static bool IsNamed(Licence licence, Case of) => CaseRules.AnswersOf(of).Values.Contains(licence.Number, StringComparer.Ordinal);

    /// <summary>Null when nobody is named.</summary>
    public static RecordQuery? Whose(string? person, string? entity) => (entity is { Length: > 0 } ? ("entity_code", entity) : ("holder_person", person ?? "")) is (var field, { Length: > 0 } value)
        ? new() { Where = new Filter.Compare(field, Comparison.Equal, value), Sort = [new("issued_at", true)], Limit = OwnMax }
        : null;

    private static string Escaped(string words) => words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
