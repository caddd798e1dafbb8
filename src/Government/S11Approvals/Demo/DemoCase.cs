using System.Collections.Concurrent;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>A case of the demo city as far as it has come.</summary>
/// <param name="refused">Where it is told what a rule has refused.</param>
internal sealed class DemoCase(int index, ServiceItem item, DemoApplicant applicant, ConcurrentQueue<string> refused)
{
    public int Index => index;

    public ServiceItem Item => item;

    public DemoApplicant Applicant => applicant;

    public string? Number { get; set; }

    /// <summary>What becomes of its fee: see <see cref="DemoReliefs.Before"/>.</summary>
    public int Turn { get; init; }

    /// <summary>The lower office that reviews first; null: none does.</summary>
    public string? Receiver { get; init; }

    public bool Stopped { get; set; }

    /// <summary>A step that a rule refuses is left, and the case stays where it is: nothing is done past a rule.</summary>
    public void Note(string step, Refusals refusals)
    {
        if (refusals.Any)
        {
            Stopped = true;
            refused.Enqueue($"{index} {item.Code} {step}: {string.Join(' ', refusals.Select(refusal => $"{refusal.Code} {refusal.Field} {refusal.Sentence}"))}");
        }
    }
}
