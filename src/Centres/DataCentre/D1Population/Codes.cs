using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>The codes that rules speak of, by name. What they are called in Chinese stands in <see cref="CodeLists"/>.</summary>
public static class Sex
{
    public const string Male = "1";
    public const string Female = "2";
}

/// <summary>GB/T 2261.2.</summary>
public static class MaritalStatus
{
    public const string Unmarried = "10";
    public const string Married = "20";
    public const string FirstMarriage = "21";
    public const string Remarried = "22";
    public const string Restored = "23";
    public const string Widowed = "30";
    public const string Divorced = "40";
    public const string Unknown = "90";
}

/// <summary>GB/T 4761: the first digit says the group, the second more of it (11 husband, 22 eldest son).</summary>
public static class Relation
{
    public const string Head = "02";
    public const string Spouse = "10";
    public const string Son = "20";
    public const string Daughter = "30";
    public const string Grandchild = "40";
    public const string Parent = "50";
    public const string Grandparent = "60";
    public const string Sibling = "70";
    public const string OtherKin = "97";
    public const string Unrelated = "99";
}

/// <summary>Where the person's registration stands.</summary>
public static class RegistrationKind
{
    public const string Family = "family";
    public const string Collective = "collective";
    public const string None = "none";
}

public static class PersonState
{
    public const string Normal = "normal";
    public const string InTransit = "in-transit";

    /// <summary>His transfer certificate ran out before he was registered anywhere: still nobody's, to be followed up.</summary>
    public const string Unsettled = "unsettled";
    public const string MovedOut = "moved-out";
    public const string Dead = "dead";
    public const string Cancelled = "cancelled";

    /// <summary>The record was merged into another one and says nothing of its own any more.</summary>
    public const string Merged = "merged";
}

public static class NumberState
{
    public const string Sound = "sound";

    /// <summary>重号: another person holds the same number.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>双号: this person holds two numbers.</summary>
    public const string Double = "double";
    public const string InvalidCheck = "invalid-check";
    public const string Missing = "missing";

    /// <summary>The number says another birth date or sex than the record.</summary>
    public const string Contradiction = "contradiction";
}

public static class HouseholdKind
{
    public const string Family = "family";
    public const string Collective = "collective";
}

/// <summary>Kinds of life events; also what opens and closes a spell.</summary>
public static class EventKind
{
    public const string Initial = "initial";
    public const string Birth = "birth";
    public const string Death = "death";
    public const string Marriage = "marriage";
    public const string Divorce = "divorce";
    public const string Adoption = "adoption";
    public const string Acknowledgment = "acknowledgment";
    public const string MoveOut = "move-out";
    public const string MoveIn = "move-in";
    public const string HouseholdMove = "household-move";
    public const string NameChange = "name-change";
    public const string NumberCorrection = "number-correction";
    public const string HouseholdSplit = "household-split";
    public const string HouseholdMerge = "household-merge";
    public const string HeadChange = "head-change";
    public const string TemporaryRegistration = "temporary-registration";
    public const string Departure = "departure";
    public const string ResidencePermit = "residence-permit";
    public const string PermitEndorsement = "permit-endorsement";

    /// <summary>Comes with a day, not with a declaration: <see cref="Lapses"/> enters it.</summary>
    public const string PermitLapse = "permit-lapse";

    /// <inheritdoc cref="PermitLapse"/>
    public const string TransferLapse = "transfer-lapse";
    public const string Enlistment = "enlistment";
    public const string Missing = "missing";
    public const string Found = "found";
    public const string Correction = "correction";
    public const string Merger = "merger";
}

public static class EventState
{
    public const string Registered = "registered";
    public const string Corrected = "corrected";
}

public static class ResidenceGround
{
    /// <summary>Lives where he is registered.</summary>
    public const string Registered = "registered";
    public const string Work = "work";
    public const string Dwelling = "dwelling";
    public const string Study = "study";
    public const string Family = "family";
    public const string Other = "other";
}

public static class TransferState
{
    public const string Open = "open";
    public const string Surrendered = "surrendered";
    public const string Expired = "expired";
}

public static class PermitState
{
    public const string Valid = "valid";
    public const string Suspended = "suspended";
    public const string Ended = "ended";
}

public static class SuggestionState
{
    public const string Open = "open";
    public const string Accepted = "accepted";
    public const string Declined = "declined";
}

public static class DuplicateReason
{
    public const string SameNumber = "same-number";
    public const string SameIdentity = "same-identity";
    public const string TwoNumbers = "two-numbers";
}

public static class DuplicateState
{
    public const string Open = "open";

    /// <summary>One person, recorded twice; not yet merged.</summary>
    public const string Same = "same";
    public const string Different = "different";
    public const string Merged = "merged";
}

