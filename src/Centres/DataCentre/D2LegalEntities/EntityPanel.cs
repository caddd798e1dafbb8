using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>Entities by kind and state on the leaders' board.</summary>
internal sealed class EntityPanel(Db db, TimeProvider time) : BoardPanel
{
    public override string Title => Text.System;

    public override int Order => 20;

    public override async Task<BoardContent> Read(Caller who, CancellationToken cancel)
    {
        var newYear = new DateOnly(time.Today().Year, 1, 1);
        var table = Sql.Name(Resources.Schema, Resources.Entity.Table);
        var groups = await db.List(
            $"""
            select kind, state, count(*), count(*) filter (where established_on >= {newYear}), count(*) filter (where abnormal)
            from {table} group by kind, state
            """,
            row => (Kind: row.GetString(0), State: row.GetString(1), Count: row.GetInt64(2), New: row.GetInt64(3), Abnormal: row.GetInt64(4)),
            cancel);
        var living = groups.Where(group => group.State is not (EntityState.Deregistered or EntityState.Annulled or EntityState.MovedOut)).ToList();
        string Living(string kind) => Wording.Number(living.Where(group => group.Kind == kind).Sum(group => group.Count));
        return new(
            [
                new("在册单位", Wording.Number(living.Sum(group => group.Count)), "户", Text.LivingNote, "/firms"),
                new("企业", Living("enterprise"), "户"),
                new("个体工商户", Living("sole-trader"), "户"),
                new("本年新设立", Wording.Number(groups.Sum(group => group.New)), "户", Text.Since(newYear)),
                new("经营异常", Wording.Number(living.Sum(group => group.Abnormal)), "户", Text.AbnormalNote),
            ],
            [
                Bars("在册单位类别", Codes.Kind, living.Select(group => (group.Kind, group.Count))),
                Bars("登记状态", Codes.State, groups.Select(group => (group.State, group.Count))),
            ]);
    }

    private static BoardChart.Bars Bars(string title, CodeList list, IEnumerable<(string Code, long Count)> counts) => new(
        title, "户", list.Label,
        [
            .. counts.GroupBy(count => count.Code)
                .Select(group => new Bar(Shown.Label(list.Name, group.Key), group.Sum(count => count.Count)))
                .OrderByDescending(bar => bar.Value),
        ]);
}
