using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Audit;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Changes go to a web hook signed, in order, at least once; what is not taken waits for its owner; streams end with their grant.</summary>
public sealed class DataPushed(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    private Hooks Hooks => city.Service<Hooks>();

    [Fact]
    public async Task Every_change_arrives_signed_in_order_and_with_the_same_id_when_it_comes_twice()
    {
        await using var receiver = await HookReceiver.Start();
        var (resource, consumer, number, head) = await Granted();
        var secret = await Saved(head, number, receiver.Address);
        var keys = await Town.Write(resource, [.. Enumerable.Range(0, 130).Select(i => ($"px{i}", $"赫连{i}", "411102", "某街"))]);
        await Town.Write(resource, ("py", "别区的人", "411104", "远街"));
        Assert.True((await city.Store.Write(
            new Act(Caller.Platform("test"), "test"),
            [new Change.Update(resource, keys[0], null, new Dictionary<string, object?> { ["owner_name"] = "赫连改" }), new Change.Delete(resource, keys[1], null)], Cancel)).Ok);
        await receiver.Until(132);

        // At least once: what came twice has the same id. The whole resource from the beginning would be five more; he asked
        // for what comes from now on.
        var events = receiver.Events.DistinctBy(one => one.GetProperty("id").GetString()).ToList();
        Assert.Equal(132, events.Count);
        Assert.Equal(keys, events.Take(130).Select(one => one.GetProperty("subject").GetString()));
        Assert.Equal(["owner_name", "district"], events[0].GetProperty("data").GetProperty("properties").EnumerateObject().Select(one => one.Name));
        Assert.Equal(("cn.shali.record.update", 2), (events[130].GetProperty("type").GetString(), events[130].GetProperty("recordversion").GetInt32()));
        Assert.Equal(("cn.shali.record.delete", JsonValueKind.Null), (events[131].GetProperty("type").GetString(), events[131].GetProperty("data").ValueKind));
        Assert.All(receiver.Requests, one => Assert.True(PushSignature.Holds(secret, one.Time, one.Signature, one.Body, DateTimeOffset.UtcNow)));
        var first = receiver.Requests.First();
        Assert.False(PushSignature.Holds(secret, first.Time, first.Signature, [.. first.Body, (byte)' '], DateTimeOffset.UtcNow));
        Assert.False(PushSignature.Holds(secret, first.Time, first.Signature, first.Body, DateTimeOffset.UtcNow.AddMinutes(6)));

        // A node that dies after the answer and before it kept the place sends the same again: nothing is lost, ids tell.
        await Hooks.Pause(head, number, true, Cancel);
        while (!await city.Db.Scalar<bool>($"select held_until < now() from push.hook where grant_no = {number}", Cancel))
        {
            await Task.Yield();
        }

        await Town.Write(resource, ("pz", "呼延一", "411102", "某街"), ("pw", "呼延二", "411102", "某街"));
        await city.Service<AuditLog>().Placed(resource.Schema, Cancel);

        await city.Db.Run($"update push.hook set state = 'active', held_until = now() + interval '1 hour' where grant_no = {number}", Cancel);
        var before = receiver.Events.Count;
        var dying = Node(new PushSettings(true));
        (dying.TakesHeld, dying.BeforeKept) = (true, () => throw new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => dying.Push(number, Cancel));
        Assert.Equal(134, receiver.Events.Select(one => one.GetProperty("id").GetString()).Distinct().Count());
        while ((await Hooks.Find(number, Cancel))!.Sent < 134)
        {
            await city.Service<Pusher>().Push(number, Cancel);
        }

        Assert.Equal(134, receiver.Distinct);
        Assert.True(receiver.Events.Count >= before + 4, "The two came once before the node died and once after.");

        // The end of the grant ends the push.
        Assert.True((await Town.Grants.Change(Town.Staff("police"), number, GrantAct.Find("revoke")!, "结束", null, null, Cancel)).Ok);
        var seen = receiver.Requests.Count;
        await Town.Write(resource, ("pv", "呼延三", "411102", "某街"));
        await city.Service<Pusher>().Push(number, Cancel);
        Assert.Equal(seen, receiver.Requests.Count);
        Assert.Contains(number, (await Hooks.Find(number, Cancel))!.LastError, StringComparison.Ordinal);
        Assert.NotEqual("", consumer);
    }

    [Fact]
    public async Task A_poison_event_is_put_aside_the_rest_flows_and_its_owner_sends_it_again()
    {
        await using var receiver = await HookReceiver.Start();
        var (resource, consumer, number, _) = await Granted();
        var login = await IdentityPeople.Person(city, (consumer, Roles.Head));
        using var head = new IdentityBrowser(city.Address);
        await head.SignIn(login.Login, login.Password);
        await head.Get($"/sharing/grants/{number}/push");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await head.Post($"/sharing/grants/{number}/push", ("address", "ftp://x"))).StatusCode);
        await head.Get($"/sharing/grants/{number}/push");
        await head.Post($"/sharing/grants/{number}/push", ("address", receiver.Address), ("from", "now"));
        Assert.Contains("whsec_", head.Page, StringComparison.Ordinal);
        await head.Get($"/sharing/grants/{number}/push");
        Assert.DoesNotContain("whsec_", head.Page, StringComparison.Ordinal);

        receiver.Refuses = "毒";
        await Town.Write(resource, ("p1", "甲", "411102", "a"), ("p2", "毒", "411102", "a"), ("p3", "丙", "411102", "a"));
        await receiver.Until(2);
        while (await city.Db.Scalar<long>($"select count(*) from push.letter where grant_no = {number}", Cancel) == 0)
        {
            await city.Service<Pusher>().Push(number, Cancel);
        }

        Assert.Equal(["甲", "丙"], receiver.Events.Select(one => one.GetProperty("data").GetProperty("properties").GetProperty("owner_name").GetString()));
        var letter = Assert.Single(await Hooks.Letters(number, null, 10, Cancel));
        Assert.Equal("对方应答 422。", letter.Reason);
        await head.Get($"/sharing/grants/{number}/push");
        await head.Post($"/sharing/grants/{number}/push/replay", ("letter", letter.Id));
        await head.Get($"/sharing/grants/{number}/push");
        Assert.Contains(letter.Event, head.Page, StringComparison.Ordinal);
        receiver.Refuses = null;
        await head.Post($"/sharing/grants/{number}/push/replay", ("letter", letter.Id));
        Assert.Empty(await Hooks.Letters(number, null, 10, Cancel));
        Assert.Contains(receiver.Events, one => one.GetProperty("id").GetString() == letter.Event);
        await head.Get("/me/messages");
        Assert.Contains("推送未能送达", head.Page, StringComparison.Ordinal);

        // Other offices have nothing to do with it.
        Assert.Null(await Hooks.Mine(Town.Staff("police"), number, Cancel));
        Assert.Equal("SHR-D01", Assert.Single((await Hooks.Save(Town.Staff("police"), number, receiver.Address, true, Cancel)).Refusals).Code);
    }

    [Fact]
    public async Task A_receiver_that_is_away_is_tried_again_later_and_not_forgotten()
    {
        await using var receiver = await HookReceiver.Start();
        var (resource, _, number, head) = await Granted();
        await Saved(head, number, "http://127.0.0.1:9/hook");
        await Town.Write(resource, ("p1", "甲", "411102", "a"));
        var node = Node(new PushSettings(true) { Pauses = [TimeSpan.FromHours(1)] });
        while ((await Hooks.Find(number, Cancel))!.Tries == 0)
        {
            await node.Push(number, Cancel);
        }

        Assert.Equal(0, await city.Db.Scalar<long>($"select count(*) from push.letter where grant_no = {number}", Cancel));
        await Saved(head, number, receiver.Address);
        await receiver.Until(1);
        Assert.Equal("甲", receiver.Events[0].GetProperty("data").GetProperty("properties").GetProperty("owner_name").GetString());
    }

    [Fact]
    public async Task What_is_shared_without_condition_is_pushed_within_its_grant_and_no_longer_when_it_ends()
    {
        await using var receiver = await HookReceiver.Start();
        var (resource, _, number, head) = await Granted(Sharing.Unconditional);
        await Saved(head, number, receiver.Address);
        await Town.Write(resource, ("p1", "甲", "411102", "a"));
        await receiver.Until(1);
        Assert.Equal(["owner_name", "district"], receiver.Events[0].GetProperty("data").GetProperty("properties").EnumerateObject().Select(one => one.Name));

        Assert.True((await Town.Grants.Change(Town.Staff("police"), number, GrantAct.Find("revoke")!, "不再需要", null, null, Cancel)).Ok);
        await city.Service<Revocations>().Read(Cancel);
        await Town.Write(resource, ("p2", "乙", "411102", "a"));
        await city.Service<AuditLog>().Placed(resource.Schema, Cancel);
        while ((await Hooks.Find(number, Cancel))!.LastError is not { Length: > 0 })
        {
            await city.Service<Pusher>().Push(number, Cancel);
        }

        Assert.Contains("已终止", (await Hooks.Find(number, Cancel))!.LastError, StringComparison.Ordinal);
        Assert.Equal(1, receiver.Distinct);
    }

    [Fact]
    public async Task What_an_old_address_answers_late_says_nothing_of_the_new_one()
    {
        await using var old = await HookReceiver.Start();
        await using var receiver = await HookReceiver.Start();
        old.Breaks = new();
        var (resource, _, number, head) = await Granted();
        await Saved(head, number, old.Address);
        await Town.Write(resource, ("p1", "甲", "411102", "a"));
        var node = Node(new PushSettings(true) { Pauses = [TimeSpan.FromHours(1)] });
        Task pushing = Task.CompletedTask;
        while (!old.Asked.Task.IsCompleted)
        {
            // The city's own worker may be the one who asks.
            pushing = node.Push(number, Cancel);
            await Task.WhenAny(pushing, old.Asked.Task);
        }

        await Saved(head, number, receiver.Address);
        old.Breaks.SetResult();
        await pushing;
        await receiver.Until(1);
        Assert.Equal(0, (await Hooks.Find(number, Cancel))!.Tries);
    }

    [Fact]
    public async Task One_hook_that_cannot_be_worked_on_holds_up_no_other()
    {
        await using var receiver = await HookReceiver.Start();
        var (broken, _, first, firstHead) = await Granted();
        var (sound, _, second, secondHead) = await Granted();
        await Saved(firstHead, first, receiver.Address);
        await city.Db.Run($"update push.hook set address = 'what nobody can call' where grant_no = {first}", Cancel);
        await Saved(secondHead, second, receiver.Address);
        await Town.Write(broken, ("p1", "甲", "411102", "a"));
        await Town.Write(sound, ("p2", "乙", "411102", "a"));
        await receiver.Until(1);
        Assert.Equal("乙", receiver.Events[0].GetProperty("data").GetProperty("properties").GetProperty("owner_name").GetString());

        // The city's own worker has met it too, and lives.
        while ((await Hooks.Find(first, Cancel))!.LastError is not { Length: > 0 })
        {
            await city.Service<Pusher>().Turn(first, Cancel);
        }

        Assert.Contains("联系平台管理员", (await Hooks.Find(first, Cancel))!.LastError, StringComparison.Ordinal);
        await Town.Write(sound, ("p3", "丙", "411102", "a"));
        await receiver.Until(2);
        await Hooks.Pause(firstHead, first, true, Cancel);
    }

    [Theory]
    [InlineData("https://data.example.gov.cn/hook", true)]
    [InlineData("http://data.example.gov.cn/hook", false)]
    [InlineData("https://127.0.0.1/hook", false)]
    [InlineData("https://localhost/hook", false)]
    [InlineData("https://[::1]/hook", false)]
    [InlineData("https://[::ffff:127.0.0.1]/hook", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://10.1.2.3/hook", false)]
    [InlineData("https://2130706433/hook", false)]
    [InlineData("https://0x7f.1/hook", false)]
    [InlineData("https://metadata/hook", false)]
    [InlineData("https://user:pass@data.example.gov.cn/", false)]
    [InlineData("https://59.203.1.1/hook", true)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("hook", false)]
    public void A_hook_does_not_point_into_the_house(string address, bool may) =>
        Assert.Equal(may, HookAddress.Judge(address, new PushSettings(false), out _) is null);

    [Theory]
    [InlineData("10.1.2.3", false, "", false)]
    [InlineData("10.1.2.3", false, "10.1.0.0/16", true)]
    [InlineData("10.2.2.3", false, "10.1.0.0/16", false)]
    [InlineData("127.0.0.1", false, "127.0.0.0/8", false)]
    [InlineData("127.0.0.1", true, "", true)]
    [InlineData("169.254.169.254", true, "169.254.0.0/16", false)]
    [InlineData("::ffff:169.254.169.254", true, "", false)]
    [InlineData("fd00::1", false, "", false)]
    [InlineData("2001:db8::1", false, "", true)]
    public void What_a_name_resolves_to_is_judged_when_it_is_connected_to(string address, bool loopback, string network, bool may) =>
        Assert.Equal(may, HookAddress.May(IPAddress.Parse(address), new PushSettings(loopback) { Networks = network.Length == 0 ? [] : [IPNetwork.Parse(network)] }));

    [Fact]
    public async Task A_stream_tells_each_change_goes_on_where_it_was_and_ends_with_its_grant()
    {
        var resource = await Town.Register(Sharing.Conditional("限履行职责时使用"));
        var number = await Town.Grant(Town.Terms(resource) with { Ways = [GrantWay.Feed] });
        using var program = await Town.Program("health");
        using var first = await Stream(program, resource, null);
        var (id, data) = await Next(first);
        Assert.Equal(("1.0", "cn.shali.record.insert"), (data.GetProperty("specversion").GetString(), data.GetProperty("type").GetString()));
        Assert.Equal($"{resource.Address}:{id}", data.GetProperty("id").GetString());
        await Next(first);

        // A new one, while he listens.
        await Town.Write(resource, ("s1", "钟离", "411102", "某街"));
        Assert.Equal("钟离", (await Next(first)).Data.GetProperty("data").GetProperty("properties").GetProperty("owner_name").GetString());

        // Who comes again says which he had last.
        using var second = await Stream(program, resource, id);
        Assert.NotEqual(id, (await Next(second)).Id);

        Assert.True((await Town.Grants.Change(Town.Staff("police"), number, GrantAct.Find("revoke")!, "结束", null, null, Cancel)).Ok);
        Assert.Equal("event: end", await Line(first));
        Assert.Contains("SHR-A04", await Line(first), StringComparison.Ordinal);
        Assert.Equal("", await Line(first));
        Assert.Null(await first.ReadLineAsync(Cancel));
    }

    private static async Task<StreamReader> Stream(HttpClient http, ResourceDefinition resource, string? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/collections/{resource.Address}/changes");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
    }

    private static async Task<(string Id, JsonElement Data)> Next(StreamReader stream)
    {
        var id = (await Line(stream))["id: ".Length..];
        using var json = JsonDocument.Parse((await Line(stream))["data: ".Length..]);
        Assert.Equal("", await Line(stream));
        return (id, json.RootElement.Clone());
    }

    private static async Task<string> Line(StreamReader stream)
    {
        while (true)
        {
            var line = await stream.ReadLineAsync(Cancel) ?? throw new EndOfStreamException();
            if (!line.StartsWith(':'))
            {
                return line;
            }

            await stream.ReadLineAsync(Cancel);
        }
    }

    private async Task<(ResourceDefinition Resource, string Consumer, string Number, Caller Head)> Granted(Sharing? sharing = null)
    {
        var (resource, consumer) = (await Town.Register(sharing ?? Sharing.Conditional("限履行职责时使用")), await Town.Office());
        var number = await Town.Grant(Town.Terms(resource, consumer) with { Ways = [GrantWay.Push] });
        return (resource, consumer, number, Town.Staff(consumer));
    }

    private async Task<string> Saved(Caller head, string number, string address)
    {
        var saved = await Hooks.Save(head, number, address, true, Cancel);
        Assert.True(saved.Ok, saved.Refusals.ToString());
        return saved.Value;
    }

    /// <summary>Another node, as far as pushes are concerned.</summary>
    private Pusher Node(PushSettings settings) => ActivatorUtilities.CreateInstance<Pusher>(city.Services, settings);
}
