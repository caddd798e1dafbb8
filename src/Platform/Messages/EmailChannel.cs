using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Shali.Platform.Messages;

/// <summary>E-mail by SMTP. One connection a message: cities send few, and nothing hangs on an idle one.</summary>
internal sealed class EmailChannel(SmtpSettings settings) : MessageChannel
{
    public override string Name => Channel.Email;

    public override async Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancel)
    {
        if (!MailboxAddress.TryParse(message.Address, out var to))
        {
            return new(false, Text.BadAddress, Again: false);
        }

        using var mail = new MimeMessage
        {
            Subject = message.Subject,
            Body = new TextPart("plain") { Text = message.Text },
            MessageId = $"{message.Id}@{settings.Domain}",
        };
        mail.From.Add(new MailboxAddress(settings.FromName, settings.From));
        mail.To.Add(new MailboxAddress(message.Receiver, to.Address));
        try
        {
            using var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds };
            await client.ConnectAsync(settings.Host, settings.Port, settings.Tls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, cancel);
            if (settings.User is { Length: > 0 } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", cancel);
            }

            var answer = await client.SendAsync(mail, cancel);
            await client.DisconnectAsync(true, cancel);
            return new(true, Cut(answer));
        }
        catch (SmtpCommandException refused)
        {
            // 5xx: the server will say the same tomorrow.
            return new(false, Cut($"{(int)refused.StatusCode} {refused.Message}"), Again: (int)refused.StatusCode < 500);
        }
        catch (Exception failed) when (failed is ProtocolException or AuthenticationException or SslHandshakeException or SocketException or IOException or TimeoutException
            || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new(false, Cut(failed.Message));
        }
    }

    private static string Cut(string answer) => answer.Length <= 400 ? answer : answer[..400];
}

/// <summary>Where e-mail leaves the house.</summary>
public sealed record SmtpSettings(string Host, int Port, string From)
{
    public string FromName { get; init; } = "政务服务";

    /// <summary>Encrypted from the beginning of the conversation (STARTTLS); off only for a server on the same machine.</summary>
    public bool Tls { get; init; } = true;

    public string? User { get; init; }

    public string? Password { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// As an address: <c>smtp://user:password@mail.city.example:587?from=service@city.example&amp;name=政务服务</c>;
    /// <c>tls=off</c> only for a server on the same machine. Null when it is none.
    /// </summary>
    public static SmtpSettings? Parse(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != "smtp")
        {
            return null;
        }

        var said = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query);
        string Said(string name) => said.TryGetValue(name, out var value) ? value.ToString() : "";
        var user = uri.UserInfo.Split(':', 2);
        var settings = new SmtpSettings(uri.Host, uri.Port > 0 ? uri.Port : 587, Said("from"))
        {
            Tls = Said("tls") != "off",
            User = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        return !settings.From.Contains('@', StringComparison.Ordinal) ? null
            : Said("name") is { Length: > 0 } name ? settings with { FromName = name } : settings;
    }

    internal string Domain => From[(From.IndexOf('@', StringComparison.Ordinal) + 1)..];
}
