using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Looks for others who may be the same person, by two index look-ups. What it finds is a pair for a clerk to judge
/// and a state of the number, never a refusal: two people can share a number by an old mistake, and a baby has to be
/// registered all the same.
/// </summary>
internal sealed class DuplicateCheck(WriteSession session, DateOnly today)
{
    /// <summary>The fields by which duplicates are found.</summary>
    public static readonly IReadOnlyList<string> Fields = ["citizen_number", "recorded_number", "name", "sex", "birth_date"];

    private const int Most = 50;

    /// <summary>Judges the record that is about to be written; its number state is completed in place.</summary>
    public async Task Check(Record person, CancellationToken cancel)
    {
        var typed = Typed<Person>.Of(person);
        if (typed.State == PersonState.Merged)
        {
            return;
        }

        var state = Likeness.OfNumber(typed);
        if (typed.CitizenNumber is { } number)
        {
            foreach (var other in await Find(typed.Key, new Filter.Compare("citizen_number", Comparison.Equal, number), cancel))
            {
                state = NumberState.Duplicate;
                await Propose(typed, other, DuplicateReason.SameNumber, cancel);
                if (other.NumberState is null or NumberState.Sound)
                {
                    await session.Apply(
                        new Change.Update(Resources.Person, other.Key, null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["number_state"] = NumberState.Duplicate }),
                        cancel);
                }
            }
        }

        var same = Filter.All(
            new Filter.Compare("birth_date", Comparison.Equal, typed.BirthDate),
            new Filter.Compare("name", Comparison.Equal, typed.Name),
            new Filter.Compare("sex", Comparison.Equal, typed.Sex))!;
        foreach (var other in await Find(typed.Key, same, cancel))
        {
            if (other.CitizenNumber != typed.CitizenNumber || typed.CitizenNumber is null)
            {
                await Propose(typed, other, DuplicateReason.SameIdentity, cancel);
            }
        }

        Complete(person, state);
    }

    /// <summary>Adds the pair, unless it is there or the two were born together.</summary>
    private async Task Propose(Person one, Person other, string reason, CancellationToken cancel)
    {
        if (Likeness.BornTogether(one, other) || await Known(one.Key, other.Key, cancel))
        {
            return;
        }

        await session.Apply(new Change.Insert(Resources.Duplicate, "", Typed<Duplicate>.Values(Likeness.Pair(one, other, reason, today))), cancel);
    }

    /// <summary>A pair that was judged stays judged.</summary>
    private async Task<bool> Known(string one, string other, CancellationToken cancel)
    {
        var (a, b) = Likeness.Order(one, other);
        var query = new RecordQuery
        {
            Where = Filter.All(new Filter.Compare("a", Comparison.Equal, a), new Filter.Compare("b", Comparison.Equal, b)),
            Limit = 1,
        };
        return (await session.List(Resources.Duplicate, query, cancel)).Count > 0;
    }

    private async Task<IReadOnlyList<Person>> Find(string self, Filter where, CancellationToken cancel)
    {
        var found = await session.List(Resources.Person, new RecordQuery { Where = where, Limit = Most }, cancel);
        return [.. found.Select(Typed<Person>.Of).Where(other => other.Key != self && other.State != PersonState.Merged)];
    }

    private static void Complete(Record person, string state)
    {
        for (var i = 0; i < person.Values.Length; i++)
        {
            if (person.Definition.Fields[i].Name == "number_state")
            {
                person.Values[i] = state;
            }
        }
    }
}
