using System.Threading.RateLimiting;
using Shali.Platform.Identity;

namespace Shali.Platform.Documents.Checking;

/// <summary>How often one address may ask, on one node: so that codes cannot be guessed and files cannot tie up the machine.</summary>
internal sealed class CheckLimits(DocumentSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _codes = Limit(settings.CodesPerMinute);
    private readonly PartitionedRateLimiter<string> _files = Limit(settings.FilesPerMinute);

    public bool MayAskForCode(Caller who) => Take(_codes, who);

    public bool MaySendFile(Caller who) => Take(_files, who);

    public void Dispose()
    {
        _codes.Dispose();
        _files.Dispose();
    }

    private static bool Take(PartitionedRateLimiter<string> limit, Caller who)
    {
        using var lease = limit.AttemptAcquire(who.Address);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Limit(int perMinute) => PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));
}
