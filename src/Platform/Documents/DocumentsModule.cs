using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Audit;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Documents.Checking;
using Shali.Platform.Documents.Fonts;
using Shali.Platform.Documents.Layout;
using Shali.Platform.Documents.Signing;
using Shali.Platform.Kernel;
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
        .Periodically<CertificateAuthority>("certificates that end soon", TimeSpan.FromDays(1), (authority, cancel) => authority.Renew(cancel), atOnce: true);
}
