using System.Threading.RateLimiting;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// Counts failed sign-ons: by login in the database, so that all nodes lock it together (GB/T 22239, 8.1.4.1 b), and
/// by network address in this node, so that one machine cannot try one password on everybody.
/// </summary>
public sealed class SignOnFailures(Db db, IdentitySettings settings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<string> _addresses = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = settings.FailuresPerAddress,
            Window = Window,
            SegmentsPerWindow = 10,
            QueueLimit = 0,
        }));

    /// <summary>Why nobody may try now; null when he may.</summary>
    public async Task<Refusal?> Check(string login, string address, CancellationToken cancel)
    {
        if (_addresses.GetStatistics(address) is { CurrentAvailablePermits: <= 0 })
        {
            return new Refusal("ID-S03", "", IdentityText.AddressBlocked);
        }

        var until = await db.Scalar<DateTimeOffset?>(
            $"select locked_until from identity.sign_in_failure where login = {login} and locked_until > {time.GetUtcNow()}", cancel);
        return until is null ? null : new Refusal("ID-S02", "login", IdentityText.Locked(until.Value));
    }

    /// <summary>Counts one; true when it locked the login.</summary>
    public async Task<bool> Count(string login, string address, CancellationToken cancel)
    {
        using var lease = _addresses.AttemptAcquire(address);
        var now = time.GetUtcNow();
        var failed = await db.Scalar<int>(
            $"""
            insert into identity.sign_in_failure as f (login, failed, last_at) values ({login}, 1, {now})
            on conflict (login) do update
            set failed = case when f.last_at < {now - settings.LockOut} then 1 else f.failed + 1 end, last_at = {now}
            returning failed
            """,
            cancel);
        if (failed < settings.LockOutAfter)
        {
            return false;
        }

        await db.Run(
            $"update identity.sign_in_failure set failed = 0, locked_until = {now + settings.LockOut} where login = {login}", cancel);
        return true;
    }

    public Task Clear(string login, CancellationToken cancel) =>
        db.Run($"delete from identity.sign_in_failure where login = {login}", cancel);

    public Task Prune(CancellationToken cancel) =>
        db.Run($"delete from identity.sign_in_failure where last_at < {time.GetUtcNow() - TimeSpan.FromDays(1)}", cancel);

    public void Dispose() => _addresses.Dispose();
}
