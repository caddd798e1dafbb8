using System.Globalization;

namespace Shali.Government.S06Sharing.Push;

/// <summary>Every sentence of the page of a hook.</summary>
internal static class Text
{
    public const string Test = "测试连接";
    public const string TestNote = "发送一个签名的空批次，不含数据，对方应答 2xx 即为正常。";
    public const string TestWell = "连接正常";
    public const string TestFailed = "连接不正常";
    public const string Title = "变更推送";
    public const string ToPush = "推送地址和未送达信箱";
    public const string Lead = "变更按顺序推送到贵单位的回调地址，至少送达一次；每次请求带时间戳和 HMAC-SHA256 签名，事件为 CloudEvents。";
    public const string Address = "推送地址";
    public const string AddressHint = "以 https 开头；平台不跟随跳转";
    public const string LoopbackNote = "本环境为演示，允许推送到本机地址和不加密的地址。";
    public const string From = "从哪里开始";
    public const string FromNow = "从现在开始的变更";
    public const string FromStart = "从头开始（先是全部记录，接着是变更）";
    public const string Save = "保存并生成新的签名密钥";
    public const string Name = "设置推送地址";
    public const string Rename = "更改推送地址";
    public const string Handle = "办理";
    public const string FirstNote = "保存后生成签名密钥，密钥只显示一次。";
    public const string SaveNote = "保存后原来的签名密钥失效，新的密钥只显示一次。已有的推送从原来的位置继续。";
    public const string Secret = "签名密钥";
    public const string SecretNote = "请现在抄存，离开本页后不再显示。签名为请求头 Shali-Signature：v1= 加上 HMAC-SHA256（密钥，时间戳 + “.” + 请求内容）的十六进制。";
    public const string State = "状态";
    public const string Active = "推送中";
    public const string Paused = "已暂停";
    public const string Failing = "重试中";
    public const string Sent = "已送达";
    public const string LastSent = "最近送达";
    public const string LastError = "最近问题";
    public const string NextTry = "下次重试";
    public const string Pause = "暂停";
    public const string Resume = "恢复推送";
    public const string Letters = "未送达信箱";
    public const string LettersNote = "多次推送未能送达的变更。请在期限前重发；已经用其他方式取得的，写明情况后了结。";
    public const string NoLetters = "没有未送达的变更。";
    public const string Event = "事件";
    public const string At = "存入时间";
    public const string Due = "期限";
    public const string Reason = "原因";
    public const string Tries = "重发次数";
    public const string Replay = "重发";
    public const string ReplayAll = "按顺序全部重发";
    public const string GiveUp = "了结";
    public const string Words = "处理情况";
    public const string NoWords = "请写明处理情况。";
    public const string Replayed = "已经重发。";
    public const string NotReplayed = "重发没有成功，原因见下表。";

    public static string Count(long events) => events.ToString("N0", CultureInfo.InvariantCulture);
}
