using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shali.Platform.Audit;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Documents.Checking;
using Shali.Platform.Documents.Fonts;
using Shali.Platform.Documents.Layout;
using Shali.Platform.Documents.Signing;
using Shali.Platform.Registry;

namespace Shali.Platform.Documents;

/// <summary>Documents, seals and their check in the host.</summary>
public static partial class DocumentsModule
{
    public static IServiceCollection AddDocuments(this IServiceCollection services, DocumentSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<DocumentFonts>()
        .AddSingleton<DocumentRenderer>()
        .AddSingleton<CertificateAuthority>()
        .AddSingleton<RevocationList>()
        .AddSingleton<TimeStamps>()
        .AddSingleton<PdfText>()
        .AddSingleton<CheckLimits>()
        .AddSingleton(provider => new DocumentDesk(
            provider.GetRequiredService<RecordStore>(),
            provider.GetRequiredService<RecordReader>(),
            provider.GetRequiredService<RecordFiles>(),
            provider.GetRequiredService<CertificateAuthority>(),
            provider.GetRequiredService<AuditLog>(),
            settings,
            provider.GetRequiredService<DocumentRenderer>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new DocumentCheck(
            provider.GetRequiredService<RecordReader>(),
            provider.GetRequiredService<DocumentDesk>(),
            provider.GetRequiredService<CertificateAuthority>(),
            provider.GetRequiredService<PdfText>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddHostedService<Renewal>();

    /// <summary>Looks once a day whether a certificate ends soon.</summary>
    private sealed class Renewal(CertificateAuthority authority, TimeProvider time, ILogger<Renewal> log) : BackgroundService
    {
        private static readonly TimeSpan Rhythm = TimeSpan.FromDays(1);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(Rhythm, time);
            do
            {
                try
                {
                    await authority.Renew(stoppingToken);
                }
                catch (Exception failure) when (failure is Npgsql.NpgsqlException or TimeoutException)
                {
                    RenewalFailed(log, failure);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for certificates that end soon failed; it is tried again tomorrow.")]
    private static partial void RenewalFailed(ILogger log, Exception failure);
}
