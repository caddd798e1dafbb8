using System.Net.Http.Headers;
using System.Text.Json;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// <c>shali load RESOURCE FILE</c>: brings a file to a running city, shows how it goes, fetches what was rejected.
/// 0: every row is in; 2: some rows were rejected; 1: it failed.
/// </summary>
public static class LoadCommand
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);
    private static readonly string[] Passed = ["mode", "encoding", "header", "sheet", "delimiter", "purpose", "ignore"];

    public static async Task<int> Run(string[] args, CancellationToken cancel = default)
    {
        if (Parse(args) is not { } asked)
        {
            await Console.Error.WriteLineAsync(Text.Usage);
            return 1;
        }

        if (!File.Exists(asked.File))
        {
            await Console.Error.WriteLineAsync(Text.NoFile(asked.File));
            return 1;
        }

        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = asked.Url, Timeout = Timeout.InfiniteTimeSpan };
        if (asked.Options.GetValueOrDefault("token-file") is { } tokenFile)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(tokenFile, cancel)).Trim());
        }

        try
        {
            var started = await Send(http, asked, cancel);
            return started is null ? 1 : await Follow(http, started, asked, cancel);
        }
        catch (HttpRequestException fault)
        {
            await Console.Error.WriteLineAsync(Text.NoAnswer(asked.Url, fault.Message));
            return 1;
        }
    }

    private static async Task<string?> Send(HttpClient http, Asked asked, CancellationToken cancel)
    {
        var query = string.Join('&', asked.Options
            .Where(option => Passed.Contains(option.Key, StringComparer.Ordinal))
            .Append(new("file", Path.GetFileName(asked.File)))
            .Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value)}"));
        await using var file = File.OpenRead(asked.File);
        using var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await http.PostAsync(
            new Uri($"/api/collections/{Uri.EscapeDataString(asked.Resource)}/loads?{query}", UriKind.Relative), content, cancel);
        using var body = await Body(answer, cancel);
        if (answer.IsSuccessStatusCode && body is not null)
        {
            return body.RootElement.GetProperty("id").GetString();
        }

        await Console.Error.WriteLineAsync(Text.Declined((int)answer.StatusCode, body is null ? [] : Sentences(body.RootElement)));
        return null;
    }

    private static async Task<int> Follow(HttpClient http, string id, Asked asked, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Rhythm);
        while (true)
        {
            using var answer = await http.GetAsync(new Uri($"/api/loads/{id}", UriKind.Relative), cancel);
            answer.EnsureSuccessStatusCode();
            using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancel), cancellationToken: cancel);
            var job = body.RootElement;
            var rows = job.GetProperty("rows");
            long Rows(string name) => rows.GetProperty(name).GetInt64();
            var counts = new LoadCounts(Rows("read"), Rows("bad"), Rows("new"), Rows("changed"), Rows("unchanged"));
            var state = Enum.Parse<LoadState>(job.GetProperty("state").GetString()!, ignoreCase: true);
            await Console.Out.WriteLineAsync($"{job.GetProperty("progress").GetDouble():P0} {Text.StateOf(state)} {Text.SoFar(counts)}");
            if (state is LoadState.Done or LoadState.Failed or LoadState.Cancelled)
            {
                return await Finish(http, id, asked, job, state, counts, cancel);
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    private static async Task<int> Finish(
        HttpClient http, string id, Asked asked, JsonElement job, LoadState state, LoadCounts counts, CancellationToken cancel)
    {
        if (job.TryGetProperty("note", out var note))
        {
            await Console.Error.WriteLineAsync(note.GetString());
        }

        if (counts.Bad > 0)
        {
            var path = asked.Options.GetValueOrDefault("rejects") ?? asked.File + ".rejects.csv";
            await using var rejects = await http.GetStreamAsync(new Uri($"/api/loads/{id}/rejects", UriKind.Relative), cancel);
            await using var file = File.Create(path);
            await rejects.CopyToAsync(file, cancel);
            await Console.Error.WriteLineAsync(Text.RejectsAt(counts.Bad, path));
        }

        return state != LoadState.Done ? 1 : counts.Bad > 0 ? 2 : 0;
    }

    private static async Task<JsonDocument?> Body(HttpResponseMessage answer, CancellationToken cancel) =>
        answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancel), cancellationToken: cancel)
            : null;

    private static IEnumerable<string> Sentences(JsonElement problem) => problem.TryGetProperty("errors", out var errors)
        ? errors.EnumerateArray().Select(error => error.GetProperty("detail").GetString() ?? "")
        : problem.TryGetProperty("detail", out var detail) ? [detail.GetString() ?? ""] : [];

    private static Asked? Parse(string[] args)
    {
        var plain = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                plain.Add(args[i]);
            }
            else if (i + 1 < args.Length && args[i][2..] is var name
                && (Passed.Contains(name, StringComparer.Ordinal) || name is "url" or "token-file" or "rejects"))
            {
                options[name] = args[++i];
            }
            else
            {
                return null;
            }
        }

        return plain.Count == 2 && Uri.TryCreate(options.GetValueOrDefault("url") ?? "http://127.0.0.1:8080", UriKind.Absolute, out var url)
            ? new(plain[0], plain[1], url, options)
            : null;
    }

    private sealed record Asked(string Resource, string File, Uri Url, Dictionary<string, string> Options);
}
