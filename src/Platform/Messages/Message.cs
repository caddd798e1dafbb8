namespace Shali.Platform.Messages;

/// <summary>Whom a message is for and where he can be reached.</summary>
/// <param name="Owner">Whose inbox: <see cref="OfPerson"/>, <see cref="OfFirm"/>, <see cref="OfAccount"/>; null: he has none.</param>
/// <param name="Name">As he is addressed.</param>
public sealed record Receiver(string? Owner, string Name)
{
    public string? Phone { get; init; }

    public string? Email { get; init; }

    public static string OfPerson(string key) => "person:" + key;

    public static string OfFirm(string key) => "firm:" + key;

    public static string OfAccount(string id) => "account:" + id;
}

/// <summary>A message before it stands in the outbox.</summary>
/// <param name="Event">Code of what it tells of.</param>
/// <param name="Link">Where in the portal more of it is.</param>
public sealed record NewMessage(string Event, Receiver To, string Subject, string Text, string Link)
{
    public string? Case { get; init; }

    /// <summary>Ways beside the inbox; those without an address are left out.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
}
