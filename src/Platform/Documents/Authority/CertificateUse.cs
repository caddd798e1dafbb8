namespace Shali.Platform.Documents;

/// <summary>What a certificate of the platform is for; also the code in the registry.</summary>
public static class CertificateUse
{
    /// <summary>Signs the issuing authority only.</summary>
    public const string Root = "root";

    /// <summary>Signs seals and the time-stamp authority, and their list of revocations.</summary>
    public const string Issuing = "issuing";

    /// <summary>机构电子印章 of one office.</summary>
    public const string Seal = "seal";

    public const string TimeStamp = "time-stamp";

    /// <summary>A front node of an office, or the centre that answers it: signs messages and receipts of the exchange.</summary>
    public const string Exchange = "exchange";
}
