using System.Text.Json;
using Shali.FrontNode;
using Shali.Platform.Exchange.Evidence;

namespace Shali.Tests.Support;

/// <summary>A message of a node as a test makes it: signed well, and then whatever one likes.</summary>
internal static class SignedMessage
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="off">By how much the clock of the sender is wrong.</param>
    /// <param name="change">What happens to it after it was signed.</param>
    public static async Task<HttpResponseMessage> Send(
        HttpClient http, Uri address, NodeIdentity identity, byte[] content, TimeSpan off, long number, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(content) };
        foreach (var (name, value) in Headers(identity, address.PathAndQuery, content, off, number))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        change?.Invoke(request);
        return await http.SendAsync(request, Cancel);
    }

    public static IReadOnlyList<(string Name, string Value)> Headers(NodeIdentity identity, string target, byte[] content, TimeSpan off, long number)
    {
        using var key = SignatureSuite.Find(identity.Suite)!.Open(identity.Private);
        return [.. MessageSignature.Sign(key, identity.Serial, "POST", target, content, DateTimeOffset.UtcNow + off, number)];
    }

    /// <summary>The code of a refusal; null: it was answered.</summary>
    public static async Task<string?> Code(HttpResponseMessage answer)
    {
        using (answer)
        {
            if (answer.IsSuccessStatusCode)
            {
                return null;
            }

            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
            return problem.RootElement.GetProperty("code").GetString();
        }
    }
}
