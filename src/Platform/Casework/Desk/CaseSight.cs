using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>As what somebody sees a case.</summary>
public enum Sight
{
    /// <summary>It is his own.</summary>
    Own,

    /// <summary>His office has it, was asked about it, or took part in it.</summary>
    Office,

    /// <summary>He watches the offices: sees, and takes supervisors' steps.</summary>
    Supervisor,
}

/// <summary>Who may see a case.</summary>
public static class CaseSight
{
    /// <summary>Null: for him there is no such case.</summary>
    public static Sight? Of(CaseFile file, Caller who)
    {
        if (file.Case.IsOf(who, file.Facts.Now.Local().Day()))
        {
            return Sight.Own;
        }

        if (who.Kind != CallerKind.Staff || who.Office.Length == 0)
        {
            return null;
        }

        return TakesPart(file, who) ? Sight.Office
            : who.May(CaseworkSystem.Supervise) ? Sight.Supervisor
            : null;
    }

    /// <summary>
    /// Whether he says of a paper if it is in order: the office that has the case, and one that uses the paper for its
    /// own part of it.
    /// </summary>
    public static bool Checks(CaseFile file, Caller who, string? material) =>
        file is { Sight: Sight.Office, Case.State: not CaseState.Ended }
        && (file.Case.Office == who.Office
            || file.Type.Children.Any(child => child.Office == who.Office && material is not null && child.Materials.Values.Contains(material, StringComparer.Ordinal)));

    // An office that handled it, was asked, or whose sub-case it is, keeps its sight; a post without any right in the
    // type (an administrator's) has none.
    private static bool TakesPart(CaseFile file, Caller who)
    {
        var rights = file.Type.Stages.Select(stage => stage.Seat?.Permission).Append(file.Type.WindowPermission).Append(CaseWorks.AnswerPermission);
        return rights.Any(right => right is not null && who.May(right))
            && (file.Case.Office == who.Office
                || file.Facts.Work.Any(work => work.Office == who.Office)
                || file.Events.Any(one => one.Office == who.Office)
                || file.Children.Any(child => child.Office == who.Office));
    }
}
