using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision.Pages;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Window;

/// <summary>
/// How many papers people did not have to bring, by office and item: whether an office uses the data that the government
/// has (国务院关于在线政务服务的若干规定 art. 7). Counted from the papers of the cases themselves.
/// </summary>
internal sealed class SavedMaterials(Db db)
{
    /// <summary>
    /// Of the cases received in the period; the parts of a package use its papers. Numbers begin with the day, so only theirs are read.
    /// </summary>
    /// <param name="office">Null: by office; else by item of this office.</param>
    public Task<List<SavedCount>> Count(Period period, string? office, CancellationToken cancel)
    {
        var (from, until) = (Day(period.From), Day(period.To.AddDays(1)));
        var by = Sql.Trusted(office is null ? "c.office" : "c.type");
        var of = office is null ? Sql.Empty : Sql.Of($"and c.office = {office}");
        return db.List(
            $"""
            select {by}, count(distinct c.number), count(m.how),
                count(m.how) filter (where m.how in ({MaterialSource.Data}, {MaterialSource.Licence})),
                count(m.how) filter (where m.how = {MaterialSource.Promised}),
                count(distinct c.number) filter (where m.how in ({MaterialSource.Data}, {MaterialSource.Licence}))
            from casework.case c left join casework.material m on m."case" = c.number and m.how <> {MaterialSource.Filled}
            where c.number >= {from} and c.number < {until} and c.parent is null
                and (c.type like 'approvals/item-%' or c.type like 'approvals/package-%') {of}
            group by 1 order by 4 desc, 2 desc, 1
            """,
            row => new SavedCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
            cancel);
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <param name="Code">Of the office or the case type.</param>
/// <param name="Papers">All papers of these cases, without the forms that the platform fills in.</param>
/// <param name="Saved">Those that nobody had to bring.</param>
/// <param name="Promised">Those that follow later.</param>
/// <param name="Helped">Cases in which at least one was saved.</param>
public sealed record SavedCount(string Code, long Cases, long Papers, long Saved, long Promised, long Helped)
{
    public decimal Share => Papers == 0 ? 0 : Math.Round(100m * Saved / Papers, 1);
}
