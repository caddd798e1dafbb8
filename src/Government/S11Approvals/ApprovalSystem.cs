using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals;

/// <summary>
/// 网上审批和行政效能电子监察系统: one window, one notice, one flow, one bill, watched throughout. Its items of service
/// become kinds of cases; the engine, the clocks and the supervision are the platform's.
/// </summary>
public sealed class ApprovalSystem : CitySystem
{
    public override string Clause => "S11";

    public override string Name => Text.System;

    public override string Owner => "data";
}
