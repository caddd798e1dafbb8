using System.Globalization;

namespace Shali.Platform.Ui;

/// <summary>
/// The Chinese sentences of the design system. Not called <c>Text</c>: every page imports this namespace beside its
/// own, and its own sentences must win.
/// </summary>
public static class Wording
{
    public const string SomeCity = "本市";
    public const string SomeOperator = "市信息化办公室";
    public const string Skip = "跳到正文";
    public const string Service = "政务服务";
    public const string Desk = "工作台";
    public const string Admin = "管理";
    public const string Board = "领导看板";
    public const string Search = "搜索";
    public const string SearchEverything = "搜索事项、目录、企业和页面";
    public const string MainMenu = "主导航";
    public const string SideMenu = "功能菜单";
    public const string Menu = "菜单";
    public const string Breadcrumb = "当前位置";
    public const string SignIn = "登录";
    public const string SignOut = "退出";
    public const string Home = "首页";
    public const string BackHome = "返回首页";
    public const string Enquiries = "便民查询";
    public const string OwnSpace = "我的空间";
    public const string Foot = "页脚";
    public const string DemoCity = "演示城市：人员、企业和办件都由程序生成。";
    public const string SecondFactorOff = "第二重验证已关闭，不得用于正式运行。";
    public const string PleaseCorrect = "请更正以下问题";
    public const string Optional = "（选填）";
    public const string Choose = "请选择";
    public const string Fault = "错误：";
    public const string Previous = "上一页";
    public const string Next = "下一页";
    public const string FirstPage = "回到第一页";
    public const string Pages = "翻页";
    public const string Filter = "筛选";
    public const string Conditions = "筛选条件";
    public const string ClearFilter = "清除条件";
    public const string NothingHere = "这里还没有内容。";
    public const string ShowFigures = "查看数据表";
    public const string Male = "男";
    public const string Female = "女";
    public const string Age = "年龄";
    public const string Change = "更改";
    public const string Ascending = "升序";
    public const string Descending = "降序";
    public const string Shortcuts = "快捷键：/ 搜索，j k 上下移动";
    public const string Waiting = "待办";

    public static string Title(string page, string city) => $"{page} - {city}政务服务";

    public static string Scrolled(string caption) => $"{caption}，可左右滚动";

    public static string FaultyTitle(string title) => $"有误：{title}";

    public static string RunBy(string office) => $"运行管理：{office}";

    public static string SortBy(string label) => $"按{label}排序";

    /// <summary>1,234 with the sign of thousands; decimals only where there are any.</summary>
    public static string Number(double value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0.0%", CultureInfo.InvariantCulture);
}
