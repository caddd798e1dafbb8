using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>How the names of persons are read, kept beside the register for searching. What is there is never wrong, only incomplete.</summary>
internal static class NameReadings
{
    private const int Batch = 5_000;

    /// <summary>Surnames that read otherwise than the character elsewhere; people type either.</summary>
    private static readonly Dictionary<char, string> Surnames =
        "单shan 曾zeng 解xie 仇qiu 查zha 区ou 朴piao 盖ge 乐yue 缪miao 翟zhai 召shao 员yun 覃qin 洗xian 折she 黑he 重chong 秘bi 种chong"
            .Split(' ').ToDictionary(word => word[0], word => word[1..]);

    /// <summary>The readings of a name: as a text is read, and by its surname where that differs.</summary>
    public static IEnumerable<(string Pinyin, string Initials)> Of(string name)
    {
        var syllables = Pinyin.Syllables(name);
        if (syllables.Count == 0)
        {
            yield break;
        }

        yield return (string.Concat(syllables), Initials(syllables));
        if (Surnames.TryGetValue(name[0], out var surname) && surname != syllables[0])
        {
            IReadOnlyList<string> other = [surname, .. syllables.Skip(1)];
            yield return (string.Concat(other), Initials(other));
        }
    }

    private static string Initials(IEnumerable<string> syllables) => string.Concat(syllables.Select(syllable => syllable[0]));

    public static async Task Add(Session session, IEnumerable<string> names, CancellationToken cancel)
    {
        foreach (var batch in names.Chunk(Batch))
        {
            var rows = batch.SelectMany(name => Of(name).Select(reading => (name, reading.Pinyin, reading.Initials))).ToList();
            await session.Run(
                $"""
                insert into population.name_reading (name, pinyin, initials)
                select * from unnest({rows.Select(row => row.name).ToArray()}, {rows.Select(row => row.Pinyin).ToArray()}, {rows.Select(row => row.Initials).ToArray()})
                on conflict do nothing
                """,
                cancel);
        }
    }

    /// <summary>The names of these persons.</summary>
    public static async Task AddOf(Session session, IReadOnlyList<string> persons, CancellationToken cancel)
    {
        var keys = persons as string[] ?? [.. persons];
        var names = await session.List($"select distinct name from population.person where _key = any({keys})", row => row.GetString(0), cancel);
        await Add(session, names.Order(StringComparer.Ordinal), cancel);
    }

    /// <summary>Every name that is missing: after a register was brought in past the guards.</summary>
    public static async Task CatchUp(Db db, CancellationToken cancel)
    {
        var missing = await db.List(
            $"""
            select name from (select distinct name from population.person) as borne
            where not exists (select 1 from population.name_reading r where r.name = borne.name collate "C")
            """,
            row => row.GetString(0),
            cancel);
        await db.InTransaction(session => Add(session, missing, cancel), cancel);
    }
}
