using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shali.Tests.Crash;

/// <summary>
/// The line between node and centre, at which everything that lines do can be done: it is cut, holds bytes back, breaks off in the middle of
/// an answer, and brings a message twice.
/// </summary>
internal sealed class FaultyLine : IAsyncDisposable
{
    private readonly int _centre;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Connection, byte> _open = [];
    private readonly Task _accepting;
    private long _heldUntil;
    private TaskCompletionSource? _breaking;
    private TaskCompletionSource? _repeating;
    private bool _copyFirst;

    /// <param name="centre">Port of the centre.</param>
    public FaultyLine(int centre)
    {
        _centre = centre;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Messages that came a second time and were answered, by the status of that answer.</summary>
    public ConcurrentDictionary<int, int> Copies { get; } = [];

    /// <summary>All connections end at once, as when a cable is drawn.</summary>
    /// <returns>How many there were.</returns>
    public int Cut()
    {
        var all = _open.Keys.ToList();
        all.ForEach(connection => connection.End());
        return all.Count;
    }

    /// <summary>What is under way, both ways, arrives only after this time.</summary>
    public void Hold(TimeSpan time) => Volatile.Write(ref _heldUntil, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>Completes when an answer was broken off in the middle.</summary>
    public Task BreakAnswer() => (_breaking = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Completes when a message with rows came twice, whatever became of both.</summary>
    /// <param name="copyFirst">The copy arrives before the message itself.</param>
    public Task Repeat(bool copyFirst)
    {
        _copyFirst = copyFirst;
        return (_repeating = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var node = await _listener.AcceptSocketAsync();
                _ = Serve(node);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The line is taken down.
        }
    }

    private async Task Serve(Socket node)
    {
        var centre = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var connection = new Connection(node, centre);
        _open[connection] = 0;
        try
        {
            await centre.ConnectAsync(IPAddress.Loopback, _centre);
            await Task.WhenAny(Up(connection), Down(connection));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The centre is not there: the node is told so.
        }
        finally
        {
            _open.TryRemove(connection, out _);
            connection.End();
        }
    }

    private async Task Up(Connection connection)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await connection.Node.ReceiveAsync(buffer)) > 0;)
            {
                await Held();
                if (_repeating is not null && IsOfRows(buffer.AsSpan(0, read)) && Interlocked.Exchange(ref _repeating, null) is { } repeating)
                {
                    try
                    {
                        await Twice(connection, buffer, read);
                    }
                    finally
                    {
                        // Also when either side was gone by then.
                        repeating.TrySetResult();
                    }

                    continue;
                }

                await connection.Centre.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Either side is gone.
        }
    }

    private async Task Down(Connection connection)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await connection.Centre.ReceiveAsync(buffer)) > 0;)
            {
                await Held();
                if (Interlocked.Exchange(ref _breaking, null) is { } breaking)
                {
                    try
                    {
                        await connection.Node.SendAsync(buffer.AsMemory(0, read / 2));
                    }
                    finally
                    {
                        connection.End();
                        breaking.TrySetResult();
                    }

                    return;
                }

                await connection.Node.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Either side is gone.
        }
    }

    private async Task Held()
    {
        while (Volatile.Read(ref _heldUntil) - Stopwatch.GetTimestamp() is > 0 and var left)
        {
            await Task.Delay(TimeSpan.FromSeconds((double)left / Stopwatch.Frequency) + TimeSpan.FromMilliseconds(1));
        }
    }

    private static bool IsOfRows(ReadOnlySpan<byte> begin) => begin.StartsWith("POST /exchange/give "u8);

    /// <summary>The whole message, which begins in the buffer, goes to the centre on this connection and on one of its own.</summary>
    private async Task Twice(Connection connection, byte[] buffer, int read)
    {
        using var message = new MemoryStream();
        message.Write(buffer, 0, read);
        while (message.Length < Whole(message.GetBuffer().AsSpan(0, (int)message.Length)))
        {
            read = await connection.Node.ReceiveAsync(buffer);
            if (read == 0)
            {
                return;
            }

            message.Write(buffer, 0, read);
        }

        var bytes = message.ToArray();
        if (_copyFirst)
        {
            await Copy(bytes);
            await connection.Centre.SendAsync(bytes);
        }
        else
        {
            await connection.Centre.SendAsync(bytes);
            await Copy(bytes);
        }
    }

    /// <summary>How long the message is; more than there is while that cannot be told.</summary>
    private static long Whole(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return long.MaxValue;
        }

        var length = Encoding.ASCII.GetString(message[..end]).Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return end + 4 + long.Parse(length["Content-Length:".Length..], CultureInfo.InvariantCulture);
    }

    private async Task Copy(byte[] message)
    {
        using var centre = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await centre.ConnectAsync(IPAddress.Loopback, _centre);
            await centre.SendAsync(message);
            var answer = new byte[12];
            for (var (got, read) = (0, 1); read > 0 && got < answer.Length; got += read)
            {
                read = await centre.ReceiveAsync(answer.AsMemory(got));
            }

            // HTTP/1.1 409
            if (int.TryParse(Encoding.ASCII.GetString(answer.AsSpan(9)), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                Copies.AddOrUpdate(status, 1, (_, count) => count + 1);
            }
        }
        catch (SocketException)
        {
            // The centre is gone: no answer.
        }
    }

    private sealed record Connection(Socket Node, Socket Centre)
    {
        /// <summary>With a reset: nobody says good-bye.</summary>
        public void End()
        {
            Node.Close(0);
            Centre.Close(0);
        }
    }
}
