using Shali.Platform.Kernel;

namespace Shali.Government.S05Enterprises;

/// <summary>The one index that a definition cannot say: firms by the organisation code inside their credit code.</summary>
internal static class EnterpriseIndexes
{
    public static Task Open(Db db, CancellationToken cancel) => db.Unhurried.Run(
        $"create index if not exists registration_organisation on enterprises.registration (substr(credit_code, 9, 9))", cancel);
}
