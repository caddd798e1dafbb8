using System.Net;
using System.Text.RegularExpressions;

namespace Shali.Tests.Support;

/// <summary>A person at a browser, as far as sign-on needs one: keeps cookies, sends the forms of the pages it saw.</summary>
public sealed partial class IdentityBrowser : IDisposable
{
    private readonly HttpClient _http;

    public IdentityBrowser(Uri address) => _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = Cookies })
    { BaseAddress = address };

    /// <summary>Sent with every request.</summary>
    public System.Net.Http.Headers.HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    public CookieContainer Cookies { get; } = new();

    /// <summary>The last page, as text.</summary>
    public string Page { get; private set; } = "";

    public async Task<HttpResponseMessage> Get(string address)
    {
        var answer = await _http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer;
    }

    /// <summary>Sends a form with the token of the last page.</summary>
    public async Task<HttpResponseMessage> Post(string address, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(Page).Groups[1].Value;
        var all = fields.Append(("__token", WebUtility.HtmlDecode(token)));
        using var content = new FormUrlEncodedContent(all.Select(each => KeyValuePair.Create(each.Item1, each.Item2)));
        var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer;
    }

    /// <summary>Sends one file with the token of the last page.</summary>
    public async Task<HttpResponseMessage> Upload(string address, string field, string name, byte[] bytes)
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent(WebUtility.HtmlDecode(Token().Match(Page).Groups[1].Value)), "__token" },
            { new ByteArrayContent(bytes), field, name },
        };
        var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer;
    }

    /// <summary>Signs on and follows the steps to the end; the address where it ended.</summary>
    public async Task<string> SignIn(string login, string password, string? to = null)
    {
        await Get("/sign-in" + (to is null ? "" : "?to=" + Uri.EscapeDataString(to)));
        var answer = await Post("/sign-in", [("login", login), ("password", password), .. to is null ? [] : new[] { ("to", to) }]);
        return await Follow(answer);
    }

    /// <summary>Follows redirects inside the sign-on; the first address outside of it, or the step that asks something.</summary>
    public async Task<string> Follow(HttpResponseMessage answer)
    {
        for (var i = 0; i < 5 && answer.StatusCode == HttpStatusCode.SeeOther; i++)
        {
            var address = answer.Headers.Location!.OriginalString;
            if (!address.StartsWith("/sign-in", StringComparison.Ordinal))
            {
                return address;
            }

            answer = await Get(address);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return address;
            }
        }

        return $"{(int)answer.StatusCode}";
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
