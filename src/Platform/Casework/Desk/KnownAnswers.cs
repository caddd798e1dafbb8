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
    /// Value by <see cref="CaseQuestion.Known"/> and <see cref="MaterialRule.Known"/>, such as <c>person.name</c>; read in
    /// clear, on record, and only what the type asks for (<see cref="Asked"/>).
    /// </summary>
    /// <param name="who">
    /// Whose application it is, by <see cref="Caller.Person"/> and <see cref="Caller.Entity"/>. At a window it is the
    /// clerk in the applicant's stead (<see cref="InStead"/>): his office, the applicant's keys.
    /// </param>
    public abstract Task<IReadOnlyDictionary<string, KnownAnswer>> Of(Caller who, CaseType type, CancellationToken cancel);

    /// <summary>Whether the answer of this code is read from this resource: without it, applicants are asked again.</summary>
    public virtual bool Reads(string resource, string code) => false;

    /// <summary>The codes that the type's questions and materials name.</summary>
    public static IReadOnlySet<string> Asked(CaseType type) =>
        type.Form.Questions.Select(question => question.Known).Concat(type.Materials.Select(material => material.Known))
            .OfType<string>().ToHashSet(StringComparer.Ordinal);

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
    /// <inheritdoc cref="KnownAnswers.Of"/>
    public async Task<IReadOnlyDictionary<string, KnownAnswer>> Of(Caller who, CaseType type, CancellationToken cancel)
    {
        var (known, asked) = (new Dictionary<string, KnownAnswer>(StringComparer.Ordinal), KnownAnswers.Asked(type));
        if (asked.Contains(KnownAnswers.Form))
        {
            known[KnownAnswers.Form] = new(KnownAnswers.Form, Text.FilledIn) { How = MaterialSource.Filled };
        }

        if (asked.Count == known.Count || who is not { Kind: CallerKind.Resident } || (who.Person ?? who.Entity) is null)
        {
            return known;
        }

        foreach (var source in sources)
        {
            foreach (var (code, answer) in await source.Of(who, type, cancel))
            {
                if (asked.Contains(code) && answer.Value.Length > 0)
                {
                    known.TryAdd(code, answer);
                }
            }
        }

        return known;
    }
}
