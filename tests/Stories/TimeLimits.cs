using Npgsql;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What somebody waits for has a limit; work on whole tables has none.</summary>
public sealed class TimeLimits(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_index_over_millions_is_not_cut_off_but_a_question_is()
    {
        await using var db = Db.Briefly(
            new NpgsqlConnectionStringBuilder(city.SuperuserConnectionString) { CommandTimeout = 1 }.ConnectionString);
        await Assert.ThrowsAsync<NpgsqlException>(() => db.Run($"select pg_sleep(1.5)", Cancel));
        await db.Unhurried.Run($"select pg_sleep(1.5)", Cancel);
        await db.Unhurried.InTransaction(session => session.Together([(Sql)$"select pg_sleep(1.5)"], Cancel), Cancel);
    }
}
