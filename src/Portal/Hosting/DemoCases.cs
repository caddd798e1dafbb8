using Npgsql;
using Shali.Centres.Demo;
using Shali.Government.S11Approvals.Demo;
using Shali.Platform.Audit;
using Shali.Platform.Identity;

namespace Shali.Portal.Hosting;

/// <summary>
/// Makes the approvals of a demo city, once: in a host of its own that lives in the past of the city and ends before
/// anybody can reach this one. What a power cut takes from it is made again at the next start.
/// </summary>
internal static class DemoCases
{
    private const string Stage = "approval-cases";

    public static Task Make(
        HostSettings settings, IServiceProvider services, int people, ulong seed, Action<string> say, CancellationToken cancel = default) =>
        ApprovalDemo.CasesOf(people) is > 0 and var cases
            ? DemoSeed.Also(services, Stage, () => Write(settings, cases, seed, say, cancel), cancel)
            : Task.CompletedTask;

    private static async Task Write(HostSettings settings, int cases, ulong seed, Action<string> say, CancellationToken cancel)
    {
        var time = new PastTime(settings.Time.GetUtcNow());
        await using var past = await ShaliHost.Build(
            settings with { ConnectionString = Careless(settings.ConnectionString), Port = 0, Time = time, Quiet = true }, cancel);
        await past.Services.GetRequiredService<Offices>().Reload(cancel);
        var log = past.Services.GetRequiredService<AuditLog>();
        log.Start();
        var demo = ActivatorUtilities.CreateInstance<ApprovalDemo>(past.Services, time);
        var made = await demo.Run(cases, seed, cancel);
        await log.DisposeAsync();
        say($"演示城市：已办理 {made} 个审批办件");
        foreach (var refused in demo.Refused)
        {
            say($"演示城市：有一步未被接受：{refused}");
        }
    }

    /// <summary>Acts do not wait for the disk; the mark behind the last of them does, and they lie before it.</summary>
    private static string Careless(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        builder.Options = $"{builder.Options} -c synchronous_commit=off".Trim();
        return builder.ConnectionString;
    }
}
