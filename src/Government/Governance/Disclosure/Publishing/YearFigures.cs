using Shali.Platform.Kernel;

namespace Shali.Government.Governance.Disclosure;

/// <summary>Proactive disclosure in one class and year, counted from the documents.</summary>
/// <param name="Published">In the year, withdrawn ones with them.</param>
/// <param name="InTime">Of them, within twenty working days after they were made.</param>
/// <param name="Valid">Open and valid today, of whatever year.</param>
public sealed record ClassFigures(string Class, long Published, long InTime, long Withdrawn, long Valid);

/// <summary>The figures of the yearly report on what was published (政府信息公开条例 art. 50).</summary>
public static class YearFigures
{
    public static async Task<IReadOnlyList<ClassFigures>> Read(Db db, int year, CancellationToken cancel = default)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        return await db.List(
            $"""
            select class,
                   count(*) filter (where published_on between {first} and {last}),
                   count(*) filter (where published_on between {first} and {last} and published_on <= due_on),
                   count(*) filter (where withdrawn_on between {first} and {last}),
                   count(*) filter (where withdrawn_on is null and validity = 'valid')
            from disclosure.document group by class order by class
            """,
            row => new ClassFigures(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)), cancel);
    }
}
