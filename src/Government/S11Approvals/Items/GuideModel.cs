using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;

namespace Shali.Government.S11Approvals.Items;

/// <summary>A guide as somebody reads it who wants the thing done.</summary>
public sealed record GuideModel(ServiceItem Item, CaseType Type, IReadOnlyList<FeeItem> Fees)
{
    public required string Office { get; init; }

    public required IReadOnlyList<string> JointOffices { get; init; }

    /// <summary>The materials that an applicant must bring, and those that are had from data.</summary>
    public IReadOnlyList<ItemMaterial> Brought => [.. Item.Materials.Where(material => material.Known is null)];

    public IReadOnlyList<ItemMaterial> Had => [.. Item.Materials.Where(material => material.Known is not null)];

    public bool Online => Item.Ways.Contains(ServiceWay.Online) || Item.Ways.Contains(ServiceWay.Mobile);

    public static async Task<GuideModel> Of(HttpContext context, ItemReader items, ServiceItem item, CancellationToken cancel)
    {
        var offices = (Offices)context.RequestServices.GetService(typeof(Offices))!;
        return new(item, ItemCaseType.Of(item), await items.Fees(item, cancel))
        {
            Office = offices.NameOf(item.Office),
            JointOffices = [.. item.JointOffices.Select(offices.NameOf)],
        };
    }

    /// <summary>When a material or a question comes up, in words; empty: always.</summary>
    public string When(Condition? when)
    {
        if (when is null || Item.Questions.FirstOrDefault(question => question.Name == when.Question) is not { } question)
        {
            return "";
        }

        var values = string.Join('、', when.Values.Select(value => question.Choices.FirstOrDefault(choice => choice.Value == value)?.Label ?? value));
        var first = when.Test switch
        {
            Test.Is => Text.WhenIs(question.Label, values),
            Test.IsNot => Text.WhenIsNot(question.Label, values),
            _ => Text.WhenFilled(question.Label),
        };
        return string.Join("，并且", when.And.Select(When).Prepend(first));
    }
}
