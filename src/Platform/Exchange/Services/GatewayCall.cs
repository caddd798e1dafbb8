using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Services;

/// <summary>
/// One call through the gateway, from its admission to the last byte: whether it may still go on, and what goes on record of it.
/// A short answer is recorded once, whole, before its first byte leaves. A long one is recorded before its first byte and again, with size and
/// digest, before its last: whoever has the whole answer has it on record.
/// </summary>
internal sealed class GatewayCall(ServiceBook book, GovernedReader reader, AuditLog log, KnownService service, ServiceOperation operation, ReadRequest request, string target)
{
    private long _began = -1;

    public KnownService Service { get; } = service;

    public ServiceOperation Operation { get; } = operation;

    public ReadRequest Request { get; } = request;

    /// <summary>Where the service is asked.</summary>
    public Uri Target { get; } = new(target);

    /// <summary>The grant that was found when the call was let in.</summary>
    public required string Grant { get; init; }

    /// <summary>Population key of the person about whom is asked; null: not known.</summary>
    public string? Subject { get; init; }

    /// <summary>Path and query without the citizen number that they may carry.</summary>
    public required string Shown { get; init; }

    public long Started { get; } = Stopwatch.GetTimestamp();

    /// <summary>Why the answer was stopped although the service answers.</summary>
    public Refusal? Stopped { get; set; }

    /// <summary>Why nothing more may go out; null while it may.</summary>
    public Refusal? Ended()
    {
        if (book.Find(Service.Service.Code) is not { } now || Closed(now) is not null || now.Version != Service.Version)
        {
            return Closed(book.Find(Service.Service.Code)) ?? new Refusal("SVC-S01", "", ServiceText.Changed(Service.Service.Name));
        }

        return reader.AccessOf(Request) is { Grant: { } held } && held.Grant.Number == Grant && held.Shows(Operation.Code)
            ? null : reader.Why(Request) ?? new Refusal("SVC-A02", "", ServiceText.NotGranted(Operation.Name));
    }

    /// <summary>Why the service answers nobody; null: it does.</summary>
    public static Refusal? Closed(KnownService? service) => service?.Service.State switch
    {
        ServiceState.Open => null,
        ServiceState.Suspended => new("SVC-S02", "", ServiceText.IsSuspended(service.Service.Name, service.Service.Reason)),
        ServiceState.Waiting or ServiceState.Returned => new("SVC-S01", "", ServiceText.Changed(service.Service.Name)),
        _ => new("SVC-C01", "", ServiceText.NoSuchService),
    };

    /// <summary>Before the first byte of an answer whose end is not yet known.</summary>
    public async Task Begin(int status) => _began = await log.Append(new AuditEntry("service.call", Request.Who)
    {
        Resource = Service.Definition.Id,
        Keys = [Operation.Code],
        Subjects = Subject is null ? [] : [Subject],
        Purpose = Purpose,
        Case = Request.Case,
        Grant = Grant,
        Note = $"{Shown} {status}",
    });

    /// <summary>
    /// Before the last byte, or when there will be none.
    /// </summary>
    /// <param name="status">As the consumer sees it.</param>
    /// <param name="why">Code of the refusal when the answer is not whole; null: it is.</param>
    public Task End(int status, long bytes, byte[] digest, string? why)
    {
        var words = why is null ? $"{bytes} bytes sha256:{Convert.ToHexStringLower(digest)}" : $"{bytes} bytes {why}";
        return _began >= 0
            ? log.Append(new AuditEntry("service.end", Request.Who)
            {
                Resource = Service.Definition.Id,
                Keys = [Operation.Code],
                Grant = Grant,
                Success = why is null,
                Note = $"{_began} {words}",
            })
            : log.Append(new AuditEntry("service.call", Request.Who)
            {
                Resource = Service.Definition.Id,
                Keys = [Operation.Code],
                Subjects = Subject is null ? [] : [Subject],
                Purpose = Purpose,
                Case = Request.Case,
                Grant = Grant,
                Success = why is null,
                Note = $"{Shown} {status} {words}",
            });
    }

    /// <summary>As it is recorded: what stands for the citizen number is in its place, the rest of the query is named by its hash.</summary>
    public static string ShownOf(ServiceOperation operation, string path, string? subject, IQueryCollection query)
    {
        var shown = subject is null ? path : string.Join('/', path.Split('/').Select(segment => segment == subject ? $"{{{ServiceOperation.Subject}}}" : segment));
        var rest = string.Join('&', query.Where(one => one.Key != operation.SubjectParameter).Select(one => $"{one.Key}={one.Value}"));
        return $"{operation.Method} {shown}{(rest.Length == 0 ? "" : $"?sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rest)))}")}";
    }

    private string? Purpose => Request.Purpose ?? reader.AccessOf(Request)?.Grant?.Grant.Scene ?? Request.Stated;
}
