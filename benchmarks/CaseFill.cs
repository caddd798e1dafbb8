using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Portal;
using Shali.Portal.Hosting;

namespace Shali.Bench;

/// <summary>
/// Two years of cases for a measurement, made in the database: case, three events (one where it is open), its clocks, open
/// work and search words, each as the engine writes them and at the same density. They have no papers, no journal and no
/// earlier versions. The server forces nothing to disk while it is filled; the measurement runs on one that does.
/// </summary>
internal static class CaseFill
{
    public static readonly string[] Offices = [.. Enumerable.Range(0, 25).Select(i => i == 0 ? "market-regulation" : $"bench-{i:00}")];

    private const int Days = 730;

    public static async Task Run(string folder, long closed, long open, Action<string> say)
    {
        var mark = Path.Combine(folder, $"filled-{closed}-{open}");
        if (File.Exists(mark))
        {
            return;
        }

        var clock = Stopwatch.StartNew();
        await using var postgres = await PrivatePostgres.Start(Path.Combine(folder, "pg"), durable: false);
        await using (await ShaliHost.Build(new(postgres.ConnectionString, folder, 0, Demo: true) { Quiet = true, Systems = [.. Systems.All, new BenchCases()] }))
        {
            // The tables are there now.
        }

        var patient = postgres.ConnectionString + ";Command Timeout=0;Options=-c maintenance_work_mem=700MB -c work_mem=64MB -c max_parallel_maintenance_workers=1";
        await using var source = NpgsqlDataSource.Create(patient);
        await using var db = new Db(source);
        await Numbers(source, closed + open);
        say($"numbers of {closed + open:N0} cases after {clock.Elapsed.TotalSeconds:N0} s");
        async Task Table(string table, params Sql[] rows)
        {
            await Filled(db, table, rows);
            say($"casework.{table} after {clock.Elapsed.TotalSeconds:N0} s");
        }

        await Task.WhenAll(
            Task.Run(async () =>
            {
                await Table("case", Cases(closed));
                await Table("search", Search(closed));
            }),
            Task.Run(async () =>
            {
                await Table("event", Events(closed));
                await Table("clock", Notices(closed), Decisions(closed));
                await Table("work", Work(closed));
            }));
        await db.Run($"drop table casework.bench_number");
        await db.Run($"vacuum (analyze) casework.case, casework.event, casework.clock, casework.work, casework.search");
        await File.WriteAllTextAsync(mark, "");
        say($"{closed + open:N0} cases filled in {clock.Elapsed.TotalSeconds:N0} s");
    }

    /// <summary>Emptied, filled and indexed in one transaction: nothing of it goes through the server's log.</summary>
    private static Task Filled(Db db, string table, IReadOnlyList<Sql> rows) => db.InTransaction(async session =>
    {
        var name = Sql.Name("casework", table);
        var indexes = await session.List(
            $"""
            select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
            where indrelid = {"casework." + table}::regclass and not indisprimary and not exists (select 1 from pg_constraint where conindid = indexrelid)
            """,
            row => (Name: row.GetString(0), Definition: row.GetString(1)));
        await session.Run($"truncate {name}");
        foreach (var index in indexes)
        {
            await session.Run(Sql.Trusted("drop index " + index.Name));
        }

        foreach (var some in rows)
        {
            await session.Run(some);
        }

        foreach (var index in indexes)
        {
            await session.Run(Sql.Trusted(index.Definition));
        }

        return 0;
    });

    /// <summary>Number, place and moment of each case; made here, because the check digit is.</summary>
    private static async Task Numbers(NpgsqlDataSource source, long count)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var command = new NpgsqlCommand("drop table if exists casework.bench_number; create unlogged table casework.bench_number (i bigint, n text collate \"C\", at timestamptz)", connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        // Until yesterday: today belongs to the cases that are handed in while it is measured.
        var first = TimeProvider.System.Today().AddDays(-Days);
        await using var copy = await connection.BeginBinaryImportAsync("copy casework.bench_number from stdin binary");
        var (before, serial) = (first, 0);
        for (var i = 1L; i <= count; i++)
        {
            var day = first.AddDays((int)((i - 1) * Days / count));
            serial = day == before ? serial + 1 : 1;
            before = day;
            await copy.StartRowAsync();
            await copy.WriteAsync(i, NpgsqlDbType.Bigint);
            await copy.WriteAsync(CaseNumbers.Make(day, serial), NpgsqlDbType.Text);
            await copy.WriteAsync(day.ToDateTime(new TimeOnly(1, 0), DateTimeKind.Utc).AddSeconds(serial % 28_000), NpgsqlDbType.TimestampTz);
        }

        await copy.CompleteAsync();
    }

