using System.Globalization;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>
/// Keeps cases in step with contradictions: opens one for each that has none, ends it when the comparison no longer finds it, and
/// gives it back where an office said that it put its data right and the data still say otherwise.
/// </summary>
public sealed class ContradictionCases(Db db, CaseDesk desk, RecordStore store, Offices offices, TimeProvider time)
{
    /// <summary>Cases that are opened between two looks at what else is to be done.</summary>
    private const int Some = 100;

    /// <summary>Days after which what an office has put right must have reached the comparison.</summary>
    private const int UpdateDays = 3;

    private static readonly ResourceDefinition Resource = Definition.Of<Contradiction>();

    private static readonly Caller Platform = Caller.Platform("enterprises");

    /// <summary>How many cases were opened, ended or given back.</summary>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var done = 0;
        while (await Open(cancel) is > 0 and var opened)
        {
            done += opened;
        }

        return done + await End(cancel) + await GiveBack(cancel);
    }

    private async Task<int> Open(CancellationToken cancel)
    {
        var waiting = await db.List(
            $"""
            select code, rule, name, office, statement, returned, _version from enterprises.contradiction
            where state = {ContradictionState.Open} and "case" is null order by found_at, code limit {Some}
            """,
            row => (Code: row.GetString(0), Rule: row.GetString(1), Name: row.GetString(2), Office: row.GetString(3), Statement: row.GetString(4), Returned: row.GetInt64(5), Version: row.GetInt32(6)), cancel);
        var opened = 0;
        foreach (var one in waiting)
        {
            if (Handled(one.Office) is not { } office)
            {
                continue;
            }

            var answers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ContradictionType.Number] = one.Code,
                ["rule"] = ContradictionRules.Find(one.Rule)?.Name ?? one.Rule,
                ["statement"] = one.Statement,
                ["office"] = office,
                ["returned"] = one.Returned.ToString(CultureInfo.InvariantCulture),
            };
            var made = await desk.Open(
                Platform, new OpenRequest(ContradictionType.Code, answers) { Title = Text.CaseTitle(answers["rule"], one.Name), Source = CaseSource.Platform },
                string.Create(CultureInfo.InvariantCulture, $"{one.Code}:{one.Returned}"), cancel);
            if (!made.Ok)
            {
                throw new InvalidOperationException($"{one.Code}: {made.Refusals}");
            }

            await Note(one.Code, one.Version, ("case", made.Value.Number), cancel);
            opened++;
        }

        return opened;
    }

    private async Task<int> End(CancellationToken cancel)
    {
        var over = await db.List(
            $"""
            select code, "case", _version from enterprises.contradiction
            where state <> {ContradictionState.Open} and "case" is not null and not coalesce(case_ended, false) limit {Some * 10}
            """,
            row => (Code: row.GetString(0), Case: row.GetString(1), Version: row.GetInt32(2)), cancel);
        var running = (await Standing(over.Select(one => one.Case), cancel)).Where(one => one.State != CaseState.Ended).Select(one => one.Case).ToHashSet(StringComparer.Ordinal);
        foreach (var one in over)
        {
            if (running.Contains(one.Case))
            {
                await Take(one.Case, new("gone") { Opinion = Text.Gone }, $"{one.Case}:gone", cancel);
            }

            await Note(one.Code, one.Version, ("case_ended", true), cancel);
        }

        return over.Count;
    }

    private async Task<int> GiveBack(CancellationToken cancel)
    {
        var open = await db.List($"select \"case\" from enterprises.contradiction where state = {ContradictionState.Open} and \"case\" is not null", row => row.GetString(0), cancel);
        var before = time.GetUtcNow().AddDays(-UpdateDays);
        var still = (await Standing(open, cancel)).Where(one => one.Stage == ContradictionType.Awaiting && one.Since < before).ToList();
        foreach (var one in still)
        {
            await Take(one.Case, new("still") { Reason = Text.Still }, string.Create(CultureInfo.InvariantCulture, $"{one.Case}:still:{one.Since.UtcTicks}"), cancel);
        }

        return still.Count;
    }

    /// <summary>How the cases stand, and since when nobody has touched them.</summary>
    private Task<List<(string Case, string State, string Stage, DateTimeOffset Since)>> Standing(IEnumerable<string> numbers, CancellationToken cancel) => db.List(
        $"select number, state, stage, _at from casework.\"case\" where number = any({ComparedTables.Texts(numbers)})",
        row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)), cancel);

    private async Task Take(string number, StepRequest step, string once, CancellationToken cancel)
    {
        var taken = await desk.Take(Platform, number, step, once, cancel);

        // Somebody of the office was quicker by a moment: the next look sees the case as it is then.
        if (!taken.Ok && taken.Refusals.All(refusal => !refusal.Code.StartsWith("CASE-", StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"{number} {step.Step}: {taken.Refusals}");
        }
    }

    private async Task Note(string code, int version, (string Field, object Value) note, CancellationToken cancel) => await store.Write(
        new Act(Platform, "enterprises.case", Text.Purpose),
        [new Change.Update(Resource, code, version, new Dictionary<string, object?>(StringComparer.Ordinal) { [note.Field] = note.Value })], cancel);

    /// <summary>The office, or the one that leads the sharing where the city has no such office; null: neither is there yet.</summary>
    private string? Handled(string office) => new[] { office, Authority.Registration.Resource.Owner }.FirstOrDefault(code => offices.Find(code) is not null);
}
