using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Toolkit.Trainer.Tests.Data;

/// <summary>A web server on this machine that answers GET as a test wants it to, one request a connection.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _loop;

    /// <param name="answer">Told the requested path without its slash; writes the whole response.</param>
    public LoopbackServer(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _loop = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    /// <summary>The paths asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>A server of files; 404 for any other.</summary>
    public static LoopbackServer Of(Func<string, byte[]?> content) => new(async (path, stream, token) =>
    {
        byte[]? body = content(path);
        await SendAsync(stream, body is null ? "404 Not Found" : "200 OK", body ?? [], token: token);
    });

    /// <summary>Sends a response whose header promises <paramref name="promised"/> bytes, by default as many as there are.</summary>
    public static async Task SendAsync(NetworkStream stream, string status, byte[] body, int? promised = null, CancellationToken token = default)
    {
        string header = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Length: {promised ?? body.Length}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(header), token);
        await stream.WriteAsync(body, token);
        await stream.FlushAsync(token);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _loop.Wait(TimeSpan.FromSeconds(5));
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                string path = (await reader.ReadLineAsync(_stop.Token) ?? "").Split(' ') is [_, var target, ..] ? target.TrimStart('/') : "";
                Requests.Enqueue(path);
                while (!string.IsNullOrEmpty(await reader.ReadLineAsync(_stop.Token)))
                {
                    // The rest of the request's header says nothing that matters here.
                }

                await _answer(path, stream, _stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client went away, as some tests want it to.
            }
        }
    }
}
