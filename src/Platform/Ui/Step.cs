namespace Shali.Platform.Ui;

/// <summary>One step on the way to a page.</summary>
public sealed record Step(string Label, string Address);

/// <summary>One answer that a question offers.</summary>
/// <param name="Note">What the answer means, for those who are not sure.</param>
public sealed record Choice(string Value, string Label, string Note = "");

/// <summary>One tab: a page of its own with its own address.</summary>
public sealed record Tab(string Label, string Address, bool Current = false);

/// <summary>The head of one column.</summary>
/// <param name="SortAddress">Where this page stands sorted by the column; null: it cannot be sorted by.</param>
/// <param name="Sorted">True: the rows stand in ascending order of it; false: descending; null: not sorted by it.</param>
/// <param name="Number">Right-aligned.</param>
public sealed record Column(string Label, string? SortAddress = null, bool? Sorted = null, bool Number = false);

/// <summary>One bar of a chart.</summary>
/// <param name="Address">Where the records behind the figure are.</param>
public sealed record Bar(string Label, double Value, string? Address = null);

/// <summary>One age group of a pyramid.</summary>
public sealed record AgeGroup(string Label, long Male, long Female);

/// <summary>One line of a chart; its values stand above the labels of the chart, null where nothing was measured.</summary>
public sealed record Series(string Name, IReadOnlyList<double?> Values);
