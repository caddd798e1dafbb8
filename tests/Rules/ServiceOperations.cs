using Shali.Platform.Exchange.Push;
using Shali.Platform.Exchange.Services;

namespace Shali.Tests.Rules;

/// <summary>What an operation's line says, and which calls it is.</summary>
public sealed class ServiceOperations
{
    [Fact]
    public void An_empty_form_is_answered_in_its_own_order_and_every_sentence_says_which_field()
    {
        var input = new ServiceInput("", "", "", "", "", "", true, "") { Timeout = "", Megabytes = "0", Concurrent = "x", Credential = ServiceCredential.Basic, CheckPath = "" };
        var refusals = ServiceRules.Judge(input, new PushSettings(Loopback: false), kept: false);
        Assert.Equal(
            ["name", "note", "address", "operations", "sharing", "impact", "timeout", "megabytes", "concurrent", "credential_name", "secret", "check_path"],
            refusals.Select(refusal => refusal.Field));
        Assert.Equal(refusals.Count, refusals.Select(refusal => refusal.Sentence).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(refusals, refusal => refusal.Sentence.Contains("hook", StringComparison.Ordinal) || refusal.Sentence.Contains("推送", StringComparison.Ordinal));
        var inside = ServiceRules.Judge(input with { Address = "https://10.0.0.1/ws" }, new PushSettings(Loopback: false), kept: false);
        Assert.StartsWith("服务地址", Assert.Single(inside, refusal => refusal.Field == "address").Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person GET /persons/{subject} 人员", true)]
    [InlineData("person GET /person?id={subject} 人员", true)]
    [InlineData("soap POST / 旧接口", true)]
    [InlineData("any GET /a/{**rest} 其余", true)]
    [InlineData("person  GET   /p  两个 字", true)]
    [InlineData("Person GET /p 名", false)]
    [InlineData("person HEAD /p 名", false)]
    [InlineData("person GET p 名", false)]
    [InlineData("person GET /p", false)]
    [InlineData("person GET /a/../b 名", false)]
    [InlineData("person GET /a//b 名", false)]
    [InlineData("person GET /a/{**rest}/b 名", false)]
    [InlineData("person GET /a/x{b} 名", false)]
    [InlineData("person GET /a%2fb 名", false)]
    [InlineData("person GET /a;b 名", false)]
    [InlineData("person GET /p?id=1 名", false)]
    public void A_line_is_an_operation_or_it_is_refused(string line, bool sound)
    {
        var operation = ServiceOperation.Read(line);
        Assert.Equal(sound, operation is not null);
        Assert.True(operation is null || ServiceOperation.Read(operation.Line)!.Line == operation.Line);
    }

    [Theory]
    [InlineData("a GET /persons/{subject} 名", "GET", "/persons/1", true, "1")]
    [InlineData("a GET /persons/{subject} 名", "POST", "/persons/1", false, null)]
    [InlineData("a GET /persons/{subject} 名", "GET", "/persons/", false, null)]
    [InlineData("a GET /persons/{subject} 名", "GET", "/persons/1/", false, "1")]
    [InlineData("a GET /persons/{subject} 名", "GET", "/Persons/1", false, null)]
    [InlineData("a GET /o/{office}/p/{subject} 名", "GET", "/o/x/p/y", true, "y")]
    [InlineData("a GET /f/{**rest} 名", "GET", "/f/a/b/c", true, null)]
    [InlineData("a GET /f/{**rest} 名", "GET", "/f", false, null)]
    [InlineData("a GET /f/{**rest} 名", "GET", "/f/", false, null)]
    [InlineData("a POST / 名", "POST", "/", true, null)]
    [InlineData("a POST / 名", "POST", "/x", false, null)]
    public void A_call_is_an_operation_as_it_was_registered(string line, string method, string path, bool same, string? subject)
    {
        Assert.Equal(same, ServiceOperation.Read(line)!.Is(method, path, out var found));
        Assert.Equal(subject, found);
    }
}
