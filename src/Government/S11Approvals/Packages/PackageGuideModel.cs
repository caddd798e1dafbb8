using Microsoft.AspNetCore.Http;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>A package as somebody reads it who wants it done: after a few answers, only what concerns him.</summary>
public sealed record PackageGuideModel(ServicePackage Package, PublishedPackage Record, PackageUnion Union, IReadOnlyList<ServiceItem> Items, IReadOnlyDictionary<string, string> Answers)
{
    public required Func<string, string> OfficeName { get; init; }

    /// <summary>Stages of the same series, in their order.</summary>
    public required IReadOnlyList<PublishedPackage> Series { get; init; }

    public CaseForm Form { get; } = new([.. Union.Questions.Select(asked => asked.Question())]);

    /// <summary>The questions on whose answers it depends what is needed, as far as they come up.</summary>
    public IReadOnlyList<CaseQuestion> Deciding
    {
        get
        {
            var decides = Union.Children.Select(child => child.When).Concat(Union.Materials.Select(needed => needed.Rule().When))
                .SelectMany(when => when?.Questions ?? []).ToHashSet(StringComparer.Ordinal);
            return [.. Form.Asked(Answers).Where(question => decides.Contains(question.Field.Name) && question.Choices.Count > 0)];
        }
    }

    /// <summary>All that decides is answered: the list is his own, and complete.</summary>
    public bool Complete => Deciding.All(question => Answers.ContainsKey(question.Field.Name));

    public IEnumerable<(ServiceItem Item, ChildCase Child)> Parts => Union.Children
        .Where(child => !Complete || ChildRules.Concerns(child, Answers)).Select(child => (Items.First(item => item.Code == child.Code), child));

    public IEnumerable<(NeededOnce Needed, MaterialRule Rule)> Needed => Union.Materials.Select(needed => (needed, needed.Rule()))
        .Where(one => !Complete || (one.Item2.When?.Holds(Answers) ?? true));

    /// <summary>What each item would have asked for alone, and what is asked for together.</summary>
    public (int Apart, int Together) Papers
    {
        get
        {
            var children = Union.Children.Where(child => ChildRules.Concerns(child, Answers)).ToList();
            var apart = children.Sum(child => ItemCaseType.Of(Items.First(item => item.Code == child.Code)).Materials
                .Count(material => material.When?.Holds(child.Answers(Answers, ItemCaseType.Of(Items.First(item => item.Code == child.Code)).Form)) ?? true));
            return (apart, Needed.Count(one => one.Rule.Known is null));
        }
    }

    public static async Task<PackageGuideModel> Of(HttpContext context, PackageReader packages, PackageInForce found, CancellationToken cancel)
    {
        var offices = (Offices)context.RequestServices.GetService(typeof(Offices))!;
        var items = await packages.Items(found.Package, cancel);
        var union = PackageUnion.Of(found.Package, items);
        var form = new CaseForm([.. union.Questions.Select(asked => asked.Question())]);
        var answers = form.Questions.Where(question => question.Choices.Count > 0)
            .Select(question => (question.Field.Name, Read: question.Read(context.Request.Query[question.Field.Name])))
            .Where(one => one.Read is { Ok: true, Value.Length: > 0 }).ToDictionary(one => one.Name, one => one.Read.Value, StringComparer.Ordinal);
        return new(found.Package, found.Record, union, items, answers)
        {
            OfficeName = offices.NameOf,
            Series = found.Package.Series.Length == 0 ? [] : [.. (await packages.All(cancel)).Where(one => one.Series == found.Package.Series)],
        };
    }
}