/// <summary>Why a number began to be this person's.</summary>
public static class NumberReason
{
    public const string First = "first";
    public const string Correction = "correction";
    public const string Upgrade = "upgrade";
}

/// <summary>The code lists that the population base adds to the national ones.</summary>
public static class CodeLists
{
    public static IReadOnlyList<CodeList> All { get; } =
    [
        List("registration-kind", "户口类型", "", ("family", "家庭户"), ("collective", "集体户"), ("none", "户口不在本市")),
        List("household-kind", "户类型", "", ("family", "家庭户"), ("collective", "集体户")),
        List("person-state", "人员状态", "",
            ("normal", "正常"), ("in-transit", "迁移在途"), ("unsettled", "迁移逾期未落户"), ("moved-out", "已迁出或离开"), ("dead", "死亡注销"), ("cancelled", "其他注销"),
            ("merged", "已并入他人记录")),
        List("number-state", "号码状态", "",
            ("sound", "正常"), ("duplicate", "重号待核"), ("double", "双号待核"), ("invalid-check", "校验不符"), ("missing", "无号"),
            ("contradiction", "与出生日期或性别不符")),
        List("number-reason", "号码变动原因", "", ("first", "首次编定"), ("correction", "更正"), ("upgrade", "15位升18位")),
        List("life-event", "户口登记事项", "",
            ("initial", "建库导入"), ("birth", "出生登记"), ("death", "死亡登记"), ("marriage", "结婚"), ("divorce", "离婚"),
            ("adoption", "收养"), ("acknowledgment", "认领"), ("move-out", "迁出"), ("move-in", "迁入"), ("household-move", "市内移居"),
            ("name-change", "姓名变更"), ("number-correction", "公民身份号码更正"), ("household-split", "分户"),
            ("household-merge", "并户"), ("head-change", "变更户主"), ("temporary-registration", "暂住登记"), ("departure", "离开登记"),
            ("residence-permit", "居住证申领"), ("permit-endorsement", "居住证签注"), ("permit-lapse", "居住证未签注中止"),
            ("transfer-lapse", "迁移证逾期未落户"), ("enlistment", "应征入伍注销"), ("missing", "失踪"), ("found", "寻回"), ("correction", "更正"),
            ("merger", "重复记录合并")),
        List("declarant", "申请人", "", ("self", "本人"), ("parent", "父母"), ("adopter", "收养人")),
        List("correctable-field", "可更正的信息项", "",
            ("name", "姓名"), ("sex", "性别"), ("nationality", "民族"), ("birth_date", "出生日期"), ("birth_place", "出生地"), ("death_date", "死亡日期")),
        List("event-state", "登记状态", "", ("registered", "已登记"), ("corrected", "已被更正")),
        List("marriage-end", "婚姻终止原因", "", ("divorce", "离婚"), ("death", "一方死亡"), ("annulment", "被撤销或无效")),
        List("residence-ground", "居住事由", "",
            ("registered", "户籍地居住"), ("work", "务工经商"), ("dwelling", "购房或租房"), ("study", "就学"), ("family", "投靠亲属"),
            ("other", "其他")),
        List("permit-ground", "居住证申领条件", "居住证暂行条例第二条",
            ("work", "有合法稳定就业"), ("dwelling", "有合法稳定住所"), ("study", "连续就读")),
        List("permit-state", "居住证状态", "", ("valid", "有效"), ("suspended", "未签注中止"), ("ended", "终止")),
        List("transfer-state", "迁移证状态", "", ("open", "在途"), ("surrendered", "已缴销"), ("expired", "逾期未落户")),
        List("suggestion-state", "建议状态", "", ("open", "待处理"), ("accepted", "已采纳"), ("declined", "不采纳")),
        List("duplicate-reason", "疑似重复原因", "",
            ("same-number", "公民身份号码相同"), ("same-identity", "姓名、出生日期、性别相同"), ("two-numbers", "一人两号")),
        List("duplicate-state", "核查状态", "", ("open", "待核查"), ("same", "认定为同一人"), ("different", "认定为两人"), ("merged", "已合并")),
    ];

    /// <summary>The Chinese name of a code, or the code itself when the list does not have it.</summary>
    public static string Label(string list, string? code) =>
        code is null ? "" : Of(list).Find(code)?.Label ?? code;

    /// <summary>A list by name, national or the city's own.</summary>
    public static CodeList Of(string list) => NationalCodes.Find(list) ?? All.First(known => known.Name == list);

    private static CodeList List(string name, string label, string standard, params (string Value, string Label)[] codes) =>
        new(name, label, standard, [.. codes.Select(code => new Code(code.Value, code.Label))]);
}
