using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Services;

/// <summary>How the last test of a connection came out.</summary>
public sealed record ServiceHealth(DateTimeOffset At, bool Ok, string Words, int Milliseconds);

/// <summary>Tests the connection to a service as the gateway would make it, and says in words where it fails.</summary>
public sealed class ServiceCheck(ServiceBook book, Db db, PushSettings settings, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker _http = HookAddress.Client(settings);

    /// <summary>Asks the service's test path, and keeps how it came out.</summary>
    public async Task<ServiceHealth?> Run(string code, CancellationToken cancel = default)
    {
        if (book.Find(code) is not { } service)
        {
            return null;
        }

        var began = Stopwatch.GetTimestamp();
        var (ok, words) = await Ask(service, cancel);
        var health = new ServiceHealth(time.GetUtcNow(), ok, words, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        await db.Run(
            $"""
            insert into exchange.service_check (service, at, ok, words, milliseconds) values ({code}, {health.At}, {health.Ok}, {health.Words}, {health.Milliseconds})
            on conflict (service) do update set at = excluded.at, ok = excluded.ok, words = excluded.words, milliseconds = excluded.milliseconds
            """,
            cancel);
        return health;
    }

    /// <summary>The last tests, by service.</summary>
    public async Task<IReadOnlyDictionary<string, ServiceHealth>> Last(IReadOnlyList<string> services, CancellationToken cancel = default) =>
        (await db.List(
            $"select service, at, ok, words, milliseconds from exchange.service_check where service = any({services.ToArray()})",
            row => (Service: row.GetString(0), Health: new ServiceHealth(row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2), row.GetString(3), row.GetInt32(4))),
            cancel)).ToDictionary(one => one.Service, one => one.Health, StringComparer.Ordinal);

    public void Dispose() => _http.Dispose();

    private async Task<(bool Ok, string Words)> Ask(KnownService service, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, service.Service.Address + service.Service.CheckPath);
        if (service.Credential is { } credential)
        {
            request.Headers.TryAddWithoutValidation(credential.Name, credential.Value);
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(TimeSpan.FromSeconds(Math.Min(service.Service.Timeout, (int)settings.Timeout.TotalSeconds)));
        try
        {
            using var answer = await _http.SendAsync(request, late.Token);
            return (int)answer.StatusCode switch
            {
                401 or 403 => (false, ServiceText.CheckedRefused((int)answer.StatusCode)),
                >= 300 and < 400 => (false, ServiceText.Redirects),
                >= 500 => (false, ServiceText.CheckedFails((int)answer.StatusCode)),
                404 => (false, ServiceText.CheckedNotFound),
                var status => (true, ServiceText.CheckedWell(status)),
            };
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return (false, failed is OperationCanceledException ? ServiceText.NoAnswer : Sentence(failed));
        }
    }

    /// <summary>Why it could not be reached, without what only the operators may know.</summary>
    internal static string Sentence(Exception? failed)
    {
        for (var one = failed is AggregateException many ? many.InnerException : failed; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case AddressNotAllowedException:
                    return ServiceText.InnerAddress;
                case AuthenticationException:
                    return ServiceText.NotTrusted;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return ServiceText.NoName;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return ServiceText.NobodyListens;
                default:
                    break;
            }
        }

        return ServiceText.NotReached;
    }
}
