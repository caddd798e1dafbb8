namespace Shali.Platform.Registry.Sheets;

/// <summary>Sentences in spreadsheets.</summary>
internal static class Text
{
    public const string Cut = "……（超过单元格上限，全文见 CSV 或 JSON）";
}
