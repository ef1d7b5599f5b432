using System.Diagnostics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class MnistDownloadTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly TinyMnist _tiny = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Files_are_downloaded_once_and_then_come_from_the_cache()
    {
        using var server = LoopbackServer.Of(Compressed);
        var seen = new List<DownloadProgress>();
        DatasetRequest request = Request(server.Address) with { Progress = new Recorder(seen) };
        Assert.Equal(6, _tiny.Entry.Load(request).Train.Count);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(4, seen.Select(progress => progress.File).Distinct().Count());
        Assert.All(seen, progress => Assert.Equal(progress.BytesTotal, progress.BytesReceived));
        Assert.Equal(4, Directory.GetFiles(_root["cache", "tiny"], "*.gz").Length);

        Assert.Equal([7, 6, 5], _tiny.Entry.Load(request with { Offline = true }).Test.Y.ToArray());
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public void A_mirror_may_send_the_files_uncompressed()
    {
        using var server = LoopbackServer.Of(path => _tiny.Content.GetValueOrDefault(path.Replace(".gz", "", StringComparison.Ordinal)));
        Assert.Equal(3, _tiny.Entry.Load(Request(server.Address)).Test.Count);
        Assert.True(File.Exists(_root["cache", "tiny", "t10k-images-idx3-ubyte"]));
    }

    [Fact]
    public void Only_what_is_missing_from_the_cache_is_downloaded()
    {
        _tiny.WriteTo(_root["cache", "tiny"]);
        File.Delete(_root["cache", "tiny", "train-labels-idx1-ubyte"]);
        using var server = LoopbackServer.Of(Compressed);
        Assert.Equal(_root["cache", "tiny"], _tiny.Entry.Fetch(Request(server.Address)));
        Assert.Equal(["train-labels-idx1-ubyte.gz"], server.Requests);
    }

    [Fact]
    public void The_second_mirror_is_asked_when_the_first_lacks_a_file_and_the_first_not_again()
    {
        using var first = LoopbackServer.Of(_ => null);
        using var second = LoopbackServer.Of(Compressed);
        Assert.Equal(6, _tiny.Entry.Load(Request(first.Address, second.Address)).Train.Count);
        Assert.Single(first.Requests);
        Assert.Equal(4, second.Requests.Count);
    }

    [Fact]
    public void A_download_with_a_wrong_checksum_is_an_error_and_nothing_of_it_is_kept()
    {
        var other = new TinyMnist(variation: 1);
        using var server = LoopbackServer.Of(path => TinyMnist.Gzip(other.Content[path.Replace(".gz", "", StringComparison.Ordinal)]));
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(Request(server.Address)));
        Assert.False(exception.IsUnavailable);
        Assert.StartsWith($"{server.Address}train-images-idx3-ubyte.gz: expected SHA-256 {_tiny.Entry.TrainImages.Sha256}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(other.Entry.TrainImages.Sha256, exception.Message, StringComparison.Ordinal);
        AssertNothingKept();
    }

    [Fact]
    public void A_page_in_place_of_a_file_is_an_error_and_not_kept()
    {
        using var server = LoopbackServer.Of(_ => "<html>Please log in</html>"u8.ToArray());
        Assert.False(Assert.Throws<DatasetException>(() => _tiny.Entry.Load(Request(server.Address))).IsUnavailable);
        AssertNothingKept();
    }

    [Fact]
    public void A_mirror_that_sends_without_end_is_cut_off()
    {
        using var server = new LoopbackServer(async (_, stream, token) =>
        {
            await LoopbackServer.SendAsync(stream, "200 OK", [], promised: int.MaxValue, token);
            while (!token.IsCancellationRequested)
            {
                await stream.WriteAsync(new byte[4096], token);
            }
        });
        Assert.Contains("at most", Assert.Throws<DatasetException>(() => _tiny.Entry.Load(Request(server.Address))).Message, StringComparison.Ordinal);
        AssertNothingKept();
    }

    [Fact]
    public void A_connection_that_breaks_is_unavailable_and_nothing_is_kept()
    {
        using var server = new LoopbackServer((_, stream, token) => LoopbackServer.SendAsync(stream, "200 OK", new byte[10], promised: 100, token));
        Assert.True(Assert.Throws<DatasetException>(() => _tiny.Entry.Load(Request(server.Address))).IsUnavailable);
        AssertNothingKept();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Mirrors_that_send_nothing_are_given_up_in_time(bool beginsToAnswer)
    {
        using var server = new LoopbackServer(async (_, stream, token) =>
        {
            if (beginsToAnswer)
            {
                await LoopbackServer.SendAsync(stream, "200 OK", new byte[10], promised: 100, token);
            }

            await Task.Delay(Timeout.Infinite, token);
        });
        var clock = Stopwatch.StartNew();
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(Request(server.Address, server.Address)));
        Assert.True(exception.IsUnavailable);
        Assert.Contains("127.0.0.1: nothing received for 0.5 s", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 9);
        AssertNothingKept();
    }

    [Fact]
    public void Refused_connections_are_unavailable()
    {
        Uri address;
        using (var server = LoopbackServer.Of(_ => null))
        {
            address = server.Address;
        }

        Assert.True(Assert.Throws<DatasetException>(() => _tiny.Entry.Load(Request(address))).IsUnavailable);
    }

    [Fact]
    public void Two_silent_mirrors_stay_within_ten_seconds() =>
        Assert.InRange(new DatasetRequest().Patience.TotalSeconds * Math.Max(((MnistEntry)Mnist.Entry).Mirrors.Count, ((MnistEntry)FashionMnist.Entry).Mirrors.Count), 4, 9.5);

    [Fact]
    public void Cancelling_ends_a_download()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new LoopbackServer(async (_, _, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });
        DatasetRequest request = Request(server.Address) with { Patience = TimeSpan.FromSeconds(60) };
        Assert.ThrowsAny<OperationCanceledException>(() => _tiny.Entry.Load(request, cancel.Token));
        AssertNothingKept();
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_root["file"], "");
        using var server = LoopbackServer.Of(Compressed);
        DatasetException exception = Assert.Throws<DatasetException>(() => _tiny.Entry.Load(Request(server.Address) with { CacheFolder = _root["file"] }));
        Assert.Contains(_root["file", "tiny"], exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsUnavailable);
    }

    [Fact]
    public void Offline_asks_no_mirror()
    {
        using var server = LoopbackServer.Of(Compressed);
        Assert.Throws<DatasetException>(() => _tiny.Entry.Load(Request(server.Address) with { Offline = true }));
        Assert.Empty(server.Requests);
    }

    private DatasetRequest Request(params Uri[] mirrors) => TinyMnist.Request(_root, offline: false) with { Mirrors = mirrors };

    private byte[]? Compressed(string path) =>
        _tiny.Content.TryGetValue(path.Replace(".gz", "", StringComparison.Ordinal), out byte[]? content) ? TinyMnist.Gzip(content) : null;

    private void AssertNothingKept() =>
        Assert.True(!Directory.Exists(_root["cache"]) || Directory.GetFiles(_root["cache"], "*", SearchOption.AllDirectories).Length == 0);

    private sealed class Recorder(List<DownloadProgress> seen) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => seen.Add(value);
    }
}
