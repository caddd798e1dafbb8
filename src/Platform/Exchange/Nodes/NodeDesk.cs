using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>Lets front nodes in and ends them.</summary>
public sealed class NodeDesk(
    RecordStore store, RecordReader reader, Db db, Offices offices, CertificateAuthority authority, CentreKeys keys, NodeBook book,
    Revocations revocations, TimeProvider time)
{
    public static readonly ResourceDefinition Resource = Definition.Of<ExchangeNode>();

    /// <summary>How long a one-time code is good.</summary>
    public static readonly TimeSpan CodeLasts = TimeSpan.FromHours(24);

    private const int NameMax = 80;
    private const int ReasonMax = 400;

    /// <summary>Whether the caller looks after the nodes of this office.</summary>
    public static bool Manages(Caller who, string office) =>
        who.May(NodeRights.Manage) && (who.Office == office || ManagesAll(who));

    /// <summary>The authority for sharing and the system administrator look after the nodes of all offices.</summary>
    public static bool ManagesAll(Caller who) =>
        who.May(NodeRights.Manage) && (who.Role == Roles.SystemAdministrator || OfficeCode.Function(who.Office) == "data");

    /// <summary>Those that the caller looks after.</summary>
    public async Task<IReadOnlyList<ExchangeNode>> List(Caller who, CancellationToken cancel)
    {
        var mine = ManagesAll(who) ? null : new Filter.Compare("office", Comparison.Equal, who.Office);
        return !who.May(NodeRights.Manage) ? []
            : [.. (await reader.List(Resource, new RecordQuery { Where = mine, Limit = 1000 }, cancel)).Records.Select(Typed<ExchangeNode>.Of)];
    }

    /// <summary>Null when there is none that the caller looks after.</summary>
    public async Task<ExchangeNode?> Get(Caller who, string code, CancellationToken cancel) =>
        await reader.Get(Resource, code, null, cancel) is { } record && Typed<ExchangeNode>.Of(record) is var node && Manages(who, node.Office) ? node : null;

    /// <summary>A new node of an office, and its one-time code: the only time that the code is known.</summary>
    public async Task<Outcome<NodeInvitation>> Invite(Caller who, string office, string name, CancellationToken cancel)
    {
        var refusals = Refusals.Of(
            !Manages(who, office) ? new Refusal("NODE-D01", "office", NodeText.NotYourOffice) : null,
            offices.Find(office) is not { } found || found.To <= time.Today() ? new("NODE-D02", "office", NodeText.NoSuchOffice(office)) : null,
            string.IsNullOrWhiteSpace(name) || name.Length > NameMax ? new("NODE-D03", "name", NodeText.NameMissing(NameMax)) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        var code = "";
        var written = await store.Write(
            new Act(who, "exchange.node.invite", NodeText.InvitePurpose),
            Resource.Schema,
            async session =>
            {
                await session.Lock("node:" + office, cancel);
                var taken = (await session.List(Resource, new RecordQuery { Where = new Filter.Compare("office", Comparison.Equal, office), Limit = 1000 }, cancel))
                    .Select(record => int.Parse(record.Key.AsSpan(record.Key.LastIndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture));
                code = $"{office}-{taken.DefaultIfEmpty(0).Max() + 1}";
                var node = new ExchangeNode { Code = code, Name = name.Trim(), Office = office, State = NodeState.Invited };
                return (await session.Apply(new Change.Insert(Resource, code, Typed<ExchangeNode>.Values(node)), cancel)).Refusals;
            },
            cancel);
        return written.Ok ? await NewCode(code, cancel) : written.Refusals;
    }

    /// <summary>Another code for a node: the first ran out, or the machine was replaced. Earlier codes stop working.</summary>
    public async Task<Outcome<NodeInvitation>> InviteAgain(Caller who, string code, CancellationToken cancel) =>
        await Get(who, code, cancel) is not { } node ? new Refusal("NODE-D04", "", NodeText.NoSuchNode)
        : node.State == NodeState.Revoked ? new Refusal("NODE-D05", "", NodeText.NodeEnded)
        : await NewCode(code, cancel);

    /// <summary>Ends a node for good: its messages are refused from now on, by every host within a second.</summary>
    public async Task<Outcome<Written>> Revoke(Caller who, string code, string? reason, CancellationToken cancel)
    {
        if (await Get(who, code, cancel) is not { } before)
        {
            return new Refusal("NODE-D04", "", NodeText.NoSuchNode);
        }

        var refusals = Refusals.Of(
            before.State == NodeState.Revoked ? new Refusal("NODE-D05", "", NodeText.NodeEnded) : null,
            string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonMax ? new("NODE-D06", "reason", NodeText.ReasonMissing(ReasonMax)) : null);
        if (refusals.Any)
        {
            return refusals;
        }

        var written = await Change(who, "exchange.node.revoke", before, before with { State = NodeState.Revoked, Reason = reason!.Trim() }, cancel);
        foreach (var serial in written.Ok ? SerialsOf(before) : [])
        {
            await authority.Revoke(who, serial, "privilege-withdrawn", null, cancel);
        }

        return written;
    }

    /// <summary>
    /// Gives a certificate for the request of whoever has the code; the code is used up with it. A node that has one already gets
    /// another and keeps its code: the machine was replaced, or its certificate ends.
    /// </summary>
    /// <param name="tls">A request for another certificate, of P-256, for mutual TLS; null: none is wanted.</param>
    public async Task<Outcome<Enrolled>> Enrol(Caller who, string code, string suite, byte[] request, byte[]? tls, CancellationToken cancel)
    {
        if (SignatureSuite.Find(suite) is not { } known)
        {
            return new Refusal("NODE-E02", "suite", NodeText.NoSuchSuite(suite));
        }

        if (known.ReadRequest(request) is not { } publicKey)
        {
            return new Refusal("NODE-E03", "request", NodeText.BadRequest(known.Label));
        }

        var tlsKey = tls is null ? null : SignatureSuite.P256.ReadRequest(tls);
        if (tls is not null && tlsKey is null)
        {
            return new Refusal("NODE-E03", "tls", NodeText.BadRequest(SignatureSuite.P256.Label));
        }

        if (await Use(code, cancel) is not { } name)
        {
            return new Refusal("NODE-E01", "code", NodeText.CodeWrong);
        }

        var before = Typed<ExchangeNode>.Of((await reader.Get(Resource, name, null, cancel))!);
        if (before.State == NodeState.Revoked)
        {
            return new Refusal("NODE-D05", "", NodeText.NodeEnded);
        }

        var node = who with { Id = "node:" + before.Code, Name = before.Name, Office = before.Office, OfficeName = offices.NameOf(before.Office) };
        using var certificate = await authority.Certify(node, before.Office, before.Code, publicKey, cancel);
        using var shown = tlsKey is null ? null : await authority.Certify(node, before.Office, before.Code, tlsKey, cancel);
        var after = before with
        {
            State = NodeState.Active,
            Suite = suite,
            Serial = certificate.SerialNumber.ToLowerInvariant(),
            TlsSerial = shown?.SerialNumber.ToLowerInvariant(),
            EnrolledAt = time.GetUtcNow(),
        };
        var written = await Change(node, "exchange.node.enrol", before, after, cancel);
        if (!written.Ok)
        {
            return written.Refusals;
        }

        foreach (var old in SerialsOf(before))
        {
            await authority.Revoke(node, old, "superseded", null, cancel);
        }

        var centre = await keys.Of(known, cancel);
        return new Enrolled(
            after.Code, after.Name, after.Office, after.Serial, certificate.ExportCertificatePem() + "\n", centre.Pem,
            [.. (await authority.Authorities(cancel)).Select(each => each.ExportCertificatePem() + "\n")], shown is null ? null : shown.ExportCertificatePem() + "\n");
    }

    private static IEnumerable<string> SerialsOf(ExchangeNode node) => ((string?[])[node.Serial, node.TlsSerial]).OfType<string>();

    private async Task<Outcome<Written>> Change(Caller who, string kind, ExchangeNode before, ExchangeNode after, CancellationToken cancel)
    {
        var written = await store.Write(
            new Act(who, kind, NodeText.PurposeOf(kind)),
            Resource.Schema,
            async session =>
            {
                var refusals = (await session.Apply(new Change.Update(Resource, before.Code, null, Typed<ExchangeNode>.Differences(before, after)), cancel)).Refusals;
                if (!refusals.Any)
                {
                    await session.Send(cancel);
                    await Revocations.Announce(session.Session, cancel, NodeBook.Mark);
                }

                return refusals;
            },
            cancel);
        if (written.Ok)
        {
            await revocations.Read(cancel);
            await book.Reload(cancel);
        }

        return written;
    }

    private async Task<NodeInvitation> NewCode(string node, CancellationToken cancel)
    {
        var code = Passwords.Secret();
        var now = time.GetUtcNow();
        await db.InTransaction(
            async session =>
            {
                await session.Run($"delete from exchange.invitation where node = {node} and used_at is null", cancel);
                await session.Run(
                    $"insert into exchange.invitation (code_hash, node, created_at, ends_at) values ({HashOf(code)}, {node}, {now}, {now + CodeLasts})", cancel);
            },
            cancel);
        return new(node, code, now + CodeLasts);
    }

    /// <summary>The node whose code it is; null when there is none, or it was used or ran out.</summary>
    private Task<string?> Use(string code, CancellationToken cancel) => db.Scalar<string>(
        $"update exchange.invitation set used_at = {time.GetUtcNow()} where code_hash = {HashOf(code.Trim())} and used_at is null and ends_at > {time.GetUtcNow()} returning node", cancel);

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}

/// <summary>A one-time code as it was just made.</summary>
public sealed record NodeInvitation(string Node, string Code, DateTimeOffset To);

/// <summary>What a node gets for its request.</summary>
/// <param name="Certificate">Its own, PEM.</param>
/// <param name="Centre">The centre's in the same suite, PEM.</param>
/// <param name="Authorities">Roots and issuing certificates, PEM.</param>
/// <param name="TlsCertificate">What it shows in mutual TLS, PEM; null: none was asked for.</param>
public sealed record Enrolled(
    string Node, string Name, string Office, string Serial, string Certificate, string Centre, IReadOnlyList<string> Authorities, string? TlsCertificate = null);
