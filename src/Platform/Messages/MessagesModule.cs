using Microsoft.Extensions.DependencyInjection;

namespace Shali.Platform.Messages;

/// <summary>How messages leave the house.</summary>
/// <param name="Demo">Nothing leaves; the outbox can be looked at.</param>
public sealed record MessageSettings(bool Demo)
{
    public SmtpSettings? Smtp { get; init; }
}

/// <summary>Messages to people: outbox, inbox, and the ways on which they go.</summary>
public static class MessagesModule
{
    /// <summary>The gateway for short messages is the city's own <see cref="SmsGateway"/>.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services, MessageSettings settings)
    {
        services.AddSingleton<Outbox>().AddSingleton<OutboxSignal>().AddSingleton<Inbox>().AddHostedService<OutboxWorker>();
        services.AddSingleton(provider => new Deliveries(
            provider.GetRequiredService<Kernel.Db>(), Channels(provider, settings), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Those of the city stand in for the platform's own.</summary>
    private static IEnumerable<MessageChannel> Channels(IServiceProvider provider, MessageSettings settings)
    {
        if (settings.Demo)
        {
            yield return new DemoChannel(Channel.Sms);
            yield return new DemoChannel(Channel.Email);
        }

        if (settings.Smtp is { } smtp)
        {
            yield return new EmailChannel(smtp);
        }

        if (provider.GetService<SmsGateway>() is { } gateway)
        {
            yield return new SmsChannel(gateway);
        }

        foreach (var own in provider.GetServices<MessageChannel>())
        {
            yield return own;
        }
    }
}
