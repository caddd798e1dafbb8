using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>
/// The day on which the licence ends that a case is to prolong: until then the office decides, or it has granted the renewal
/// (行政许可法 art. 50). Only for who applied thirty days before the end, as the article demands of him.
/// </summary>
internal sealed class RenewalDay(CaseItems items, RecordReader reader) : ClockDay
{
    /// <summary>So many days before the end at the latest it is applied for.</summary>
    public const int DaysBefore = 30;

    public override bool Concerns(CaseType type) => CaseItems.CodeOf(type.Code) is not null;

    public override async Task<DateOnly?> Of(WriteSession session, Case of, ClockRule rule, CancellationToken cancel) =>
        (await items.Of(of, cancel))?.Result?.Renews is { } renewed
        && (await LicenceReading.Of(reader, of.Person, of.Entity, cancel))
            .Where(licence => licence.Item == renewed && licence.State == LicenceState.Valid && licence.ValidUntil >= session.At.Local().Day())
            .OrderByDescending(licence => LicenceReading.IsNamed(licence, of)).ThenByDescending(licence => licence.IssuedAt).FirstOrDefault() is { } licence
        && IsInTime(of, licence.ValidUntil!.Value)
            ? licence.ValidUntil : null;

    public static bool IsInTime(Case of, DateOnly ends) => of.ReceivedAt.Local().Day() <= ends.AddDays(-DaysBefore);
}
