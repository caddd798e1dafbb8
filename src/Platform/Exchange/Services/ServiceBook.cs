using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Exchange.Services;

/// <summary>A service as the gateway calls it.</summary>
/// <param name="Definition">As catalogue and grants know it: its fields are the operations; no table stands behind it.</param>
/// <param name="Credential">Header and value that the service wants; null: none.</param>
public sealed record KnownService(ExchangeService Service, int Version, IReadOnlyList<ServiceOperation> Operations, ResourceDefinition Definition, (string Name, string Value)? Credential)
{
    public bool IsOpen => Service.State == ServiceState.Open;

    /// <summary>It was approved, and stands in the catalogue.</summary>
    public bool IsListed => Service.State is ServiceState.Open or ServiceState.Suspended;

    /// <summary>The operation that a call is, with the citizen number that its path carries; null: none.</summary>
    public ServiceOperation? Find(string method, string path, out string? subject)
    {
        foreach (var operation in Operations)
        {
            if (operation.Is(method, path, out subject))
            {
                return operation;
            }
        }

        subject = null;
        return null;
    }
}

/// <summary>All services, as this host knows them: at most a second old (<see cref="Revocations"/>).</summary>
public sealed class ServiceBook
{
    /// <summary>The announcement: a service was registered, changed, opened or closed.</summary>
    public const string Mark = "services";

    /// <summary>The schema of services in ids: <c>services/police-s1</c>. No table ever stands in it.</summary>
    public const string Schema = "services";

    public static readonly ResourceDefinition Resource = Registry.Definition.Of<ExchangeService>();

    public static readonly SealedColumn Column = new("exchange.service_credential", "service", "secret");

    private readonly ResourceRegistry _registry;
    private readonly RecordReader _reader;
    private readonly Db _db;
    private readonly MasterKey _master;
    private readonly KeptReading<State> _state = new(new(0, FrozenDictionary<string, KnownService>.Empty));
    private long _readings;

    public ServiceBook(ResourceRegistry registry, RecordReader reader, Db db, MasterKey master, Revocations revocations)
    {
        (_registry, _reader, _db, _master) = (registry, reader, db, master);
        revocations.Listen(marks => marks.Contains(Mark, StringComparer.Ordinal) ? Reload(CancellationToken.None) : Task.CompletedTask);
    }

    public IEnumerable<KnownService> All => _state.Value.ByCode.Values;

    /// <summary>Rises with each reading: cache keys of derived things.</summary>
    public long Generation => _state.Value.Number;

    /// <summary>By its code.</summary>
    public KnownService? Find(string code) => _state.Value.ByCode.GetValueOrDefault(code);

    /// <summary>By id or address, as catalogue and grants name it: <c>services/police-s1</c>, <c>services.police-s1</c>.</summary>
    public KnownService? Named(string idOrAddress) =>
        idOrAddress.Length > Schema.Length && idOrAddress.StartsWith(Schema, StringComparison.Ordinal) && idOrAddress[Schema.Length] is '/' or '.'
            ? Find(idOrAddress[(Schema.Length + 1)..]) : null;

    /// <summary>Reads all services anew.</summary>
    public Task Reload(CancellationToken cancel) => _state.Read(async () =>
    {
        if (_registry.Find(Resource.Id) is not { } resource)
        {
            return _state.Value;
        }

        var secrets = (await _db.List($"select service, secret from exchange.service_credential", row => (Service: row.GetString(0), Secret: row.GetFieldValue<byte[]>(1)), cancel))
            .ToDictionary(row => row.Service, row => row.Secret, StringComparer.Ordinal);
        var known = new Dictionary<string, KnownService>(StringComparer.Ordinal);
        await foreach (var record in _reader.Stream(resource, new RecordQuery(), cancel))
        {
            var service = Typed<ExchangeService>.Of(record);
            var operations = ServiceOperation.Lines(service.Operations).Select(ServiceOperation.Read).OfType<ServiceOperation>().ToList();
            known[service.Code] = new(
                service, record.Version, operations, Describe(service, record.Version, operations),
                secrets.TryGetValue(service.Code, out var secret) ? Header(service, Encoding.UTF8.GetString(_master.Open(secret, Column.Place(service.Code)))) : null);
        }

        return new(Interlocked.Increment(ref _readings), known.ToFrozenDictionary(StringComparer.Ordinal));
    });

    private static (string, string)? Header(ExchangeService service, string secret) => service.Credential switch
    {
        ServiceCredential.Basic => ("Authorization", new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{service.CredentialName}:{secret}"))).ToString()),
        ServiceCredential.Header => (service.CredentialName!, secret),
        _ => null,
    };

    private static ResourceDefinition Describe(ExchangeService service, int version, IReadOnlyList<ServiceOperation> operations) => new()
    {
        Id = $"{Schema}/{service.Code}",
        Name = service.Name,
        Note = service.Note,
        Clause = "S06",
        Owner = service.Office,
        Fields = [.. operations.Select(operation => new FieldDefinition { Name = operation.Code, Label = operation.Name, Note = operation.Call, Type = FieldTypes.Text })],
        Subject = service.Personal ? "" : null,
        Impact = service.Impact,
        Sharing = service.Sharing == ServiceSharing.Unconditional ? Sharing.Unconditional : Sharing.Conditional(service.Conditions ?? ""),
        Theme = ServiceText.Theme,
        Rhythm = UpdateRhythm.RealTime,
        Version = version,
        RunTime = true,
        Editable = false,
        Service = true,
    };

    private sealed record State(long Number, FrozenDictionary<string, KnownService> ByCode);
}
