using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// The accounts that bills move money between, opened when they are first needed. Per office: what payers owe
/// (<c>due</c>), the counterpart of it as long as it is unpaid (<c>assessed</c>), and what was received for the
/// treasury (<c>revenue</c>). Per channel: what it holds for us. And those of the finance office.
/// </summary>
public sealed class Chart(Offices offices)
{
    /// <summary>Money that a channel took and no bill could take.</summary>
    public const string Unapplied = "unapplied";

    /// <summary>Owed back to payers and not paid out yet.</summary>
    public const string Refunds = "refunds";

    /// <summary>The treasury's account at the bank.</summary>
    public const string Bank = "bank.treasury";

    private const string Finance = "finance";

    public static string Due(string office) => $"due.{office}";

    public static string Assessed(string office) => $"assessed.{office}";

    public static string Revenue(string office) => $"revenue.{office}";

    public static string Channel(string channel) => $"channel.{channel}";

    /// <summary>The accounts of these offices exist after this.</summary>
    public Task<Refusals> OpenOffices(WriteSession writing, IEnumerable<string> codes, CancellationToken cancel) => Open(
        writing,
        codes.Distinct(StringComparer.Ordinal).SelectMany(office => (LedgerAccount[])
        [
            Make(Due(office), Text.DueOf(offices.NameOf(office)), AccountKind.Asset, office),
            Make(Assessed(office), Text.AssessedOf(offices.NameOf(office)), AccountKind.Liability, office),
            Make(Revenue(office), Text.RevenueOf(offices.NameOf(office)), AccountKind.Liability, office),
        ]),
        cancel);

    /// <summary>The accounts of a channel and those of the finance office exist after this.</summary>
    public static Task<Refusals> OpenChannel(WriteSession writing, PaymentChannel channel, CancellationToken cancel) => Open(
        writing,
        [
            Make(Channel(channel.Code), Text.ChannelOf(channel.Name), AccountKind.Asset, Finance),
            Make(Unapplied, Text.UnappliedAccount, AccountKind.Liability, Finance),
            Make(Refunds, Text.RefundsAccount, AccountKind.Liability, Finance),
            Make(Bank, Text.BankAccount, AccountKind.Asset, Finance),
        ],
        cancel);

    /// <summary>Opens what is not there yet. Two who open the same account at once wait for one another.</summary>
    public static async Task<Refusals> Open(WriteSession writing, IEnumerable<LedgerAccount> wanted, CancellationToken cancel)
    {
        var accounts = wanted.DistinctBy(account => account.Code).ToList();
        var missing = await Missing(writing, accounts, cancel);
        if (missing.Count == 0)
        {
            return Refusals.None;
        }

        await writing.Lock("accounts", cancel);
        var refusals = Refusals.None;
        foreach (var account in await Missing(writing, accounts, cancel))
        {
            var dated = account with { OpenedOn = writing.At.Local().Day() };
            refusals = refusals.And((await writing.Apply(new Change.Insert(Resources.Account, "", Typed<LedgerAccount>.Values(dated)), cancel)).Refusals);
        }

        return refusals;
    }

    private static async Task<List<LedgerAccount>> Missing(WriteSession writing, List<LedgerAccount> accounts, CancellationToken cancel)
    {
        var codes = accounts.Select(account => account.Code).ToArray();
        var known = (await writing.Session.List($"select code from ledger.account where code = any({codes})", row => row.GetString(0), cancel))
            .ToHashSet(StringComparer.Ordinal);
        return [.. accounts.Where(account => !known.Contains(account.Code))];
    }

    private static LedgerAccount Make(string code, string name, string kind, string office) =>
        new() { Code = code, Name = name, Kind = kind, Office = office, Guarded = false, OpenedOn = default };
}
