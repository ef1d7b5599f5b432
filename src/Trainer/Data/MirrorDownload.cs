using System.Net.Sockets;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Downloads the files of one data set from the first mirror that has them. A mirror that fails once is not asked
/// again, and one that sends nothing for a while is given up, so that without a network the end comes soon.
/// </summary>
internal sealed class MirrorDownload : IDisposable
{
    private readonly HttpClient _client;
    private readonly List<Uri> _mirrors;
    private readonly TimeSpan _patience;
    private readonly IProgress<DownloadProgress>? _progress;
    private readonly string _files;
    private readonly List<string> _failures = [];
    private DatasetException? _damaged;

    /// <summary>Makes a download.</summary>
    /// <param name="mirrors">Base addresses, the preferred first, each ending in a slash.</param>
    /// <param name="patience">How long a mirror may send nothing.</param>
    /// <param name="progress">Told how far each file is.</param>
    /// <param name="files">What the files are called in a message: <c>its four files</c>.</param>
    public MirrorDownload(IReadOnlyList<Uri> mirrors, TimeSpan patience, IProgress<DownloadProgress>? progress, string files)
    {
        _files = files;
        _mirrors = [.. mirrors];
        _patience = patience;
        _progress = progress;
        _client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Downloads one file.</summary>
    /// <param name="file">Its name under the mirrors' base addresses.</param>
    /// <param name="limit">The most bytes that it can have.</param>
    /// <param name="check">Throws <see cref="DatasetException"/> where the bytes are not the file; told their address for the message.</param>
    /// <param name="nowhere">The beginning of the message that all mirrors failed.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The file's bytes, checked.</returns>
    /// <exception cref="DatasetException">No mirror has the file. Unavailable, unless one sent something else in its place.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public byte[] Get(string file, int limit, Action<byte[], string> check, string nowhere, CancellationToken cancellationToken)
    {
        while (_mirrors.Count > 0)
        {
            var address = new Uri(_mirrors[0], file);
            try
            {
                // On the pool, where no caller's synchronization context can deadlock.
                byte[] content = Task.Run(() => ReceiveAsync(address, file, limit, cancellationToken), cancellationToken).GetAwaiter().GetResult();
                check(content, address.ToString());
                return content;
            }
            catch (DatasetException exception)
            {
                _damaged ??= exception;
                _mirrors.RemoveAt(0);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or TimeoutException)
            {
                _failures.Add($"{address.Host}: {exception.Message.ReplaceLineEndings(" ")}");
                _mirrors.RemoveAt(0);
            }
        }

        // Data that is not what was published is a thing to know about, whatever the other mirrors did.
        throw _damaged is not null
            ? new DatasetException($"{_damaged.Message} Nothing of the download was kept.", _damaged)
            : new DatasetException($"{nowhere}, and it could not be downloaded ({string.Join("; ", _failures)}); put {_files} in a folder and name that.") { IsUnavailable = true };
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<byte[]> ReceiveAsync(Uri address, string file, int limit, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(_patience);
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            long? total = response.Content.Headers.ContentLength;
            Stream body = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                var content = new MemoryStream();
                var buffer = new byte[1 << 16];
                int count;
                while ((count = await body.ReadAsync(buffer, silence.Token).ConfigureAwait(false)) > 0)
                {
                    content.Write(buffer, 0, count);
                    if (content.Length > limit)
                    {
                        throw new DatasetException($"{address}: expected at most {limit} bytes, got more; the mirror does not have the published file.");
                    }

                    silence.CancelAfter(_patience);
                    _progress?.Report(new DownloadProgress(file, address, content.Length, total));
                }

                return content.ToArray();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing received for {_patience.TotalSeconds:0.#} s");
        }
    }
}
