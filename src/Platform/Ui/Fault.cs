using System.Globalization;

namespace Shali.Platform.Ui;

/// <summary>What an error page says: what happened and what the person can do.</summary>
public sealed record Fault(int Status, string Title, string Advice)
{
    /// <summary>Permanent: <c>UI-404</c>.</summary>
    public string Code => $"UI-{Status.ToString(CultureInfo.InvariantCulture)}";

    public static Fault Of(int status) => status switch
    {
        400 => new(status, "请求无法识别", "页面可能打开得太久，请返回上一页，刷新后重新提交。"),
        401 => new(status, "请先登录", "此页面需要登录后使用。"),
        403 => new(status, "没有访问权限", "您的岗位没有此项权限。如工作需要，请向本单位的系统管理员申请。"),
        404 => new(status, "没有找到这个页面", "网址可能有误，或者内容已经移走。可以搜索，或从首页重新进入。"),
        405 => new(status, "不支持这种操作", "请从页面上的按钮或链接进入。"),
        409 => new(status, "内容已被他人更改", "请重新打开记录，核对后再提交。"),
        413 => new(status, "提交的内容太大", "请压缩或拆分文件后重试。"),
        415 => new(status, "不支持这种文件或格式", "请按页面说明选择文件格式。"),
        429 => new(status, "操作过于频繁", "请稍等一分钟后重试。"),
        503 => new(status, "服务暂时不可用", "系统正在维护或恢复，请稍后重试。已提交成功的内容不受影响。"),
        >= 500 => new(status, "系统出现错误", "未提交成功的内容没有保存，请稍后重试。如再次出现，请将下面的编号告知运行管理单位。"),
        _ => new(status, "请求未能完成", "请返回上一页核对后重试。"),
    };
}
