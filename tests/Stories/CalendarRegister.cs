using System.Net;
using Shali.Platform.Calendar;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>The calendar as a register: seeded once, edited and loaded by whoever keeps it, shown to everyone.</summary>
public sealed class CalendarRegister(City city)
{
    private static readonly Caller Keeper = new() { Id = "calendar-keeper", Name = "周历", Kind = CallerKind.Staff, Office = "data" };

    [Fact]
    public async Task A_city_starts_with_the_published_lists_and_a_second_start_changes_nothing()
    {
        var first = await city.Db.Scalar<long>($"select count(*) from calendar.day where year between 2024 and 2026");
        Assert.Equal(108, first);
        await using var again = await city.AnotherHost();
        Assert.Equal(first, await city.Db.Scalar<long>($"select count(*) from calendar.day where year between 2024 and 2026"));
        Assert.Equal(city.Service<CurrentCalendar>()().Add(new(2026, 9, 30), 20), new DateOnly(2026, 11, 3));
    }

    [Fact]
    public async Task A_day_that_one_node_writes_is_seen_by_all_and_gone_when_it_is_deleted()
    {
        var own = await city.OwnDatabase();
        await using var one = await city.AnotherHost(own);
        await using var two = await city.AnotherHost(own);
        var (book, other) = (Book(one), Book(two));
        var day = Definition.Of<CalendarDay>();
        var store = (RecordStore)one.Services.GetService(typeof(RecordStore))!;
        Assert.True(other.Current.IsWorkingDay(new(2027, 1, 1)));
        var written = await store.Write(new Act(Keeper, "record.edit", "测试"), [new Change.Insert(day, "", Typed<CalendarDay>.Values(new()
        {
            Date = new(2027, 1, 1), Kind = CalendarDay.DayOff, Name = "元旦", Year = 2027,
        }))]);
        Assert.True(written.Ok, written.Refusals.ToString());
        Assert.True(await other.Refresh());
        Assert.False(other.Current.IsWorkingDay(new(2027, 1, 1)));
        Assert.False(other.Current.Provisional(new(2027, 6, 1)));
        Assert.True((await store.Write(new Act(Keeper, "record.delete"), [new Change.Delete(day, written.Value.Records[0].Key, null)])).Ok);
        Assert.True(await book.Refresh());
        Assert.True(book.Current.Provisional(new(2027, 6, 1)));
        Assert.False(await book.Refresh());
    }

    [Fact]
    public async Task A_notice_comes_in_as_a_spreadsheet_through_the_ordinary_load()
    {
        await using var node = await LoadNode.On(city);
        var book = new CalendarBook(node.Db, node.Reader, city.Store);
        await book.Refresh();
        Assert.True(book.Current.Provisional(new(2027, 2, 1)));
        var job = await node.Load(
            node.Registry.Find("calendar/day")!,
            "日期,安排,节日名称,通知年度,通知文号\n2027-01-01,放假,元旦,2027,测试〔2026〕1号\n2027-01-02,上班,元旦,2027,测试〔2026〕1号\n2027年2月30日,放假,春节,2027,\n");
        Assert.Equal((2L, 1L), (job.Counts.New, job.Counts.Bad));
        Assert.True(await book.Refresh());
        Assert.False(book.Current.IsWorkingDay(new(2027, 1, 1)));
        Assert.True(book.Current.IsWorkingDay(new(2027, 1, 2)));
        Assert.False(book.Current.Provisional(new(2027, 2, 1)));
    }

    [Theory]
    [InlineData("/calendar", "工作日历")]
    [InlineData("/calendar?year=2026", "全年工作日 248 天")]
    [InlineData("/calendar?year=2025", "国办发明电")]
    [InlineData("/calendar?year=2030", "尚未公布")]
    [InlineData("/calendar?year=2026&from=2026-04-30&length=20&unit=working", "2026年6月1日（周一）24时届满")]
    [InlineData("/calendar?from=2026-09-01&length=30&unit=calendar", "顺延至2026年10月8日")]
    public async Task Everyone_may_look_and_count(string address, string words) =>
        Assert.Contains(words, await city.Http.GetStringAsync(address), StringComparison.Ordinal);

    [Theory]
    [InlineData("/calendar?from=yesterday&length=20")]
    [InlineData("/calendar?from=2026-04-30&length=-1")]
    [InlineData("/calendar?from=9999-12-31&length=3650")]
    public async Task What_cannot_be_counted_is_said(string address)
    {
        var answer = await city.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("请更正", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static CalendarBook Book(Microsoft.AspNetCore.Builder.WebApplication host) => (CalendarBook)host.Services.GetService(typeof(CalendarBook))!;
}
