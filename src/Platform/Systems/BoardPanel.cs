using Shali.Platform.Identity;
using Shali.Platform.Ui;

namespace Shali.Platform.Systems;

/// <summary>
/// Key figures of one system on the leaders' board. A system registers its own with
/// <c>services.AddSingleton&lt;BoardPanel, ...&gt;()</c>. Figures come from records, never from a form that somebody
/// fills in, and each leads to what is behind it.
/// </summary>
public abstract class BoardPanel
{
    public abstract string Title { get; }

    /// <summary>Smaller stands higher.</summary>
    public virtual int Order => 100;

    /// <summary>Shown to those who hold it; null: to everyone who may see the board.</summary>
    public virtual string? Permission => null;

    public abstract Task<BoardContent> Read(Caller who, CancellationToken cancel);
}

/// <summary>What a panel shows.</summary>
public sealed record BoardContent(IReadOnlyList<BoardFigure> Figures, IReadOnlyList<BoardChart> Charts);

/// <summary>One figure, read from three metres.</summary>
/// <param name="Note">As of when, and against what it is to be judged.</param>
/// <param name="Address">Where the records behind it are.</param>
public sealed record BoardFigure(string Label, string Value, string Unit = "", string Note = "", string Address = "");

/// <summary>One chart.</summary>
public abstract record BoardChart(string Title)
{
    public sealed record Bars(string Title, string Unit, string LabelHead, IReadOnlyList<Bar> Values) : BoardChart(Title);

    public sealed record Ages(string Title, IReadOnlyList<AgeGroup> Groups) : BoardChart(Title);

    public sealed record Lines(string Title, string Unit, IReadOnlyList<string> Labels, IReadOnlyList<Series> Values) : BoardChart(Title);
}
