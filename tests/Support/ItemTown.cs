using Shali.Government.S11Approvals;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;

namespace Shali.Tests.Support;

/// <summary>People of an office that makes items, and items that nothing is wrong with.</summary>
internal sealed class ItemTown(City city)
{
    private static int _number;

    /// <summary>Somebody with a real post and what his role may do with items and approvals.</summary>
    public async Task<Caller> Staff(string role, string office = "market-regulation")
    {
        var login = await IdentityPeople.Person(city, (office, role));
        var account = (await city.Service<Accounts>().FindLogin(login.Login))!;
        var rights = new ApprovalSystem().Permissions
            .Where(right => right.Roles.Contains(role) && (right.Offices.Count == 0 || right.Offices.Contains(office))).Select(right => right.Code);
        return new()
        {
            Id = account.Id,
            Name = account.Name,
            Kind = CallerKind.Staff,
            Office = office,
            OfficeName = office,
            Role = role,
            Permissions = rights.Append("casework.answer").ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>An item of its own code.</summary>
    public static ServiceItem Item(string office = "market-regulation") => new()
    {
        Code = $"test-item-{Interlocked.Increment(ref _number)}",
        Name = $"测试许可事项{_number}",
        Office = office,
        Summary = "测试用的许可。",
        Bases = [new("食品安全法", "第三十五条")],
        Conditions = ["有固定的场所"],
        Legal = new(20, ClockUnit.WorkingDays, new("行政许可法", "第四十二条")),
        Promised = new(10, ClockUnit.WorkingDays),
        ChecksSubstance = true,
        Specials = ["expert-review"],
        Extension = new(10, "本行政机关负责人", new("行政许可法", "第四十二条")),
        Questions =
        [
            new("shop", "店名", FieldTypes.Text) { LengthMax = 60 },
            new("kind", "经营类别", FieldTypes.Text) { Choices = [new("food", "餐饮"), new("retail", "零售")] },
        ],
        Materials =
        [
            new("lease", "场所使用证明"),
            new("plan", "布局图") { When = Condition.Is("kind", "food") },
            new("photo", "门面照片") { Secondary = true },
        ],
        Result = new("测试许可证", ResultKind.Licence) { ValidYears = 5 },
        Themes = ["catering"],
        Words = ["测试"],
        Ways = [ServiceWay.Window, ServiceWay.Online],
        Places = [new("市政务服务中心", "一楼", "工作日 9:00—17:00", "12345")],
    };

    /// <summary>Drafted by one, published by another.</summary>
    public async Task<(ServiceItem Item, Caller Clerk, Caller Head)> Published(ServiceItem? given = null)
    {
        var item = given ?? Item();
        var (clerk, head) = (await Staff(Roles.Clerk, item.Office), await Staff(Roles.Head, item.Office));
        var desk = city.Service<ItemDesk>();
        var key = Value(await desk.Begin(clerk, item));
        Value(await desk.Submit(clerk, key, 1));
        Value(await desk.Publish(head, key, 2));
        return (item, clerk, head);
    }

    public static T Value<T>(Outcome<T> outcome) => outcome.Ok ? outcome.Value : throw new InvalidOperationException(outcome.Refusals.ToString());
}
