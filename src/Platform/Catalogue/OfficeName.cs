namespace Shali.Platform.Catalogue;

/// <summary>The name of an office by its code. The identity module knows the tree; without it the code stands.</summary>
public delegate string OfficeName(string code);
