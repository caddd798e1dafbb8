namespace Shali.Platform.Ui;

/// <summary>What a status means. It is always said by a word and a sign too, never by colour alone (WCAG 1.4.1).</summary>
public enum Tone
{
    Neutral,
    Info,
    Good,
    Warning,
    Bad,
}

internal static class Tones
{
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Info => "info",
        Tone.Good => "good",
        Tone.Warning => "warning",
        Tone.Bad => "bad",
        _ => "neutral",
    };

    public static string Sign(this Tone tone) => tone switch
    {
        Tone.Info => "●",
        Tone.Good => "✓",
        Tone.Warning => "!",
        Tone.Bad => "×",
        _ => "",
    };
}
