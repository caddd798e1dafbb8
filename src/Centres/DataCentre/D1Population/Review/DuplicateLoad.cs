using Npgsql;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>The duplicate check for a chunk of a bulk load: the same pairs as one by one, found by joins.</summary>
internal static class DuplicateLoad
{
    public static async Task Check(WriteSession session, IReadOnlyList<string> keys, DateOnly today, CancellationToken cancel)
    {
        var chunk = keys as string[] ?? [.. keys];
        await Prepare(session.Session, cancel);
        var pairs = await session.Session.List(Pairs(chunk), row => (A: row.GetString(0), B: row.GetString(1), Reason: row.GetString(2)), cancel);
        var states = (await session.Session.List(Numbers(chunk), Number, cancel))
            .Where(person => person.NumberState is null)
            .ToDictionary(person => person.Key, Likeness.OfNumber, StringComparer.Ordinal);
        foreach (var pair in pairs.Where(pair => pair.Reason == DuplicateReason.SameNumber))
        {
            states[pair.A] = states[pair.B] = NumberState.Duplicate;
        }

        foreach (var (a, b, reason) in pairs)
        {
            var one = Typed<Person>.Of((await session.Get(Resources.Person, a, cancel))!);
            var other = Typed<Person>.Of((await session.Get(Resources.Person, b, cancel))!);
            if (!Likeness.BornTogether(one, other))
            {
                await session.Apply(new Change.Insert(Resources.Duplicate, "", Typed<Duplicate>.Values(Likeness.Pair(one, other, reason, today))), cancel);
            }
        }

        // Only what is not as it should be is written: a sound number needs no second version of its record.
        foreach (var (key, state) in states.Where(state => state.Value is not (NumberState.Sound or NumberState.Missing)))
        {
            await session.Apply(
                new Change.Update(Resources.Person, key, null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["number_state"] = state }), cancel);
        }
    }

    /// <summary>
    /// A table that is being filled has no statistics: the planner would join each chunk with all of it, where two
    /// index look-ups a row are wanted. The first chunk may come before the worker has made the index.
    /// </summary>
    private static async Task Prepare(Session session, CancellationToken cancel)
    {
        if (await session.Scalar<bool>($"select to_regclass('population.person_identity') is null", cancel))
        {
            await session.Run($"create index if not exists person_identity on population.person (birth_date, name, sex)", cancel);
        }

        await session.Run(Sql.Trusted("set local enable_hashjoin = off; set local enable_mergejoin = off"), cancel);
    }

    private static Sql Pairs(string[] keys) => Sql.Of(
        $"""
        select least(n._key collate "C", o._key collate "C"), greatest(n._key collate "C", o._key collate "C"), 'same-number' collate "C"
        from population.person n join population.person o on o.citizen_number = n.citizen_number and o._key <> n._key
        where n._key = any({keys}) and o.state <> 'merged'
        union
        select least(n._key collate "C", o._key collate "C"), greatest(n._key collate "C", o._key collate "C"), 'same-identity' collate "C"
        from population.person n join population.person o
            on o.birth_date = n.birth_date and o.name = n.name and o.sex = n.sex and o._key <> n._key
        where n._key = any({keys}) and o.state <> 'merged'
            and (o.citizen_number is distinct from n.citizen_number or n.citizen_number is null)
        except
        select a collate "C", b collate "C", reason collate "C" from population.duplicate
        """);

    private static Sql Numbers(string[] keys) => Sql.Of(
        $"""
        select _key, citizen_number, recorded_number, birth_date, sex, number_state from population.person
        where _key = any({keys})
        """);

    private static Person Number(NpgsqlDataReader row) => new()
    {
        Key = row.GetString(0),
        CitizenNumber = row.IsDBNull(1) ? null : row.GetString(1),
        RecordedNumber = row.IsDBNull(2) ? null : row.GetString(2),
        BirthDate = row.GetFieldValue<DateOnly>(3),
        Sex = row.GetString(4),
        // A state that the file says is believed; only rows without one are judged.
        NumberState = row.IsDBNull(5) ? null : row.GetString(5),
        State = "",
        Name = "",
        RegistrationKind = "",
    };
}
