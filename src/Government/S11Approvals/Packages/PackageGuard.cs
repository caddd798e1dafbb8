using System.Globalization;
using System.Text.Json;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>What packages demand of steps beyond their types: what one office knows binds all.</summary>
internal sealed class PackageGuard(CaseTypes types) : StepGuard
{
    private const int Most = 1_000;

    public override bool Concerns(CaseType type, string step) => PackageProgress.IsPackage(type)
        ? step is BuiltInSteps.Open or ItemSteps.Accept or PackageSteps.ArrangeVisit
        : type.Code.StartsWith(ServiceItem.CaseTypeOf(""), StringComparison.Ordinal) && step is ItemSteps.Grant or ItemSteps.Examine or ItemSteps.SignVisit;

    public override async Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel) => request.Step switch
    {
        BuiltInSteps.Open => Refusals.Of(
            facts.Type.Children.Any(child => ChildRules.Concerns(child, CaseRules.AnswersOf(facts.Case))) ? null : PackageRules.No("S11-R67", "", Text.NothingAsked)),
        ItemSteps.Accept => Refusals.Of(
            Named(await Materials(session, facts.Case.Number, MaterialState.Faulty, cancel)) is { Length: > 0 } faulty ? PackageRules.No("S11-R66", "", Text.StillFaulty(faulty)) : null),
        PackageSteps.ArrangeVisit => await Arranged(session, facts, request, cancel),
        ItemSteps.Grant => await Complete(session, facts, cancel),
        _ => await Visited(session, facts, request, cancel),
    };

    private async Task<Refusals> Arranged(WriteSession session, CaseFacts facts, StepRequest request, CancellationToken cancel)
    {
        var before = await Events(session, facts.Case.Number, PackageSteps.ArrangeVisit, cancel);
        return Refusals.Of(
            Day(request.Fields.GetValueOrDefault(ItemSteps.VisitOn)) is { } day && day < facts.Now.Local().Day() ? PackageRules.No("S11-R64", ItemSteps.VisitOn, Text.VisitPast) : null,
            before.Count > 0 && Day(Details(before[^1]).GetValueOrDefault(ItemSteps.VisitOn)) is { } arranged && arranged >= facts.Now.Local().Day()
                ? PackageRules.No("S11-R64", "", Text.VisitArranged(arranged)) : null,
            (await PackageProgress.Visiting(types, facts, cancel)).Count == 0 ? PackageRules.No("S11-R64", "", Text.NobodyVisits) : null);
    }

    /// <summary>Nothing is granted on papers that are faulty or still to come.</summary>
    private async Task<Refusals> Complete(WriteSession session, CaseFacts facts, CancellationToken cancel)
    {
        if (facts.Case.Parent is not { } parent || await session.Get(CaseResources.Case, parent, cancel) is not { } record)
        {
            return Refusals.None;
        }

        var whole = Typed<Case>.Of(record);
        var type = await types.Of(whole.Type, whole.TypeVersion, cancel);
        var used = type.Children.FirstOrDefault(child => child.Code == facts.Case.ParentRole)?.Materials.Values.ToHashSet(StringComparer.Ordinal) ?? [];
        var open = (await Materials(session, parent, null, cancel))
            .Where(material => material.Code is { } code && used.Contains(code) && (material.State == MaterialState.Faulty || material.How == MaterialSource.Promised)).ToList();
        return Refusals.Of(open.Count == 0 ? null : PackageRules.No("S11-R68", "", Text.StillOpen(Named(open))));
    }

    /// <summary>Whoever was to come along says what he saw, on that day, before he goes on.</summary>
    private static async Task<Refusals> Visited(WriteSession session, CaseFacts facts, StepRequest request, CancellationToken cancel)
    {
        var signing = request.Step == ItemSteps.SignVisit;
        var visited = Day(request.Fields.GetValueOrDefault(ItemSteps.VisitedOn));
        if (signing && visited > facts.Now.Local().Day())
        {
            return Refusals.Of(PackageRules.No("S11-R69", ItemSteps.VisitedOn, Text.VisitToCome));
        }

        if ((await Events(session, facts.Case.Number, ItemSteps.JoinVisit, cancel)).LastOrDefault() is not { } invited)
        {
            return Refusals.None;
        }

        var day = Day(Details(invited).GetValueOrDefault(ItemSteps.VisitOn));
        return Refusals.Of(
            visited is not null && day is not null && visited < day ? PackageRules.No("S11-R69", ItemSteps.VisitedOn, Text.VisitOtherDay(day.Value)) : null,
            !signing && (await Events(session, facts.Case.Number, ItemSteps.SignVisit, cancel)).All(one => one.Ordinal < invited.Ordinal)
                ? PackageRules.No("S11-R69", "", Text.NotSigned) : null);
    }

    private static async Task<IReadOnlyList<CaseMaterial>> Materials(WriteSession session, string number, string? state, CancellationToken cancel)
    {
        var where = Filter.All(new Filter.Compare("case", Comparison.Equal, number), state is null ? null : new Filter.Compare("state", Comparison.Equal, state));
        return [.. (await session.List(CaseResources.Material, new() { Where = where, Limit = Most }, cancel)).Select(Typed<CaseMaterial>.Of)];
    }

    private static async Task<IReadOnlyList<CaseEvent>> Events(WriteSession session, string number, string step, CancellationToken cancel)
    {
        var where = new Filter.Compare("case", Comparison.Equal, number);
        var events = await session.List(CaseResources.Event, new() { Where = where, Limit = Most }, cancel);
        return [.. events.Select(Typed<CaseEvent>.Of).Where(one => one.Step == step).OrderBy(one => one.Ordinal)];
    }

    internal static Dictionary<string, string> Details(CaseEvent one) =>
        one.Details is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(one.Details) ?? [];

    private static string Named(IEnumerable<CaseMaterial> materials) => string.Join('、', materials.Select(material => material.Name));

    internal static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
