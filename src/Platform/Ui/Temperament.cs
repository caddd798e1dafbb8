namespace Shali.Platform.Ui;

/// <summary>How a page behaves: calm and generous, dense and quick, or read from three metres.</summary>
public enum Temperament
{
    Portal,
    Desk,
    Board,
    Admin,
}
