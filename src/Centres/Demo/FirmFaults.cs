namespace Shali.Centres.Demo;

/// <summary>Contradictions between the registers of firms and of people, seeded at known rates.</summary>
internal static class FirmFaults
{
    /// <summary>Shares of the firms of a chunk.</summary>
    public static readonly IReadOnlyDictionary<string, double> Rates = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["representative-dead"] = 0.002,
        ["deregistered-with-insured"] = 0.002,
        ["capital-in-wrong-unit"] = 0.001,
        ["established-in-future"] = 0.001,
        ["branch-without-parent"] = 0.0005,
    };

    private const string Entity = "legal-entities/entity";

    public static void Seed(Dice dice, DemoPlan plan, DemoChunk chunk, DemoTrade trade)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (kind, rate) in Rates)
        {
            var count = rate * trade.Firms.Count;
            for (var i = 0; i < (int)count + (dice.Chance(count - Math.Floor(count)) ? 1 : 0); i++)
            {
                Make(dice, plan, chunk, trade, taken, kind);
            }
        }
    }

    private static void Make(Dice dice, DemoPlan plan, DemoChunk chunk, DemoTrade trade, HashSet<string> taken, string kind)
    {
        Func<DemoFirm, bool> fits = kind switch
        {
            "representative-dead" or "established-in-future" => firm => firm.State == "active" && firm.Kind != "branch",
            "deregistered-with-insured" => firm => firm.State == "deregistered",
            "capital-in-wrong-unit" => firm => firm is { Kind: "enterprise", Capital: >= 50 },
            _ => firm => firm.Kind == "branch",
        };
        var candidates = trade.Firms.Where(firm => !taken.Contains(firm.Organisation) && fits(firm)).ToList();
        var dead = chunk.Persons.Where(person => person.Death is not null && person.AgeOn(plan.Today) < 90 && !person.Seeded).ToList();
        if (candidates.Count == 0 || (kind == "representative-dead" && dead.Count == 0))
        {
            return;
        }

        var firm = dice.Pick(candidates);
        taken.Add(firm.Organisation);
        var note = Spoil(dice, plan, firm, dead, kind);
        trade.Truth.Add(new(kind, Entity, firm.Organisation, kind == "representative-dead" ? firm.RepresentativePerson : null, note));
    }

    private static string Spoil(Dice dice, DemoPlan plan, DemoFirm firm, List<DemoPerson> dead, string kind)
    {
        switch (kind)
        {
            case "representative-dead":
                var person = dice.Pick(dead);
                (firm.RepresentativeName, firm.RepresentativePerson) = (person.Name, person.Key);
                return "法定代表人已死亡，单位仍存续";
            case "deregistered-with-insured":
                firm.Insured = dice.Between(1, 20);
                return "已注销，仍有参保人员";
            case "capital-in-wrong-unit":
                firm.Capital *= 10_000;
                return "注册资本单位应为万元，按元录入";
            case "established-in-future":
                firm.Established = plan.Today.AddDays(dice.Between(30, 400));
                return "成立日期晚于今天";
            default:
                firm.Parent = "MAX000000";
                return "隶属单位不存在";
        }
    }
}
