namespace Shali.Platform.Messages;

/// <summary>
/// What is told to people when something happens. Subject and text hold places such as <c>{number}</c> and
/// <c>{name}</c>; whoever sends fills them.
/// </summary>
/// <param name="Code">Permanent within whoever defines it: <c>accepted</c>.</param>
public sealed record NoticeTemplate(string Code, string Subject, string Text)
{
    /// <summary>Ways beside the inbox of his own space, where it always lies.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [Channel.Sms, Channel.Email];

    public static string Fill(string text, IReadOnlyDictionary<string, string> places)
    {
        foreach (var (name, value) in places)
        {
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        return text;
    }
}

/// <summary>The names of the ways on which messages go. Permanent: the outbox keeps them.</summary>
public static class Channel
{
    /// <summary>The message lies in the receiver's own space; nothing is sent.</summary>
    public const string Inbox = "inbox";
    public const string Sms = "sms";
    public const string Email = "email";

    public static string Label(string channel) => channel switch
    {
        Inbox => "站内信",
        Sms => "短信",
        Email => "电子邮件",
        _ => channel,
    };
}
