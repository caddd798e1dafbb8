using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Ui;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Finding a person and seeing all that the register says of him.</summary>
internal static class PersonPages
{
    public static IResult Search(HttpContext context) =>
        context.Show<PersonSearchPage>(new { Answers = NoAnswers, Found = (PersonsFound?)null, Refusals = Refusals.None });

    /// <summary>A POST, so that no number of a person stands in an address.</summary>
    public static async Task<IResult> Find(HttpContext context, PersonReading reading, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = form["number"].Trim(),
            ["name"] = form["name"].Trim(),
            ["birth_date"] = form["birth_date"].Trim(),
        };
        var birth = new EventForm("", answers).Day("birth_date");
        var name = answers["name"].Length > 0 ? NameWords.Read(answers["name"]) : null;
        var refusals = Refusals.Of(
            answers["number"].Length + answers["name"].Length == 0 ? new Refusal("D1-S01", "number", Text.SearchFor) : null,
            answers["birth_date"].Length > 0 && birth is null ? new Refusal("D1-S02", "birth_date", Text.NotADate("出生日期")) : null);
        refusals = refusals.And(name?.Refusals ?? Refusals.None);
        var search = new PersonSearch(
            answers["number"].Length > 0 ? CitizenNumber.Kind.Normalise(answers["number"]) : null,
            name is { Ok: true } ? name.Value : null,
            birth);
        PersonsFound? found = null;
        if (!refusals.Any)
        {
            var answer = await reading.Find(context.Caller(), search, cancel);
            (found, refusals) = answer.Ok ? (answer.Value, refusals) : (null, answer.Refusals);
        }

        context.Response.Headers.CacheControl = "no-store";
        return context.Show<PersonSearchPage>(new { Answers = answers, Found = found, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    public static Task<IResult> Show(HttpContext context, PersonReading reading, string key, CancellationToken cancel) =>
        Page(context, reading, key, null, false, Refusals.None, cancel);

    /// <summary>Masked values in clear, once, for a purpose that the person will read.</summary>
    public static async Task<IResult> Reveal(HttpContext context, PersonReading reading, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var purpose = form.Or("purpose");
        var refusals = reading.Check(context.Caller(), purpose, null, true);
        context.Response.Headers.CacheControl = "no-store";
        return await Page(context, reading, key, purpose, !refusals.Any, refusals, cancel);
    }

    /// <summary>户籍证明, ready to print.</summary>
    public static async Task<IResult> Certificate(HttpContext context, PersonReading reading, TimeProvider time, string key, CancellationToken cancel)
    {
        var refusals = reading.Check(context.Caller(), Text.CertificatePurpose, null, true);
        if (refusals.Any)
        {
            return await Page(context, reading, key, null, false, refusals, cancel);
        }

        context.Response.Headers.CacheControl = "no-store";
        return await reading.View(context.Caller(), key, Text.CertificatePurpose, true, cancel) is { } view
            ? context.Show<CertificatePage>(new { Model = view, Today = time.Today() })
            : Results.NotFound();
    }

    /// <summary>A resident's own record and household: his own data, so in clear.</summary>
    public static async Task<IResult> Own(HttpContext context, RecordReader reader, CancellationToken cancel)
    {
        if (context.Caller().Person is not { } key || await reader.Get(Resources.Person, key, cancel: cancel) is not { } record)
        {
            return context.Show<OwnRecordPage>(new { Model = (OwnRecord?)null });
        }

        var person = Typed<Person>.Of(record);
        var members = new List<(Membership Membership, string Name)>();
        if (person.Household is { } household)
        {
            var spells = await reader.List(Resources.Membership, new RecordQuery { Where = PersonReading.Open("household", household), Limit = 100 }, cancel);
            foreach (var spell in spells.Records.Select(Typed<Membership>.Of).OrderBy(spell => spell.Relation, StringComparer.Ordinal))
            {
                members.Add((spell, (await reader.Get(Resources.Person, spell.Person, cancel: cancel))?.Text("name") ?? ""));
            }
        }

        var events = await reader.List(Resources.Event, new RecordQuery { Where = new Filter.Compare("person", Comparison.Equal, key), Limit = 100 }, cancel);
        context.Response.Headers.CacheControl = "no-store";
        return context.Show<OwnRecordPage>(new
        {
            Model = new OwnRecord(record, members, [.. events.Records.Select(Typed<LifeEvent>.Of).OrderByDescending(entry => entry.Date)]),
        });
    }

    private static readonly IReadOnlyDictionary<string, string> NoAnswers = new Dictionary<string, string>(StringComparer.Ordinal);

    private static async Task<IResult> Page(
        HttpContext context, PersonReading reading, string key, string? purpose, bool clear, Refusals refusals, CancellationToken cancel) =>
        await reading.View(context.Caller(), key, purpose, clear, cancel) is { } view
            ? context.Show<PersonPage>(new { Model = view, Refusals = refusals }, refusals.Any ? 422 : 200)
            : Results.NotFound();
}

/// <summary>What a resident sees of himself.</summary>
public sealed record OwnRecord(Record Person, IReadOnlyList<(Membership Membership, string Name)> Members, IReadOnlyList<LifeEvent> Events);
