using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;

namespace Shali.FrontNode;

/// <summary>One page on the loopback for whoever looks after the machine: how each flow stands, what was refused and why, the log.</summary>
internal static class StatusPage
{
    private const int Shown = 100;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    public static async Task<WebApplication> Start(Node node, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
        });
        var app = builder.Build();
        app.Run(async context =>
        {
            // A page of another site in the same browser must not read it by a name that leads here.
            if (context.Request.Host.Host is not ("127.0.0.1" or "localhost") || context.Request.Path != "/" || !HttpMethods.IsGet(context.Request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            var headers = context.Response.Headers;
            headers.ContentType = "text/html; charset=utf-8";
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'sha256-" + StyleHash + "'; frame-ancestors 'none'";
            await context.Response.WriteAsync(await Html(node), context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }

    private const string Style =
        "body{font:16px/1.6 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;margin:1.5rem auto;max-width:70rem;padding:0 1rem;color:#1b2733}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #c9d3dc;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:break-word}td.number{text-align:right}.stopped{color:#a3201d;font-weight:bold}.trying{color:#7a4d00;font-weight:bold}.running{color:#1b6e3c}.scroll{overflow-x:auto}.wide{min-width:60rem}td code{white-space:nowrap}@media(max-width:40rem){table,.wide{min-width:0}thead{position:absolute;clip-path:inset(50%)}tbody,tr,td{display:block;border:0;padding:.1rem 0}tr{border-bottom:1px solid #c9d3dc;padding:.6rem 0}td:empty{display:none}td[data-label]::before{content:attr(data-label) \"：\";color:#51606e}}";

    private static readonly string StyleHash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    private static async Task<string> Html(Node node)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text.Title}</title><style>{Style}</style>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Safe(node.Centre.Identity.Name)} <code>{Safe(node.Centre.Identity.Node)}</code></h1><p>{Safe(Text.About(Node.Version, node.Centre.Identity.Suite, node.Centre.ClockOff))}</p><p{(node.Reporting.Fault is null ? "" : " class=\"trying\"")}>{Safe(Text.Reported(node.Reporting.ToldAt, node.Reporting.Fault))}</p>");
        var flows = new List<string[]>();
        foreach (var flow in node.Flows)
        {
            var report = await flow.Report();
            var receipts = await node.Store.Together(store => store.Receipts(flow.Flow));
            flows.Add(
            [
                $"<code>{Safe(report.Flow)}</code>", Safe($"{Text.DirectionOf(report.Direction)}（{FlowWay.InWords(report.Way)}）"), Safe(report.Resource),
                $"<span class=\"{Safe(report.State)}\">{Safe(Text.StateOf(report.State))}</span> {Safe(report.Note)}", Safe(Text.LagOf(report.LagSeconds)),
                Safe(Text.WaitingOf(report.Waiting, report.WaitingBytes)), Number(report.Rows), Number(report.Refused), Number(receipts), Safe(report.LastAt?.InWords() ?? ""),
            ]);
        }

        Table(html, Text.Flows, [Text.Flow, Text.Direction, Text.Resource, Text.State, Text.Lag, Text.WaitingLabel, Text.Rows, Text.RefusedRows, Text.Receipts, Text.Last], flows);
        foreach (var flow in node.Flows)
        {
            var rejects = await node.Store.Together(store => store.RejectsOf(flow.Flow, Shown));
            if (rejects.Count > 0)
            {
                Table(
                    html, Text.RejectsOf(flow.Flow), [Text.Key, Text.Reasons, Text.RowLabel, Text.At],
                    rejects.Select(reject => (string[])[$"<code>{Safe(reject.Key.Replace('\u001f', ' '))}</code>", Safe(reject.Reasons), Safe(InWords(reject.Row)), Safe(reject.At.InWords())]));
            }
        }

        var log = await node.Store.Together(store => store.LogLinesOf(Shown));
        Table(html, Text.LogTitle, [Text.At, Text.Flow, Text.What], log.Select(line => (string[])[Safe(line.At.InWords()), $"<code>{Safe(line.Flow)}</code>", Safe(line.Sentence)]));
        return html.Append("</html>").ToString();
    }

    /// <summary>A row as it was kept: its columns and what stands in them.</summary>
    private static string InWords(string row) => string.Join(
        "；", JsonSerializer.Deserialize<Dictionary<string, string?>>(row)!.Select(cell => $"{cell.Key}：{cell.Value ?? Text.NoValue}"));

    private static string Safe(string text) => Encoder.Encode(text);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <param name="rows">Cells as HTML.</param>
    private static void Table(StringBuilder html, string title, string[] columns, IEnumerable<string[]> rows)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Safe(title)}</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Safe(title)}\"><table class=\"{(columns.Length > 5 ? "wide" : "")}\"><thead><tr>");
        foreach (var column in columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Safe(column)}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var (column, cell) in columns.Zip(row))
            {
                html.Append(CultureInfo.InvariantCulture, $"<td data-label=\"{Safe(column)}\">{cell}</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>");
    }
}
