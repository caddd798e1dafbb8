using System.Globalization;
using System.Text.RegularExpressions;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Services;

/// <summary>What a form says of a service.</summary>
public sealed record ServiceInput(string Name, string Note, string Address, string Operations, string Sharing, string Conditions, bool Personal, string Impact)
{
    public string Timeout { get; init; } = "30";

    public string Megabytes { get; init; } = "16";

    public string Concurrent { get; init; } = "8";

    public string CheckPath { get; init; } = "/";

    public string Credential { get; init; } = ServiceCredential.None;

    public string CredentialName { get; init; } = "";

    /// <summary>Empty: the one that is kept stays.</summary>
    public string Secret { get; init; } = "";

    /// <summary>As the form shows what is registered.</summary>
    public static ServiceInput Of(ExchangeService service) =>
        new(service.Name, service.Note, service.Address, service.Operations, service.Sharing, service.Conditions ?? "", service.Personal, service.Impact ?? "")
        {
            Timeout = service.Timeout.ToString(CultureInfo.InvariantCulture),
            Megabytes = service.Megabytes.ToString(CultureInfo.InvariantCulture),
            Concurrent = service.Concurrent.ToString(CultureInfo.InvariantCulture),
            CheckPath = service.CheckPath,
            Credential = service.Credential,
            CredentialName = service.CredentialName ?? "",
        };
}

/// <summary>What a registration must be. All that is wrong is said at once.</summary>
public static partial class ServiceRules
{
    public const int OperationsMax = 100;
    public const int SecretMax = 2_000;

    private static readonly Basis Entry = new("政务数据共享条例", "第十三条");

    /// <param name="kept">A secret is kept already.</param>
    public static Refusals Judge(ServiceInput input, PushSettings settings, bool kept)
    {
        var address = input.Address.Trim();
        var wrong = HookAddress.Judge(address, settings, out var uri, plainInside: true);

        // In the order of the form, as they are read one after another above it.
        return new(
        [
            .. Refusals.Of(
                Words(input.Name, "name", ServiceText.Name, 80, "SVC-D01", ServiceText.MissingName),
                Words(input.Note, "note", ServiceText.Note, 2_000, "SVC-D02", ServiceText.NoNote),
                wrong is not null ? new("SVC-D03", "address", OfService(wrong))
                    : uri!.Query.Length > 0 || address.EndsWith('/') || address.Contains('%', StringComparison.Ordinal) ? new("SVC-D03", "address", ServiceText.AddressForm) : null),
            .. Operations(input.Operations),
            .. Refusals.Of(
                ServiceSharing.Codes.Find(input.Sharing) is null ? new("SVC-D05", "sharing", ServiceText.NoSharing, Entry) : null,
                input.Sharing == ServiceSharing.Conditional ? Words(input.Conditions, "conditions", ServiceText.Conditions, 400, "SVC-D06", ServiceText.NoConditions) : null,
                input.Personal ? Words(input.Impact, "impact", ServiceText.Impact, 4_000, "SVC-D07", ServiceText.NoImpact, Entry) : null,
                Number(input.Timeout, "timeout", ServiceText.Timeout, 300, "SVC-D08"),
                Number(input.Megabytes, "megabytes", ServiceText.Megabytes, 1_024, "SVC-D09"),
                Number(input.Concurrent, "concurrent", ServiceText.Concurrent, 200, "SVC-D10")),
            .. Credential(input, kept),
            .. Refusals.Of(PathForm().IsMatch(input.CheckPath) ? null : new Refusal("SVC-D11", "check_path", ServiceText.BadCheckPath)),
        ]);
    }

    /// <summary>The judgement of an address speaks of pushes; here it is a service's.</summary>
    private static string OfService(string wrong) => wrong switch
    {
        Push.Text.NoHookAddress => ServiceText.NoAddress,
        Push.Text.HookNotSecure => ServiceText.AddressNotSecure,
        Push.Text.InnerAddress => ServiceText.AddressInside,
        _ => wrong,
    };

    private static IEnumerable<Refusal> Operations(string text)
    {
        var lines = ServiceOperation.Lines(text).ToList();
        if (lines.Count == 0)
        {
            yield return new("SVC-D04", "operations", ServiceText.NoOperations);
        }

        if (lines.Count > OperationsMax || text.Length > 8_000)
        {
            yield return new("SVC-D04", "operations", ServiceText.TooManyOperations(OperationsMax));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (ServiceOperation.Read(line) is not { } operation)
            {
                yield return new("SVC-D04", "operations", ServiceText.BadOperation(line));
            }
            else if (!seen.Add(operation.Code) || !seen.Add($"{operation.Method} {operation.Path}"))
            {
                yield return new("SVC-D04", "operations", ServiceText.TwiceOperation(line));
            }
        }
    }

    private static IEnumerable<Refusal> Credential(ServiceInput input, bool kept)
    {
        if (ServiceCredential.Codes.Find(input.Credential) is null)
        {
            return [new("SVC-D12", "credential", ServiceText.NoCredential)];
        }

        if (input.Credential == ServiceCredential.None)
        {
            return [];
        }

        var basic = input.Credential == ServiceCredential.Basic;
        return Refusals.Of(
            basic && (input.CredentialName.Length is 0 or > 100 || input.CredentialName.Contains(':', StringComparison.Ordinal)) ? new("SVC-D13", "credential_name", ServiceText.NoUser) : null,
            !basic && (!HeaderForm().IsMatch(input.CredentialName) || Reserved.Contains(input.CredentialName)) ? new("SVC-D13", "credential_name", ServiceText.BadHeader) : null,
            input.Secret.Length == 0 && !kept ? new("SVC-D14", "secret", ServiceText.NoSecret)
                : input.Secret.Length > SecretMax || input.Secret.Any(one => one is < ' ' or > '~') ? new("SVC-D14", "secret", ServiceText.BadSecret) : null);
    }

    /// <summary>Headers by which a message is framed and routed: no credential travels in them.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Content-Type", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Expect", "Keep-Alive", "Proxy-Connection", "Accept", "SOAPAction",
    };

    private static Refusal? Words(string words, string field, string label, int most, string code, string missing, Basis? basis = null) =>
        string.IsNullOrWhiteSpace(words) ? new(code, field, missing, basis)
        : words.Length > most ? new(code, field, ServiceText.LongWords(label, most))
        : null;

    private static Refusal? Number(string text, string field, string label, int most, string code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? null : new(code, field, ServiceText.BadNumber(label, most));

    [GeneratedRegex(@"^/[^\s%\\;#]{0,299}$")]
    private static partial Regex PathForm();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]{0,99}$")]
    private static partial Regex HeaderForm();
}
