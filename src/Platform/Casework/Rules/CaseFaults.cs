using System.Text.Json;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// One thing that an applicant is told to put right: a material, an answer, or something else; what is wrong with it and
/// by which article.
/// </summary>
/// <param name="Code">Of the material or the question; empty: something else.</param>
public sealed record CaseFault(FaultOf Of, string Code, string Words, string Basis);

public enum FaultOf
{
    Material,
    Answer,
    Other,
}

/// <summary>一次性告知: everything that is wrong, told at once (行政许可法 art. 32 para. 1 no. 4).</summary>
public static class CaseFaults
{
    private const string Details = "faults";
    private const int WordsMax = 1000;
    private const int BasisMax = 400;

    /// <summary>The request with these faults; its opinion is the list as the notice shows it, then what was written freely.</summary>
    public static StepRequest Tell(CaseType type, StepRequest request, IReadOnlyList<CaseFault> faults)
    {
        if (faults.Count == 0)
        {
            return request;
        }

        var lines = faults.Select((fault, i) => Text.FaultLine(i + 1, NameOf(type, fault), fault.Words.Trim(), fault.Basis.Trim()));
        var all = string.IsNullOrWhiteSpace(request.Opinion) ? lines : lines.Append(request.Opinion.Trim());
        return request with { Faults = faults, Opinion = string.Join('\n', all) };
    }

    /// <summary>What the event of the notice told; none for any other event.</summary>
    public static IReadOnlyList<CaseFault> Of(CaseEvent told) =>
        told.Details is not null && JsonSerializer.Deserialize<Dictionary<string, string>>(told.Details) is { } details
        && details.GetValueOrDefault(Details) is { } json
            ? JsonSerializer.Deserialize<CaseFault[]>(json, DefinitionJson.Options) ?? []
            : [];

    /// <summary>What the last notice told; none while nobody was asked for anything.</summary>
    public static IReadOnlyList<CaseFault> Last(IEnumerable<CaseEvent> events) =>
        events.Reverse().Select(Of).FirstOrDefault(faults => faults.Count > 0) ?? [];

    public static string NameOf(CaseType type, CaseFault fault) => fault.Of switch
    {
        FaultOf.Material => type.Materials.FirstOrDefault(material => material.Code == fault.Code)?.Name ?? fault.Code,
        FaultOf.Answer => type.Form.Find(fault.Code)?.Field.Label ?? fault.Code,
        _ => Text.OtherFault,
    };

    /// <summary>All that is wrong with the faults themselves.</summary>
    internal static Refusals Judge(CaseType type, CaseStep step, IReadOnlyList<CaseFault> faults, Dictionary<string, string> details)
    {
        if (faults.Count == 0)
        {
            return Refusals.None;
        }

        var refusals = new List<Refusal>();
        if (!step.TellsFaults)
        {
            refusals.Add(new("CASE-R21", "", Text.TellsNoFaults(step.Label)));
        }

        foreach (var fault in faults)
        {
            var name = NameOf(type, fault);
            var field = FieldOf(fault);
            if (!Knows(type, fault))
            {
                refusals.Add(new("CASE-R22", field, Text.NothingToFault(fault.Code)));
            }
            else if (string.IsNullOrWhiteSpace(fault.Words) || fault.Words.Length > WordsMax)
            {
                refusals.Add(new("CASE-R23", field, Text.FaultUnsaid(name, WordsMax)));
            }
            else if (string.IsNullOrWhiteSpace(fault.Basis) || fault.Basis.Length > BasisMax)
            {
                refusals.Add(new("CASE-R23", "basis." + field, Text.FaultWithoutBasis(name), step.Basis));
            }
        }

        details[Details] = JsonSerializer.Serialize(faults, DefinitionJson.Options);
        return new(refusals);
    }

    /// <summary>The name of the input in which a fault is written.</summary>
    public static string FieldOf(CaseFault fault) => FieldOf(fault.Of, fault.Code);

    /// <inheritdoc cref="FieldOf(CaseFault)"/>
    public static string FieldOf(FaultOf of, string code) => of switch
    {
        FaultOf.Material => "fault.m." + code,
        FaultOf.Answer => "fault.a." + code,
        _ => "fault.other",
    };

    private static bool Knows(CaseType type, CaseFault fault) => fault.Of switch
    {
        FaultOf.Material => type.Materials.Any(material => material.Code == fault.Code),
        FaultOf.Answer => type.Form.Find(fault.Code) is not null,
        _ => true,
    };
}
