namespace Shali.Platform.Ui;

/// <summary>How a person answers one question of a form.</summary>
public enum FieldKind
{
    Text,
    LongText,
    Select,
    Radios,
    Checkboxes,
    Date,
    Time,
    Number,
    File,
    Password,
    Search,
    Email,
    Phone,
}
