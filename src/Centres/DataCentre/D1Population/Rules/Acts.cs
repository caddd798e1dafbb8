using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>The laws that the register follows.</summary>
internal static class Acts
{
    /// <summary>户口登记条例, 1958.</summary>
    public static Basis Registration(string article) => new("户口登记条例", article);

    /// <summary>民法典, 2021.</summary>
    public static Basis CivilCode(string article) => new("民法典", article);

    /// <summary>居住证暂行条例, 2016.</summary>
    public static Basis Permit(string article) => new("居住证暂行条例", article);

    /// <summary>居民身份证法, 2011.</summary>
    public static Basis IdentityCard(string article) => new("居民身份证法", article);

    public static Basis NumberStandard { get; } = new("GB 11643-1999 公民身份号码", "");
}
