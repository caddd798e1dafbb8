using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Whose word counts for which field (数源部门): police for identity, civil affairs for marriage, health for birth
/// and death, labour for employment, education for schooling. Others suggest.
/// </summary>
public static class FieldAuthority
{
    private static readonly Basis Source = new("政务数据共享条例", "第十三条");

    /// <summary>What an edit of these fields by this caller is refused for.</summary>
    public static Refusals Judge(Caller who, Record before, Record after)
    {
        var refusals = new List<Refusal>();
        for (var i = 0; i < after.Values.Length; i++)
        {
            var field = after.Definition.Fields[i];
            if (Equals(before.Values[i], after.Values[i]))
            {
                continue;
            }

            if (PersonGuard.ByEntryOnly.Contains(field.Name))
            {
                refusals.Add(new("D1-A03", field.Name, Text.ByEntryOnly(field.Label), Acts.Registration("第十七条")));
            }
            else if (!Has(who, field))
            {
                refusals.Add(new("D1-A04", field.Name, Text.NotTheAuthority(field.Label, Office(field.Authority!)), Source));
            }
        }

        return new(refusals);
    }

    /// <summary>The caller speaks for the department whose field it is: the city's or a district's.</summary>
    public static bool Has(Caller who, FieldDefinition field) => field.Authority is null || Function(who.Office) == field.Authority;

    /// <summary>The department within an office code: police in 411102.police.</summary>
    public static string Function(string office) => office[(office.LastIndexOf('.') + 1)..];

    public static string Office(string authority) => authority switch
    {
        Authorities.Police => "公安部门",
        Authorities.CivilAffairs => "民政部门",
        Authorities.Health => "卫生健康部门",
        Authorities.Labour => "人力资源社会保障部门",
        Authorities.Education => "教育部门",
        _ => authority,
    };
}
