using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Platform.Calendar.Pages;
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
        .AddHostedService<CalendarWatch>();

    public override void Map(IEndpointRouteBuilder routes) => CalendarPages.Map(routes);

    /// <summary>Sees within half a second what was loaded or edited, here or on another node.</summary>
    private sealed partial class CalendarWatch(CalendarBook book, TimeProvider time, ILogger<CalendarWatch> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await book.Refresh(stoppingToken);
                }
                catch (NpgsqlException gone)
                {
                    DatabaseAway(logger, gone.Message);
                }
            }
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "The calendar could not be read again: {Reason}")]
        private static partial void DatabaseAway(ILogger logger, string reason);
    }
}
