namespace Shali.Platform.Audit;

/// <summary>
/// Every kind of record, with its name for people. Kinds are permanent: a record written today is read in twenty
/// years. docs/audit-events.md lists them.
/// </summary>
public static class AuditKinds
{
    /// <summary>A write transaction of the registry, sealed with the digest of its rows.</summary>
    public const string Act = "act";
}
