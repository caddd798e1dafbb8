using Shali.Platform.Identity;

namespace Shali.Platform.Casework;

/// <summary>
/// What the government knows already of whoever applies: a base of data registers its own with
/// <c>services.AddSingleton&lt;KnownAnswers, ...&gt;()</c>. What is known is filled in and shown with its source, and
/// what can be had from data is not asked for.
/// </summary>
public abstract class KnownAnswers
{
    /// <summary>The code of the application form: nobody brings it, it is made of what was filled in.</summary>
    public const string Form = "application.form";

    /// <summary>
    /// In an application for a child <c>person.name</c> is the child's, <c>parent.name</c> that of whoever acts for him;
    /// where nobody acts for anybody, the applicant is meant as the parent. <c>child.name</c> is known only for a child.
    /// </summary>
    public const string Parent = "parent.";

    /// <inheritdoc cref="Parent"/>
    public const string Child = "child.";

    private const string Person = "person.";

    /// <summary>
    /// Value by <see cref="CaseQuestion.Known"/> and <see cref="MaterialRule.Known"/>, such as <c>person.name</c>; read in
    /// clear, on record, and nothing but what is asked for.
    /// </summary>
    /// <param name="asked">The codes, in the base's own terms: <c>person.name</c> also for a parent's or a child's.</param>
    /// <param name="who">
    /// Whose application it is, by <see cref="Caller.Person"/> and <see cref="Caller.Entity"/>. At a window it is the
    /// clerk in the applicant's stead (<see cref="InStead"/>): his office, the applicant's keys.
    /// </param>
    public abstract Task<IReadOnlyDictionary<string, KnownAnswer>> Of(Caller who, CaseType type, IReadOnlySet<string> asked, CancellationToken cancel);

    /// <summary>Whether the answer of this code is read from this resource: without it, applicants are asked again.</summary>
    public virtual bool Reads(string resource, string code) => false;

    /// <summary>The codes that the type's questions and materials name, in the bases' terms.</summary>
    public static IReadOnlySet<string> Asked(CaseType type) => Named(type).Select(Source).ToHashSet(StringComparer.Ordinal);

    /// <summary>The same as the type names them.</summary>
    internal static IReadOnlyList<string> Named(CaseType type) =>
        [.. type.Form.Questions.Select(question => question.Known).Concat(type.Materials.Select(material => material.Known)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What a base calls it that knows persons, whoever they are in an application.</summary>
    internal static string Source(string code) =>
        code.StartsWith(Parent, StringComparison.Ordinal) ? Person + code[Parent.Length..]
        : code.StartsWith(Child, StringComparison.Ordinal) ? Person + code[Child.Length..]
        : code;

    /// <summary>A clerk who fills in for somebody: he asks in that one's name, without rights of his own.</summary>
    /// <param name="person">Population key of the applicant; of the representative where a firm applies.</param>
    public static Caller InStead(Caller clerk, string? person, string? entity) => clerk with
    {
        Kind = CallerKind.Resident,
        Person = person,
        Entity = entity,
        Permissions = Caller.Anonymous.Permissions,
    };

    /// <summary>
    /// As whom a base reads for an application: the system whose application it is, for the office that receives it. What its
    /// grants do not open the applicant is asked for.
    /// </summary>
    public static Caller Reader(Caller who, CaseType type) =>
        Caller.OfSystem(type.Code[..type.Code.IndexOf('/', StringComparison.Ordinal)], who with { Office = who.Office.Length > 0 ? who.Office : type.Owner });

    /// <summary>By what parents act for their children.</summary>
    public static readonly Kernel.Basis ByParents = new("民法典", "第二十三条、第二十七条");

    /// <summary>What a family is looked at for, in words.</summary>
    public static string Guardianship(CaseType type) => Text.ForGuardianship(type.Name);

    /// <summary>What for, in words: for the read record that the person himself can see.</summary>
    public static string Purpose(Caller who, CaseType type) => who.Office.Length > 0 ? Text.AtWindow(type.Name) : Text.ForApplication(type.Name);
}

/// <summary>Something known.</summary>
/// <param name="Source">Where from, in words: 公安局 人口基本信息.</param>
public sealed record KnownAnswer(string Value, string Source)
{
    /// <summary>For a material: <see cref="MaterialSource.Data"/>, <see cref="MaterialSource.Licence"/> or <see cref="MaterialSource.Filled"/>.</summary>
    public string How { get; init; } = MaterialSource.Data;
}

/// <summary>Asks all that know something.</summary>
public sealed class Knowledge(IEnumerable<KnownAnswers> sources)
{
    /// <summary>What is known for an application, by the codes that its type names.</summary>
    /// <param name="who">Whose application it is; a child, where somebody acts for him.</param>
    /// <param name="guardian">Who acts for the child; null: nobody does.</param>
    public async Task<IReadOnlyDictionary<string, KnownAnswer>> Of(Caller who, Caller? guardian, CaseType type, CancellationToken cancel)
    {
        var (known, named) = (new Dictionary<string, KnownAnswer>(StringComparer.Ordinal), KnownAnswers.Named(type));
        if (named.Contains(KnownAnswers.Form))
        {
            known[KnownAnswers.Form] = new(KnownAnswers.Form, Text.FilledIn) { How = MaterialSource.Filled };
        }

        var others = named.Where(code => code != KnownAnswers.Form).ToLookup(code => code.StartsWith(KnownAnswers.Parent, StringComparison.Ordinal));
        await Ask(who, type, others[false].Where(code => guardian is not null || !code.StartsWith(KnownAnswers.Child, StringComparison.Ordinal)), known, cancel);
        await Ask(guardian ?? who, type, others[true], known, cancel);
        return known;
    }

    private async Task Ask(Caller who, CaseType type, IEnumerable<string> codes, Dictionary<string, KnownAnswer> known, CancellationToken cancel)
    {
        var named = codes.ToLookup(KnownAnswers.Source, StringComparer.Ordinal);
        if (named.Count == 0 || who is not { Kind: CallerKind.Resident } || (who.Person ?? who.Entity) is null)
        {
            return;
        }

        var asked = named.Select(each => each.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var (code, answer) in await source.Of(who, type, asked, cancel))
            {
                foreach (var name in answer.Value.Length > 0 ? named[code] : [])
                {
                    known.TryAdd(name, answer);
                }
            }
        }
    }
}