    private static Sql Office => Sql.Of($"({Offices}::text[])[1 + i % 25]");

    /// <summary>Ended after one to eighteen days, of which fourteen were allowed.</summary>
    private static readonly Sql Ended = Sql.Trusted("least(at + interval '1 day' * (1 + i % 18), now())");

    private static Sql Cases(long closed) => Sql.Of(
        $"""
        insert into casework.case (number, _version, _act, _at, type, type_version, title, state, stage, person, person_name, phone, office, source,
            received_at, accepted_at, decided_at, closed_at, result, events, answers)
        select n, case when i > {closed} then 1 else 3 end, 1, at, {BenchCases.Code}, 1, '第' || i || '号店食品经营许可',
            case when i > {closed} then 'before' else 'ended' end, case when i > {closed} then 'received' else 'granted' end,
            'person-' || (i % 900000), '王' || chr((19968 + i % 2000)::int), '13800000000', {Office}, 'online', at,
            case when i > {closed} then null else at + interval '1 day' end, case when i > {closed} then null else {Ended} end,
            case when i > {closed} then null else {Ended} end, case when i > {closed} then null else 'granted' end,
            case when i > {closed} then 1 else 3 end, {"{\"shop\":\"老街面馆\",\"kind\":\"餐饮服务\",\"seats\":\"40\"}"}
        from casework.bench_number
        """);

    private static Sql Events(long closed) => Sql.Of(
        $"""
        insert into casework.event (_key, _version, _act, _at, "case", ordinal, step, label, before, after, at, who, who_name, office, person)
        select n || '-' || lpad(o::text, 4, '0'), 1, 1, at, n, o, ({new[] { "case.open", "accept", "grant" }}::text[])[o], ({new[] { "提交", "受理", "准予" }}::text[])[o],
            ({new[] { null, "received", "review" }}::text[])[o], ({new[] { "received", "review", "granted" }}::text[])[o],
            case o when 1 then at when 2 then at + interval '1 day' else {Ended} end, case o when 1 then 'account-1' else 'account-2' end,
            case o when 1 then '张三' else '李经办' end, case when o > 1 then {Office} end, 'person-' || (i % 900000)
        from casework.bench_number, generate_series(1, 3) o where o = 1 or i <= {closed}
        """);

    private static Sql Notices(long closed) => Sql.Of(
        $"""
        insert into casework.clock (_key, _version, _act, _at, "case", type, type_version, office, rule, kind, started_at, due_at, ended_at, next_judgement, provisional)
        select n || '-0001-notice', 1, 1, at, n, {BenchCases.Code}, 1, {Office}, 'notice', 'legal', at, at + interval '7 days',
            case when i > {closed} then null else at + interval '1 day' end, case when i > {closed} then now() + interval '1 day' end, false
        from casework.bench_number
        """);

    private static Sql Decisions(long closed) => Sql.Of(
        $"""
        insert into casework.clock (_key, _version, _act, _at, "case", type, type_version, office, rule, kind, started_at, due_at, ended_at, next_judgement, provisional)
        select n || '-0002-decide', 2, 1, at, n, {BenchCases.Code}, 1, {Office}, 'decide', 'legal', at + interval '1 day', at + interval '14 days', {Ended}, null, false
        from casework.bench_number where i <= {closed}
        """);

    private static Sql Work(long closed) => Sql.Of(
        $"""
        insert into casework.work (case_no, seat, type, stage, kind, title, applicant, office, permission, since, due)
        select n, 'main', {BenchCases.Code}, 'received', case when i % 5 = 0 then 'wait' else 'handle' end, '第' || i || '号店食品经营许可', '王*',
            {Office}, {BenchCases.Handle}, at, now() + interval '1 hour' * (i % 480 - 120)
        from casework.bench_number where i > {closed}
        """);

    private static Sql Search(long closed) => Sql.Of(
        $"""
        insert into casework.search (case_no, words)
        select n, array_to_tsvector(array['@' || {Office}, case when i > {closed} then '#open' else '#ended' end, n,
            i::text, '号店', '店食', '食品', '品经', '经营', '营许', '许可', '老街', '街面', '面馆', '餐饮', '饮服', '服务', '40', '王' || chr((19968 + i % 2000)::int)])
        from casework.bench_number
        """);
}
