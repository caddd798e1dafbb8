using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>
/// A way by which payers pay: a bank, a payment firm, the province's payment centre. An adapter speaks the channel's
/// own protocol; the ledger knows only this. A channel may answer late, twice, wrongly or never: nothing here is trusted
/// before it was verified, and every call may be made again.
/// </summary>
public abstract class PaymentChannel
{
    /// <summary>Permanent: it names accounts.</summary>
    public abstract string Code { get; }

    public abstract string Name { get; }

    /// <summary>Tells the channel of an order; the address to which the payer is sent. The same order again is the same.</summary>
    public abstract Task<string> Begin(ChannelOrder order, CancellationToken cancel);

    /// <summary>What the channel knows of an order; null while the payer may still act. Asked when no answer came.</summary>
    public abstract Task<ChannelAnswer?> Ask(string order, CancellationToken cancel);

    /// <summary>Asks for money to go back; the same number again gives the same answer. Null: not decided yet.</summary>
    public abstract Task<RefundAnswer?> Refund(ChannelRefund refund, CancellationToken cancel);

    /// <summary>The statement file of a day as the channel gives it; null when it is not ready.</summary>
    public abstract Task<string?> Statement(DateOnly day, CancellationToken cancel);

    /// <summary>A notification that came in: what it says when its signature is the channel's and it is fresh, else null.</summary>
    public abstract Task<ChannelAnswer?> Verify(string body, string seconds, string signature, CancellationToken cancel);
}

/// <summary>What a payer is to pay.</summary>
public sealed record ChannelOrder(string Order, string Bill, Money Amount, string Subject);

/// <summary>What a channel says about an order.</summary>
/// <param name="Transaction">The channel's own number of the movement of money; empty when none moved.</param>
/// <param name="Amount">What the payer paid.</param>
public sealed record ChannelAnswer(string Order, string Bill, string Transaction, bool Paid, Money Amount, DateTimeOffset At);

/// <summary>Money that is to go back.</summary>
/// <param name="Transaction">The movement that it belongs to.</param>
public sealed record ChannelRefund(string Number, string Order, string Transaction, Money Amount, string Reason);

/// <summary>What a channel says about a refund.</summary>
public sealed record RefundAnswer(bool Done, string Transaction, string Note, DateTimeOffset At);

/// <summary>The channels of this installation.</summary>
public sealed class PaymentChannels(IEnumerable<PaymentChannel> channels)
{
    private readonly Dictionary<string, PaymentChannel> _byCode = channels.ToDictionary(channel => channel.Code, StringComparer.Ordinal);

    public IReadOnlyCollection<PaymentChannel> All => _byCode.Values;

    public PaymentChannel? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>A channel that went out of use is still known by its code.</summary>
    public string NameOf(string code) => Find(code)?.Name ?? code;
}
