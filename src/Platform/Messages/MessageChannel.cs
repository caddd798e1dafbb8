namespace Shali.Platform.Messages;

/// <summary>
/// A way on which messages leave the platform. One for each name of <see cref="Channel"/>; a city registers its own
/// with <c>services.AddSingleton&lt;MessageChannel, ...&gt;()</c>. It may be asked twice to send one message, when
/// the platform was stopped between sending and noting it: <see cref="OutgoingMessage.Id"/> is the same both times.
/// </summary>
public abstract class MessageChannel
{
    /// <summary>One of <see cref="Channel"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Never throws for what the other side does: that is an answer.</summary>
    public abstract Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancel);
}

/// <summary>A message on its way.</summary>
/// <param name="Id">Stable: whoever gets it twice knows it by this.</param>
public sealed record OutgoingMessage(string Id, string Address, string Receiver, string Subject, string Text);

/// <summary>What became of one try.</summary>
/// <param name="Answer">What the other side said, for people who look into it. No content, no secrets.</param>
/// <param name="Again">When it failed: whether another try makes sense.</param>
public sealed record DeliveryAnswer(bool Ok, string Answer, bool Again = true);

/// <summary>In a demo city nothing leaves the house: what would have been sent can be seen in the outbox.</summary>
internal sealed class DemoChannel(string name) : MessageChannel
{
    public override string Name => name;

    public override Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancel) =>
        Task.FromResult(new DeliveryAnswer(true, Text.DemoDelivery));
}
