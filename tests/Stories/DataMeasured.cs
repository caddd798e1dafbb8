using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.DataQuality;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Portal;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Whole tables are measured by the rules of their definitions; what breaks one is its office's work.</summary>
public sealed class DataMeasured(City city)
{
    private static readonly Dictionary<string, string> KindOf = new(StringComparer.Ordinal)
    {
        ["REG-F02"] = "required",
        [FieldCheck.TooLong] = "length",
        [FieldCheck.Pattern] = "pattern",
        [FieldCheck.TooSmall] = "range",
        [FieldCheck.TooLarge] = "range",
        [FieldCheck.UnknownCode] = "code",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_database_finds_what_the_definition_refuses_in_pieces_and_after_a_crash_row_by_row()
    {
        var resource = await Register();
        var dice = new Random(36344);
        var rows = Enumerable.Range(0, 157).Select(i => Row(dice, $"{i:D4}")).ToList();
        await Insert(resource, rows);

        // The oracle: every value as the definition reads it.
        var expected = rows.SelectMany(row => Faults(resource, row).Select(rule => (rule, row.Key))).Order().ToList();
        Assert.True(expected.Select(one => one.rule).Distinct().Count() >= 6, string.Join(' ', expected.Select(one => one.rule).Distinct()));

        var measuring = city.Service<Measuring>();
        var crashing = new Measuring(city.Db, city.Registry, city.Service<TimeProvider>()) { Piece = 20, AfterPiece = () => throw new InvalidOperationException("killed") };
        await Assert.ThrowsAsync<InvalidOperationException>(() => crashing.Run(resource, Cancel));
        Assert.Null(await measuring.Run(resource, Cancel));
        Assert.Equal(20, await city.Db.Scalar<long>($"select rows from quality.run where resource = {resource.Id}", Cancel));
        await city.Db.Run($"update quality.run set held_until = '-infinity' where resource = {resource.Id}", Cancel);
        var measured = (await new Measuring(city.Db, city.Registry, city.Service<TimeProvider>()) { Piece = 50 }.Run(resource, Cancel))!;
        Assert.Equal((157, expected.Count), (measured.Rows, measured.Bad));
        Assert.Equal(expected, await Findings(resource));
        Assert.All(measured.Dimensions.Where(one => one.Dimension is not Platform.Catalogue.QualityDimension.Timeliness), one => Assert.InRange(one.Score!.Value, 0, 100));

        // Put right, it leaves the list; what is still wrong keeps the day on which it was found.
        var key = expected.First(one => one.Key != "0001").Key;
        await city.Db.Run(Sql.Of($"delete from {Sql.Name(resource.Schema, resource.Table)} where _key = {key}"), Cancel);
        Assert.Equal(156, (await measuring.Run(resource, Cancel))!.Rows);
        Assert.Equal(expected.Where(one => one.Key != key), await Findings(resource));
        Assert.Equal(2, (await city.Service<QualityBook>().History(resource.Id, Cancel)).Count);
    }

    [Fact]
    public async Task What_cannot_be_measured_keeps_no_other_from_it()
    {
        await using var db = new Db(ShaliHost.DataSource(await city.OwnDatabase()));
        using var registry = new ResourceRegistry(db, [], TimeProvider.System);
        await registry.Open(Cancel);
        foreach (var name in new[] { "broken", "sound" })
        {
            var thing = new ResourceDefinition
            {
                Id = "quality-test/" + name,
                Name = "受检登记",
                Clause = "S06",
                Owner = "police",
                Fields = [new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true }],
            };
            Assert.True((await registry.Publish(thing, Caller.Platform("test"), Cancel)).Ok);
            await db.Run($"insert into quality.run (resource, wanted_at) values ({thing.Id}, now())", Cancel);
        }

        await db.Run($"alter table quality_test.broken rename to away", Cancel);
        await ActivatorUtilities.CreateInstance<QualityWatch>(city.Services, db, registry, new Measuring(db, registry, TimeProvider.System)).Run(Cancel);
        Assert.Equal(
            ["quality-test/sound"],
            await db.List($"select resource from quality.run where resource like 'quality-test/%' and finished_at is not null", row => row.GetString(0), Cancel));
    }

