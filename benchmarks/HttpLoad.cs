using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shali.Bench;

/// <summary>What a number of connections got out of a server in a while.</summary>
/// <param name="Milliseconds">Of every request, sorted.</param>
internal sealed record LoadResult(double PerSecond, IReadOnlyList<double> Milliseconds)
{
    public double Percentile(double share) => Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(Milliseconds.Count * share))];

    /// <summary>This run and another of the same length as one.</summary>
    public LoadResult And(LoadResult other) => new((PerSecond + other.PerSecond) / 2, [.. Milliseconds.Concat(other.Milliseconds).Order()]);
}

/// <summary>
/// Asks a server on this machine over plain sockets, one request in flight on each connection. Lighter than a client
/// library, so that on two cores the figure is the server's and not the asker's.
/// </summary>
internal static class HttpLoad
{
    public static async Task<LoadResult> Run(int port, int connections, TimeSpan time, Func<int, string> path, string headers = "")
    {
        var clock = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(Enumerable.Range(0, connections).Select(lane => Task.Run(() => Lane(port, lane, clock, time, path, headers))));
        var elapsed = clock.Elapsed.TotalSeconds;
        var all = lanes.SelectMany(lane => lane).ToList();
        all.Sort();
        return new(all.Count / elapsed, all);
    }

    private static async Task<List<double>> Lane(int port, int lane, Stopwatch clock, TimeSpan time, Func<int, string> path, string headers)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var waits = new List<double>();
        var buffer = new byte[256 * 1024];
        for (var i = lane * 1_000_003; clock.Elapsed < time; i++)
        {
            var request = Encoding.ASCII.GetBytes($"GET {path(i)} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n");
            var start = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            await Answer(socket, buffer);
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return waits;
    }

    /// <summary>Reads one whole answer; anything but 200 ends the measurement.</summary>
    private static async Task Answer(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
            {
                throw new InvalidOperationException("The server closed the connection.");
            }

            filled += read;
            var head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && Whole(buffer.AsSpan(0, filled), head + 4))
            {
                if (!buffer.AsSpan(9, 3).SequenceEqual("200"u8))
                {
                    throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, Math.Min(filled, 600)));
                }

                return;
            }
        }
    }

    private static bool Whole(ReadOnlySpan<byte> answer, int body)
    {
        var head = Encoding.ASCII.GetString(answer[..body]);
        var at = head.IndexOf("Content-Length:", StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            var end = head.IndexOf('\r', at);
            return answer.Length >= body + int.Parse(head.AsSpan(at + 15, end - at - 15).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        }

        return answer.EndsWith("0\r\n\r\n"u8);
    }
}
