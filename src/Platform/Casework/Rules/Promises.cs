namespace Shali.Platform.Casework;

/// <summary>容缺受理: a secondary paper may follow, by a day that the applicant names himself.</summary>
public static class Promises
{
    /// <summary>Days of the calendar after the application within which it follows.</summary>
    public const int DaysMax = 30;

    public static bool Holds(DateOnly day, DateOnly today) => day > today && day <= today.AddDays(DaysMax);
}