    [Fact]
    public async Task Its_office_works_through_the_rows_and_others_see_the_score()
    {
        var resource = await Register();
        await Insert(resource, [.. Enumerable.Range(0, 60).Select(i => new Raw($"{i:D4}", "", "x", "男", 5, null))]);
        await city.Service<QualityBook>().Want(resource.Id, Cancel);
        await city.Service<Measuring>().Run(resource, Cancel);
        using var clerk = await Browser("police", Roles.Clerk);
        await clerk.Get("/sharing/quality");
        Assert.Contains($"/sharing/quality/{resource.Address}", clerk.Page, StringComparison.Ordinal);
        await clerk.Get($"/sharing/quality/{resource.Address}");
        Assert.Contains("“名称”必须有值", clerk.Page, StringComparison.Ordinal);
        await clerk.Get($"/sharing/quality/{resource.Address}/required%3Aname");
        Assert.Contains($"/records/{resource.Address}/0049", clerk.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/records/{resource.Address}/0050", clerk.Page, StringComparison.Ordinal);
        await clerk.Get($"/sharing/quality/{resource.Address}/required%3Aname?after=0049");
        Assert.Contains($"/records/{resource.Address}/0059", clerk.Page, StringComparison.Ordinal);
        using var other = await Browser("health", Roles.Clerk);
        await other.Get($"/sharing/quality/{resource.Address}");
        Assert.Contains("60", other.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/sharing/quality/{resource.Address}/required%3Aname")).StatusCode);
        Assert.DoesNotContain("立即检查", (await (await other.Get($"/sharing/quality/{resource.Address}")).Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
        await clerk.Get($"/sharing/quality/{resource.Address}");
        Assert.Equal(HttpStatusCode.SeeOther, (await clerk.Post($"/sharing/quality/{resource.Address}")).StatusCode);
        Assert.Contains(await city.Service<QualityBook>().League(Cancel), one => one.Office == "police");
    }

    [Fact]
    public async Task Check_characters_are_computed_as_we_compute_them()
    {
        var dice = new Random(11643);
        string Digits(int n) => string.Concat(Enumerable.Range(0, n).Select(_ => (char)('0' + dice.Next(10))));
        var values = new List<(string Kind, string Value, bool Sound)>();
        for (var i = 0; i < 200; i++)
        {
            var body = Digits(17);
            var check = dice.Next(2) == 0 ? CheckDigits.Mod112(body) : "0123456789X"[dice.Next(11)];
            values.Add((FieldKind.CitizenNumber, body + check, check == CheckDigits.Mod112(body)));
            var organisation = Digits(8);
            var mark = dice.Next(2) == 0 ? OrganisationCode.CheckOf(organisation) : "0123456789X"[dice.Next(11)];
            values.Add((FieldKind.OrganisationCode, organisation + mark, mark == OrganisationCode.CheckOf(organisation)));
            var credit = CreditCode.Compose("91", "411100", organisation + OrganisationCode.CheckOf(organisation));
            var wrong = dice.Next(2) == 0 ? credit : credit[..17] + "0123456789ABCDEFGHJKLMNPQRTUWXY"[dice.Next(31)];
            values.Add((FieldKind.CreditCode, wrong, wrong == credit));
        }

        values.Add((FieldKind.CitizenNumber, "4111021990", false));
        foreach (var kind in values.GroupBy(value => value.Kind))
        {
            var bad = CheckSql.Of(kind.Key, Sql.Trusted("v"))!;
            var array = Sql.Value(kind.Select(one => one.Value).ToArray(), NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text);
            var found = await city.Db.List($"select not ({bad}) from unnest({array}) with ordinality as t(v, o) order by o", row => row.GetBoolean(0), Cancel);
            Assert.Equal(kind.Select(one => (one.Value, one.Sound)), kind.Select(one => one.Value).Zip(found));
        }
    }

    [Fact]
    public async Task An_inflow_that_stops_is_told_once_and_ends_when_it_flows_again()
    {
        var office = await new SharingTown(city).Office();
        var head = await IdentityPeople.Person(city, (office, Roles.Head));
        var resource = await Register(office);
        var watch = city.Service<QualityWatch>();
        Assert.Equal(InflowState.Flows, (await watch.Inflows(resource, Cancel)).State);
        var schema = resource.Schema;
        foreach (var days in new[] { 10, 17, 24 })
        {
            await city.Db.Run(Sql.Of(
                $"""
                with a as (insert into {Sql.Name(schema, "act")} (at, who_id, who_name, office, kind, address, rows, digest)
                    values (now() - make_interval(days => {days}), 't', 't', '', 'test', '', 30, '') returning id)
                insert into {Sql.Name(schema, "journal")} (act, ordinal, resource, key, version, op, digest)
                select id, n, {resource.Id}, n::text, 1, 'I', '' from a, generate_series(0, 29) as n
                """), Cancel);
        }

        Assert.Equal(new InflowVerdict(InflowState.Stopped, 30, 0), await watch.Inflows(resource, Cancel));
        var told = await Told(resource);
        await watch.Inflows(resource, Cancel);
        Assert.Equal(told, await Told(resource));
        Assert.Contains(("数据更新异常：受检登记", "“受检登记”在上一个周期没有新的数据，通常为30条。"), told);
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(head.Login, head.Password);
        await browser.Get("/me/messages");
        Assert.Contains("数据更新异常", browser.Page, StringComparison.Ordinal);
        Assert.Contains(await city.Service<QualityBook>().Alarms(Cancel), alarm => alarm.Resource == resource.Id && alarm.Kind == "stopped");
        await city.Db.Run(Sql.Of(
            $"""
            with a as (insert into {Sql.Name(schema, "act")} (at, who_id, who_name, office, kind, address, rows, digest)
                values (now() - interval '2 days', 't', 't', '', 'test', '', 30, '') returning id)
            insert into {Sql.Name(schema, "journal")} (act, ordinal, resource, key, version, op, digest)
            select id, n, {resource.Id}, n::text, 1, 'I', '' from a, generate_series(0, 29) as n
            """), Cancel);
        Assert.Equal(InflowState.Flows, (await watch.Inflows(resource, Cancel)).State);
        Assert.DoesNotContain(await city.Service<QualityBook>().Alarms(Cancel), alarm => alarm.Resource == resource.Id);
    }

    [Theory]
    [InlineData(UpdateRhythm.Daily, new long[] { 70, 80, 90, 75 }, InflowState.Flows)]
    [InlineData(UpdateRhythm.Daily, new long[] { 0, 80, 90, 75 }, InflowState.Stopped)]
    [InlineData(UpdateRhythm.RealTime, new long[] { 15, 80, 90, 75 }, InflowState.Collapsed)]
    [InlineData(UpdateRhythm.RealTime, new long[] { 16, 80, 90, 75 }, InflowState.Flows)]
    [InlineData(UpdateRhythm.Weekly, new long[] { 0, 0, 90, 0 }, InflowState.Flows)]
    [InlineData(UpdateRhythm.Weekly, new long[] { 0, 5, 9, 7 }, InflowState.Flows)]
    [InlineData(UpdateRhythm.Yearly, new long[] { 0, 80, 90, 75 }, InflowState.Flows)]
    public void Weeks_are_compared_with_the_weeks_before(UpdateRhythm rhythm, long[] weeks, InflowState state)
    {
        var today = new DateOnly(2026, 11, 26);
        var rows = weeks.Select((count, i) => (Day: today.AddDays(-(i * 7) - 3), count)).ToDictionary(one => one.Day, one => one.count);
        rows[today] = 1_000;
        Assert.Equal(state, Inflow.Judge(rows, rhythm, today).State);
    }

    private sealed record Raw(string Key, string? Name, string? Code, string? Sex, long? Size, string? Other);

    private static Raw Row(Random dice, string key) => new(
        key,
        dice.Next(6) switch { 0 => null, 1 => "", 2 => new string('长', 13), _ => "名称" + key },
        dice.Next(4) switch { 0 => "ab-1", 1 => null, _ => "AB-" + dice.Next(10, 99) },
        dice.Next(4) switch { 0 => "7", 1 => "", 2 => "2", _ => "1" },
        dice.Next(5) switch { 0 => -3, 1 => 400, 2 => null, _ => 5 },
        dice.Next(3) switch { 0 => "nobody", 1 => null, _ => "0001" });

    private IEnumerable<string> Faults(ResourceDefinition resource, Raw row)
    {
        foreach (var (field, value) in resource.Fields.Zip(new[] { row.Name, row.Code, row.Sex, row.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Other }))
        {
            if (string.IsNullOrEmpty(value))
            {
                if (field.Required)
                {
                    yield return $"required:{field.Name}";
                }

                // An empty text is a value in the table, and no code.
                if (value == "" && field.CodeList is not null)
                {
                    yield return $"code:{field.Name}";
                }

                continue;
            }

            if (field.Target is not null && value == "nobody")
            {
                yield return $"link:{field.Name}";
            }

            foreach (var refusal in field.Type.Parse(field, value).Refusals)
            {
                yield return $"{KindOf[refusal.Code]}:{field.Name}";
            }

            if (field.CodeList is { } list && city.Registry.Codes(list)!.Find(value) is null && !field.Type.Parse(field, value).Refusals.Any)
            {
                yield return $"code:{field.Name}";
            }
        }
    }

    private async Task<ResourceDefinition> Register(string owner = "police")
    {
        await IdentityPeople.Offices(city);
        var id = $"qua-{Guid.NewGuid().ToString("N")[..12]}/thing";
        var published = await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = id,
                Name = "受检登记",
                Clause = "S06",
                Owner = owner,
                Rhythm = UpdateRhythm.Daily,
                Sharing = Sharing.Unconditional,
                Fields =
                [
                    new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true, LengthMax = 12 },
                    new() { Name = "code", Label = "编号", Type = FieldTypes.Text, Pattern = "[A-Z]{2}-[0-9]{2}" },
                    new() { Name = "sex", Label = "性别", Type = FieldTypes.Code, CodeList = "sex" },
                    new() { Name = "size", Label = "大小", Type = FieldTypes.Integer, Min = "0", Max = "300" },
                    new() { Name = "other", Label = "关联", Type = FieldTypes.Link, Target = id },
                ],
            },
            Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());
        return published.Value;
    }

    /// <summary>Past the one write path, as old registers came in.</summary>
    private async Task Insert(ResourceDefinition resource, IReadOnlyList<Raw> rows)
    {
        var table = Sql.Name(resource.Schema, resource.Table);
        foreach (var row in rows)
        {
            await city.Db.Run(Sql.Of(
                $"""
                insert into {table} (_key, _version, _act, _at, name, code, sex, size, other)
                values ({row.Key}, 1, 0, now(), {Text(row.Name)}, {Text(row.Code)}, {Text(row.Sex)}, {Sql.Value(row.Size, NpgsqlTypes.NpgsqlDbType.Bigint)}, {Text(row.Other)})
                """), Cancel);
        }
    }

    private Task<List<(string Subject, string Body)>> Told(ResourceDefinition resource) => city.Db.List(
        $"select subject, body from casework.outbox where event = 'quality.alarm' and link = {"/sharing/quality/" + resource.Address}",
        row => (row.GetString(0), row.GetString(1)), Cancel);

    private static Sql Text(string? value) => Sql.Value(value, NpgsqlTypes.NpgsqlDbType.Text);

    private Task<List<(string Rule, string Key)>> Findings(ResourceDefinition resource) => city.Db.List(
        $"select rule, key from quality.finding where resource = {resource.Id} order by rule collate \"C\", key",
        row => (row.GetString(0), row.GetString(1)), Cancel);

    private async Task<IdentityBrowser> Browser(string office, string role)
    {
        var login = await IdentityPeople.Person(city, (office, role));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }
}
