using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>When a resource was last written, against the rhythm that its owner promises.</summary>
/// <param name="LastChange">Null when nothing was written, or nothing among the acts that were looked at.</param>
/// <param name="Empty">Nothing was ever written.</param>
public sealed record Freshness(DateTimeOffset? LastChange, bool Empty, UpdateRhythm Rhythm, DateTimeOffset Now)
{
    private const int ActsLookedAt = 10_000;
    private const int SmallTable = 200_000;

    /// <summary>How long the promise allows between two updates; null: no promise to measure.</summary>
    public TimeSpan? Promised => Rhythm switch
    {
        // What is entered as it happens is measured by the day: nights and holidays have no events.
        UpdateRhythm.RealTime or UpdateRhythm.Daily => TimeSpan.FromDays(1),
        UpdateRhythm.Weekly => TimeSpan.FromDays(7),
        UpdateRhythm.Monthly => TimeSpan.FromDays(31),
        UpdateRhythm.Quarterly => TimeSpan.FromDays(92),
        UpdateRhythm.Yearly => TimeSpan.FromDays(366),
        _ => null,
    };

    /// <summary>100 while the promise is kept, then falling in proportion; null: not measured.</summary>
    public double? Score => LastChange is not { } last || Promised is not { } promised ? null
        : Now - last <= promised ? 100
        : 100 * (promised / (Now - last));

    public int DaysOverdue => LastChange is { } last && Promised is { } promised
        ? Math.Max(0, (int)(Now - last - promised).TotalDays)
        : 0;

    /// <summary>
    /// Looks backwards through the last acts of the schema, each by its first changes: bounded, however large the
    /// journal. A small table that was not among them is asked itself.
    /// </summary>
    internal static async Task<Freshness> Of(
        Db db, ResourceDefinition resource, long estimate, DateTimeOffset now, CancellationToken cancel)
    {
        var act = Sql.Name(resource.Schema, "act");
        var journal = Sql.Name(resource.Schema, "journal");
        var last = await db.Scalar<DateTimeOffset?>(
            $"""
            select a.at from (select id, at from {act} order by id desc limit {ActsLookedAt}) a
            where exists (
                select 1 from {journal} j where j.act = a.id and j.ordinal < 100 and j.resource = {resource.Id})
            order by a.id desc limit 1
            """,
            cancel);
        if (last is null && estimate < SmallTable)
        {
            last = await db.Scalar<DateTimeOffset?>(
                $"select max(_at) from {Sql.Name(resource.Schema, resource.Table)}", cancel);
        }

        return new(last, last is null && estimate == 0, resource.Rhythm, now);
    }
}
