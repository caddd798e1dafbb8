using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>Every Chinese sentence that identity and sign-on show.</summary>
internal static class IdentityText
{
    public const string SecondFactorOff = "本环境未启用双因素登录。";

    public const string RightRead = "查看";
    public const string RightClear = "查看完整内容";
    public const string RightWrite = "新增和修改";
    public const string RightLoad = "批量导入";
    public const string RightExport = "导出";

    public const string TokenInvalid = "访问令牌无效、已过期或已被撤销，请重新获取。";
    public const string SignOnFirst = "请先登录，或在请求中携带访问令牌。";
    public const string FormExpired = "页面停留时间过长或来源不明，请返回上一页，刷新后重新提交。";
    public const string FormBroken = "提交的内容无法读取，请返回上一页重新提交。";
    public const string FormTooLarge = "提交的内容太大，没有保存。每次上传的文件不超过 20 MB，请压缩或者拆分后重新提交；此前已保存的内容还在。";
    public const string RefusedTitle = "无法继续";
    public const string ForbiddenTitle = "没有权限";
    public const string BackHome = "返回首页";
    public const string SwitchIdentity = "切换身份";

    public const string WrongPassword = "用户名或密码不正确。";
    public const string WrongCode = "动态口令不正确或已经用过，请等待新的口令再试。";
    public const string WrongPasskey = "未能验证通行密钥，请重试。";
    public const string PasswordChanged = "密码已更换，其他设备上的登录已退出。";
    public const string NoSuchPasskey = "没有这个通行密钥，可能已经移除。";
    public const string LastSecondFactor = "这是您唯一的第二因素。请先设置另一个通行密钥或验证器，再移除它。";
    public const string PasskeyRemoved = "通行密钥已移除。设备中保存的那一份可以一并删除。";
    public const string PasskeyNeedsName = "通行密钥只能在用域名（例如 localhost）访问本网站时使用，不能用数字地址。";
    public const string LoginMissing = "请输入用户名。";
    public const string PasswordMissing = "请输入密码。";
    public const string AddressBlocked = "来自您所在网络的登录失败次数过多，请十分钟后再试。";
    public const string NoIdentity = "您的账号目前没有可用的身份，请与所在单位的管理员联系。";
    public const string NotYourIdentity = "不能使用这个身份：它不属于您，或者还缺少登录步骤。";

    public const string PasswordNamesYou = "密码中不能包含用户名或姓名。";
    public const string PasswordRepeats = "密码中不同的字符太少，请换一个。";
    public const string PasswordsDiffer = "两次输入的密码不一致。";
    public const string OldPasswordWrong = "原密码不正确。";

    public const string LoginTaken = "这个用户名已被使用，请换一个。";
    public const string LoginShape = "用户名为 4 至 40 位小写字母、数字、点、连字符或下划线，以字母或数字开头，不能是身份证号码。";
    public const string NameMissing = "请填写姓名。";
    public const string PersonHasAccount = "您已有账号，请直接登录；忘记密码可到政务服务大厅重置。";
    public const string PersonNotFound = "姓名与公民身份号码不符，或者不在本市人口库中。请核对后再试，或持身份证到政务服务大厅办理。";
    public const string NumberMissing = "请填写公民身份号码。";

    public const string OwnPost = "不能给自己授予职务，请由其他安全管理员办理。";
    public const string OnlySecurityGives = "只有安全管理员可以授予职务。";
    public const string NoSuchPost = "没有这个任职记录。";
    public const string AreaMissing = "数据范围为本辖区时，必须填写辖区代码。";
    public const string EndsBeforeBegin = "终止日期不能早于起始日期。";
    public const string ReasonMissing = "请填写理由。";
    public const string DateWrong = "日期格式应为 2026-11-23。";
    public const string AccountMissing = "没有这个账号。";
    public const string NoSuchPermission = "没有这项权限。";
    public const string AdministratorData = "三类管理员不能获得业务数据的权限。";

    public const string ClientNameMissing = "请填写客户端名称。";
    public const string ScopesMissing = "请至少选择一项接口范围。";
    public const string RedirectsMissing = "请填写完整的回调地址。";
    public const string ClientDisabled = "The client is unknown or disabled.";
    public const string NoLongerActs = "The person no longer acts in this identity.";
    public const string ConsentNeeded = "The person has not yet agreed.";
    public const string ConsentRefused = "The person did not agree.";

    public const string CodeWrong = "启用码不正确、已使用或已过期。请在服务器上重新生成。";
    public const string CityNameMissing = "请填写市人民政府的名称。";

    public const string AsStaff = "工作人员";
    public const string AsResident = "个人";
    public const string AsRepresentative = "法定代表人";

    public static string NotPermitted(Caller caller) => caller.Kind == CallerKind.Client
        ? "该客户端没有这项操作的权限，或者令牌的范围不包括它。"
        : $"您正以“{RoleOf(caller)}”的身份操作，该身份没有这项权限。如果您有其他身份，请切换后再试；确有需要的，请向本单位信息员或市安全管理员提出申请。";

    public static string RoleOf(Caller caller) =>
        $"{(caller.OfficeName.Length > 0 ? caller.OfficeName + " " : "")}{Roles.Labels.GetValueOrDefault(caller.Role, caller.Name)}";

    public static string Locked(DateTimeOffset until) => $"登录失败次数过多，已锁定至 {until.InWords()}，请届时再试。";

    public static string PasswordShort(int length) => $"密码至少 {length} 位。";

    public static string PasswordLong(int length) => $"密码最多 {length} 位。";

    public static string PasswordKinds(int kinds) => $"密码须包含大写字母、小写字母、数字、其他符号中的至少 {kinds} 种。";

    public static string PasswordUsed(int remembered) => $"不能与最近 {remembered} 次用过的密码相同。";

    public static string TwoAdministrators(string held, string asked) =>
        $"系统管理员、安全管理员、审计管理员必须由三人分别担任：此人已是{held}，不能再任{asked}。";

    public static string NoSuchOffice(string code) => $"没有代码为“{code}”的机构。";

    public static string NoSuchRole(string role) => $"没有“{role}”这个角色。";

    public static string OfficeCircle(string name) => $"“{name}”不能成为自己的上级。";

    public const string OwnAccount = "不能在这里处理自己的账号，请使用“账号安全”。";
    public const string OtherAdministrator = "管理员账号只能由另一位同类管理员处理。";

    public static string OfficeTaken(string code) => $"机构代码“{code}”已被使用。";

    public static string AccountMade(string name) => $"已为{name}开立账号";

    public static string PasswordReset(string name) => $"已重置{name}的密码";

    public static string ClientMade(string name) => $"已建立客户端“{name}”";

    public static string SecretRenewed(string name) => $"已更换客户端“{name}”的密钥";

    public static string ClientTaken(string id) => $"客户端标识“{id}”已被使用。";

    public static string ScopeNotAllowed(string scope) => $"The scope {scope} is not among those of the client.";

    public static string ScopeInWords(string scope, string? resource) => scope switch
    {
        TokenScopes.Read => "以您的身份查询数据",
        TokenScopes.Write => "以您的身份新增、修改数据和办理业务",
        "openid" => "知道您是谁",
        "profile" => "知道您的姓名、单位和角色",
        "offline_access" => "在您离开后继续访问，直至您撤回",
        _ => $"访问“{resource ?? scope}”",
    };

    public static string PasswordHint(PasswordPolicy policy) =>
        $"至少 {policy.Length} 位，包含大写字母、小写字母、数字、其他符号中的至少 {policy.Kinds} 种。";
}
