namespace Shali.Government.S11Approvals.Items;

/// <summary>Kinds of documents that steps make; Results issues them.</summary>
public static class ItemDocuments
{
    public const string Acceptance = "acceptance";
    public const string NotAccepted = "not-accepted";
    public const string Correction = "correction";
    public const string Special = "special-procedure";
    public const string Hearing = "hearing-right";
    public const string Extension = "extension";
    public const string Decision = "decision";
    public const string Refusal = "refusal";
    public const string Termination = "termination";
    public const string Delivery = "delivery";
    public const string Revocation = "revocation";
}
