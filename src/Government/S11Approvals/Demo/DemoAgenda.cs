using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>What the people of the demo city will do, and when; each case has a lane of its own, in which one deed follows the other.</summary>
internal sealed class DemoAgenda(PastTime time)
{
    private const int AtOnce = 6;

    /// <summary>The lane of what belongs to no case.</summary>
    public const int Offices = -1;

    private readonly Dictionary<DateOnly, List<Deed>> _days = [];
    private readonly Lock _writing = new();

    public void On(DateTimeOffset at, int lane, Func<Task> work)
    {
        lock (_writing)
        {
            var day = at.Local().Day();
            if (!_days.TryGetValue(day, out var deeds))
            {
                _days[day] = deeds = [];
            }

            deeds.Add(new(at, lane, work));
        }
    }

    /// <summary>Does what is due on a day and not later than now.</summary>
    public async Task Work(DateOnly day, DateTimeOffset now, CancellationToken cancel)
    {
        List<Deed> deeds;
        lock (_writing)
        {
            deeds = _days.Remove(day, out var due) ? [.. due.Where(deed => deed.At <= now)] : [];
        }

        await Parallel.ForEachAsync(
            deeds.GroupBy(deed => deed.Lane), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (lane, _) =>
            {
                foreach (var deed in lane.OrderBy(deed => deed.At))
                {
                    await time.At(deed.At, deed.Do);
                }
            });
    }

    private sealed record Deed(DateTimeOffset At, int Lane, Func<Task> Do);
}
