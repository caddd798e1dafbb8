using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shali.Platform.Calendar.Pages;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Calendar;

/// <summary>工作日历: the days that the State Council's yearly notices make working days or days off, for every deadline.</summary>
public sealed partial class CalendarSystem : CitySystem
{
    public const string Day = "calendar.day.write";

    public static readonly CodeList Kinds = new(
        "calendar-day-kind", "节假日安排", "", [new(CalendarDay.DayOff, "放假"), new(CalendarDay.MakeUp, "调休上班") { Also = "上班" }]);

    public override string Clause => "P2";

    public override string Name => Text.System;

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => [Definition.Of<CalendarDay>()];

    public override IReadOnlyList<CodeList> CodeLists => [Kinds];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Portal, Text.System, CalendarPages.Address, Note: Text.PortalNote),
        new(MenuPlace.Admin, Text.System, CalendarPages.Address, Day),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<CalendarBook>()
        .Replace(ServiceDescriptor.Singleton<CurrentCalendar>(provider =>
        {
            var book = provider.GetRequiredService<CalendarBook>();
            return () => book.Current;
        }))
        .Periodically<CalendarBook>("calendars that were loaded or edited", TimeSpan.FromMilliseconds(500), (book, cancel) => book.Refresh(cancel));

    public override void Map(IEndpointRouteBuilder routes) => CalendarPages.Map(routes);
}
