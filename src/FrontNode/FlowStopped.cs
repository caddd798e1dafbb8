namespace Shali.FrontNode;

/// <summary>The flow cannot go on as it is.</summary>
/// <param name="final">It stands still until somebody has looked into it; else it is tried again.</param>
internal sealed class FlowStopped(string sentence, bool final = true) : Exception(sentence)
{
    public bool Final { get; } = final;
}
