namespace Shali.Platform.Catalogue;

/// <summary>The name of an office by its code. The identity module knows the tree; a test gives its own.</summary>
public delegate string OfficeName(string code);
