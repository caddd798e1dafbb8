using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Window;

/// <summary>What the one window and the public services say.</summary>
internal static class Text
{
    public const string Services = "办事服务";
    public const string Yes = "是";
    public const string No = "否";
    public const string WillFill = "有";
    public const string WillNotFill = "没有";
    public const string OnlyThese = "只需要下列材料。办理单位不得要求清单以外的材料，不齐的应当一次告知全部内容。";
    public const string NothingToBring = "不用准备材料。";
    public const string MayFollow = "可以先受理，承诺以后补交";
    public const string Start = "开始办理";
    public const string StartAtWindow = "为申请人办理";
    public const string SignInAndStart = "登录后开始办理";
    public const string OnlyAtWindow = "这一事项到窗口办理，请按清单带齐材料。";
    public const string Prepare = "先看我要准备什么";
    public const string Window = "综合窗口";
    public const string WindowLead = "为到窗口的人收件：各单位的事项都在这里收，一个编号办到底。";
    public const string WindowSearch = "申请人要办什么事";
    public const string NotFound = "没有找到。请换一种说法。";
    public const string NoneToday = "今天还没有收件。";
    public const string OnlyPersons = "预约由要来的人自己办理，请以个人身份登录。";
    public const string ChooseSlot = "请选择时间。";
    public const string NoSuchSlot = "没有这个时段，请重新选择地点、日期和时间。";
    public const string SlotFull = "这个时段刚刚约满，请选择其他时间。";
    public const string BookedAlready = "您已经预约了这一事项，要改时间的请先取消原来的预约。";
    public const string BusyThen = "您在同一时间已有别的预约。";
    public const string NotOpenAnyMore = "这个预约已经取消、已到场或者已经过了时间。";
    public const string ReceivesVisits = "窗口接待预约";
    public const string Booked = "已预约";
    public const string Cancelled = "已取消预约";
    public const string OwnVisits = "我的预约";
    public const string OwnVisitsNote = "预约到窗口办事的时间";
    public const string NoVisits = "您没有预约。可以预约的事项，在办事指南里预约。";
    public const string BringList = "请按材料清单带齐材料，在预约的时间到场。";
    public const string BookLead = "先选日期，再选时间。每个时段的名额有限，不来的请提前取消。";
    public const string Book = "预约到窗口办理";
    public const string Visits = "今天的预约";
    public const string NobodyComes = "这一天没有预约。";
    public const string SavedTitle = "免提交材料统计";
    public const string SavedLead = "申请人少交了多少份材料：凡是政府数据中有的，不得要求申请人提供（国务院关于在线政务服务的若干规定第七条）。";
    public const string NoCases = "这一时期没有收到申请。";

    public static string BookFor(string name) => $"预约：{name}";

    public const string RemindSubject = "提醒：您预约了到窗口办事";

    public static string Remind(string item, DateTimeOffset at, string place) =>
        $"您预约办理“{item}”，时间：{at.InWords()}，地点：{place}。请按材料清单带齐材料，准时到场；不能来的，请在“我的预约”中取消，把名额留给别人。";

    public static string VisitsOf(DateOnly day) => $"{day.Month}月{day.Day}日的预约";

    public static string PrepareLead(int at, int of) => $"第 {at} 题，最多 {of} 题。回答后列出您这件事要准备的全部材料，不用登录，不填个人信息。";

    public static string ChooseOne(string label) => $"请选择一项：{label}";

    public static string ListOf(string name) => $"{name}：材料清单";

    public static string ListLead(int bring, int had) =>
        had == 0 ? $"您这件事要准备 {bring} 份材料，这是全部。" : $"您这件事要准备 {bring} 份材料，这是全部；另有 {had} 份由政府数据取得，不用您提交。";

    public static string NotNeeded(int count) => $"不用您提交的 {count} 份材料";

    public static string WillFillIn(int count) => $"申请时填写的 {count} 项内容";

    public static string ListPromise(int edition) => $"依据现行办事指南第 {edition} 版。按这份清单交齐材料的，应当受理（行政许可法第三十二条）。";

    public static string Items(int count) => $"全市 {count} 个事项，不分单位都可以收件。";
}
