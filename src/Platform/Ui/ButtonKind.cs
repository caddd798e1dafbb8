namespace Shali.Platform.Ui;

/// <summary>How much weight an action has. A page has one primary action.</summary>
public enum ButtonKind
{
    Primary,
    Secondary,
    Danger,
    Plain,
}
