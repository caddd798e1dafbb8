using System.Globalization;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Registry.Types;

/// <summary>Amounts in yuan with two decimals. A currency sign, 元 and thousands separators are accepted; 万元 is not.</summary>
public sealed class MoneyType : DecimalType
{
    private const int MoneyDigits = 18;

    public override string Name => "money";

    public override string Label => "金额（元）";

    public override string Column(FieldDefinition field) => $"numeric({MoneyDigits},2)";

    public override string Show(FieldDefinition field, object? value) => value is decimal amount
        ? string.Create(CultureInfo.InvariantCulture, $"{(amount < 0 ? "-" : "")}¥{Math.Abs(amount):#,##0.00}")
        : "";

    protected override int ScaleOf(FieldDefinition field) => 2;

    protected override int DigitsOf => MoneyDigits;

    protected override string Cleaned(string text)
    {
        var amount = Folding.Fold(text).Replace("CNY", "", StringComparison.Ordinal).TrimEnd('元').Trim();
        return amount.StartsWith("-¥", StringComparison.Ordinal) || amount.StartsWith("-￥", StringComparison.Ordinal)
            ? "-" + amount[2..].TrimStart()
            : amount.TrimStart('¥', '￥', ' ');
    }

    protected override string NotNumber(FieldDefinition field) => Text.NotMoney(field.Label);
}
