namespace Shali.Government.S11Approvals;

/// <summary>Every sentence that the approvals show.</summary>
internal static class Text
{
    public const string FamilyScene = "父母在网上代未成年子女申请时核对父母子女关系";
    public const string KnownScene = "办理政务服务事项时免予申请人填写和提交";
    public const string System = "网上审批和行政效能电子监察系统";
}
