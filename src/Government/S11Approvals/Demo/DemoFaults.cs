using Shali.Platform.Casework;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>
/// What an office finds wrong with an application of the demo city: one or two of the papers that the applicant brought, each
/// with its article; where he brought none, an answer.
/// </summary>
internal static class DemoFaults
{
    public static IReadOnlyList<CaseFault> Of(CaseType type, StepRequest notice, IReadOnlyDictionary<string, string> answers, IReadOnlyList<GivenMaterial> given, Random dice)
    {
        var step = type.Step(notice.Step)!.Basis;
        string Article(Basis? basis) => (basis ?? step)?.ToString() ?? Text.NotAcceptedBasis;
        var brought = type.Materials.Where(material => given.Any(one => one.Code == material.Code && one.How is MaterialSource.Uploaded or MaterialSource.Paper)).ToList();
        var (first, many) = (brought.Count == 0 ? 0 : dice.Next(brought.Count), Math.Min(brought.Count, dice.Next(1, 3)));
        var faults = Enumerable.Range(0, many).Select(i => brought[(first + i) % brought.Count])
            .Select((material, i) => new CaseFault(FaultOf.Material, material.Code, Text.Faults[(first + i) % Text.Faults.Count], Article(material.Basis))).ToList();
        if (faults.Count == 0 && type.Form.Asked(answers).FirstOrDefault(question => answers.ContainsKey(question.Field.Name) && question.Choices.Count == 0) is { } asked)
        {
            faults.Add(new(FaultOf.Answer, asked.Field.Name, Text.AnswerFault, Article(null)));
        }

        return faults.Count > 0 ? faults : [new(FaultOf.Other, "", Text.Fault, Article(null))];
    }
}
