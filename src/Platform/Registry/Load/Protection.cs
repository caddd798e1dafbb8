namespace Shali.Platform.Registry.Load;

/// <summary>
/// Grade and mask that a column of personal data should have from the start: it is easier to open a field later than
/// to take back what was seen.
/// </summary>
internal static class Protection
{
    private static readonly (string Word, Grade Grade, MaskShape Mask)[] ByHeading =
    [
        ("身份证", Grade.HighlySensitive, MaskShape.Identifier),
        ("证件号", Grade.HighlySensitive, MaskShape.Identifier),
        ("银行", Grade.HighlySensitive, MaskShape.Card),
        ("账号", Grade.HighlySensitive, MaskShape.Card),
        ("姓名", Grade.Sensitive, MaskShape.Name),
        ("联系人", Grade.Sensitive, MaskShape.Name),
        ("户主", Grade.Sensitive, MaskShape.Name),
        ("申请人", Grade.Sensitive, MaskShape.Name),
        ("住址", Grade.Sensitive, MaskShape.Address),
        ("家庭地址", Grade.Sensitive, MaskShape.Address),
        ("户籍地址", Grade.Sensitive, MaskShape.Address),
        ("病", Grade.HighlySensitive, MaskShape.Whole),
        ("诊断", Grade.HighlySensitive, MaskShape.Whole),
        ("残疾", Grade.HighlySensitive, MaskShape.Whole),
    ];

    public static FieldDefinition Of(FieldDefinition field, List<string> reasons)
    {
        var (grade, mask) = field.Type.Name switch
        {
            "citizen-number" or "bank-card" => (Grade.HighlySensitive, field.Type.Mask),
            "phone" => (Grade.Sensitive, field.Type.Mask),
            "credit-code" or "organisation-code" => (Grade.Public, MaskShape.None),
            _ => ByHeading.Where(known => field.Label.Contains(known.Word, StringComparison.Ordinal))
                .Select(known => (known.Grade, known.Mask)).FirstOrDefault((Grade.Internal, MaskShape.None)),
        };
        if (grade >= Grade.Sensitive)
        {
            reasons.Add(Text.Personal);
        }

        return field with { Grade = grade, Mask = mask };
    }
}
