namespace Shali.Platform.Casework.Supervision;

/// <summary>
/// A system's own name for what a card of its cases is about: the platform's rules hold for all case types, a system
/// may have to answer to rules of its own (electronic supervision of approvals names eight). Registered with
/// <c>services.AddSingleton&lt;CardTrigger, ...&gt;()</c>; asked once, when the card is issued.
/// </summary>
public abstract class CardTrigger
{
    /// <summary>Permanent code of the system's rule; null: the card is of no concern to it.</summary>
    public abstract string? Of(Card card);
}
