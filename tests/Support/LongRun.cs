using System.Runtime.CompilerServices;

namespace Shali.Tests.Support;

/// <summary>
/// The runner lives for minutes and runs much of its code thousands of times: <c>./test</c> lets its runtime count calls from
/// the beginning. The programs that tests start live for seconds, and counting would cost them more than it brings.
/// </summary>
internal static class LongRun
{
    [ModuleInitializer]
    internal static void ForThisProcessAlone() => Environment.SetEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", null);
}
