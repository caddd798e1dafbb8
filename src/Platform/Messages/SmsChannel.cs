namespace Shali.Platform.Messages;

/// <summary>
/// What an operator's gateway does. Each operator has its own protocol: a city registers an adapter with
/// <c>services.AddSingleton&lt;SmsGateway, ...&gt;()</c>.
/// </summary>
public abstract class SmsGateway
{
    /// <param name="id">The same for the same message: a gateway that has it already answers with success.</param>
    public abstract Task<DeliveryAnswer> Send(string id, string phone, string text, CancellationToken cancel);
}

/// <summary>Short messages through the city's gateway.</summary>
internal sealed class SmsChannel(SmsGateway gateway) : MessageChannel
{
    public override string Name => Channel.Sms;

    public override Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancel) =>
        gateway.Send(message.Id, message.Address, message.Text, cancel);
}
