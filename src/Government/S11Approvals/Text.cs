namespace Shali.Government.S11Approvals;

/// <summary>Every sentence that the approvals show.</summary>
internal static class Text
{
    public const string System = "网上审批和行政效能电子监察系统";
}
