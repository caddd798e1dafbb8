using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>
/// What was granted here is not asked for again: the applicant's valid licences, as <c>licence.&lt;item code&gt;</c> and
/// under the codes of <see cref="KnownSources"/> that name their items.
/// </summary>
internal sealed class LicenceAnswers(RecordReader reader, GovernedReader governed, TimeProvider time) : KnownAnswers
{
    public override async Task<IReadOnlyDictionary<string, KnownAnswer>> Of(Caller who, CaseType type, IReadOnlySet<string> asked, CancellationToken cancel)
    {
        if (!asked.Any(IsLicence) || LicenceReading.Whose(who.Person, who.Entity) is not { } whose)
        {
            return new Dictionary<string, KnownAnswer>(StringComparer.Ordinal);
        }

        // In his stead and on record, as the person himself can see.
        var request = new ReadRequest(Reader(who, type), LicenceIssue.Licences, Purpose(who, type)) { Fields = ["number", "name", "item", "office_name", "state", "valid_until"] };
        var read = await governed.List(request, whose, cancel);
        return read.Ok ? Known(read.Value.Records.Select(shown => Typed<Licence>.Of(shown.Record))) : throw new InvalidOperationException(read.Refusals.ToString());
    }

    /// <summary>What is known for a case of the platform's own, such as a part of a package.</summary>
    public async Task<IReadOnlyDictionary<string, KnownAnswer>> Of(string? person, string? entity, CancellationToken cancel) =>
        Known(await LicenceReading.Of(reader, person, entity, cancel));

    private Dictionary<string, KnownAnswer> Known(IEnumerable<Licence> licences)
    {
        var known = new Dictionary<string, KnownAnswer>(StringComparer.Ordinal);
        foreach (var licence in licences.Where(licence => licence.IsValidOn(time.Today())))
        {
            var answer = new KnownAnswer(licence.Number, Text.SourceOf(licence.OfficeName, licence.Number)) { How = MaterialSource.Licence };
            foreach (var code in CodesOf(licence.Item))
            {
                known.TryAdd(code, answer);
            }
        }

        return known;
    }

    /// <summary>A code that licences given here can answer.</summary>
    public static bool IsLicence(string code) => code.StartsWith("licence.", StringComparison.Ordinal) || KnownSources.Find(code)?.Items.Count > 0;

    /// <summary>Under which codes a licence of this item is known.</summary>
    public static IEnumerable<string> CodesOf(string item) =>
        KnownSources.All.Where(source => source.Items.Contains(item, StringComparer.Ordinal)).Select(source => source.Code).Prepend("licence." + item);
}

/// <summary>
/// A later part of a package has the licence that an earlier part was given: it stands among its materials from the
/// beginning, and nobody asks for it.
/// </summary>
internal sealed class LicenceForParts(LicenceAnswers answers, CaseTypes types) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) =>
        step == BuiltInSteps.Open && CaseItems.CodeOf(type.Code) is not null && type.Materials.Any(IsLicence);

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var of = change.After;
        if (of.Parent is null)
        {
            return Refusals.None;
        }

        var known = await answers.Of(of.Person, of.Entity, cancel);
        var query = new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, of.Number), Limit = 500 };
        var there = (await session.Write.List(CaseResources.Material, query, cancel)).Select(record => record.Text("code")).ToHashSet(StringComparer.Ordinal);
        var refusals = Refusals.None;
        foreach (var material in (await types.Of(of.Type, of.TypeVersion, cancel)).Materials.Where(material => IsLicence(material) && known.ContainsKey(material.Known!) && !there.Contains(material.Code)))
        {
            var given = new CaseMaterial
            {
                Case = of.Number,
                Code = material.Code,
                Name = material.Name,
                How = MaterialSource.Licence,
                Source = known[material.Known!].Source,
                State = MaterialState.Good,
                ByName = session.Who.Name,
                Person = of.Person,
            };
            refusals = refusals.And((await session.Write.Apply(
                new Change.Insert(CaseResources.Material, $"{of.Number}-{material.Code}", Typed<CaseMaterial>.Values(given)), cancel)).Refusals);
        }

        return refusals;
    }

    private static bool IsLicence(MaterialRule material) => material.Known is { } code && LicenceAnswers.IsLicence(code);
}
