using System.Text;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class TableEntryTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_file_is_found_in_the_folder_then_the_environment_then_the_cache()
    {
        TableEntry entry = Entry();
        DatasetRequest request = TinyMnist.Request(_root, _root.Folder("folder"), _root.Folder("environment"));
        Assert.Null(entry.Find(request));
        foreach (string[] place in (string[][])[["cache", "tabular"], ["environment", "tabular"], ["folder"], ["folder", "tabular"]])
        {
            _root.Folder(place);
            File.WriteAllText(_root[[.. place, "tiny.csv"]], Content);
            Assert.Equal(_root[place], entry.Find(request));
        }

        DatasetSplits data = entry.Load(request);
        Assert.Equal(["x"], data.FeatureNames);
        Assert.Equal(10, data.Table!.RowCount);
        Assert.Equal(2, data.Test.Count);
        Assert.Contains(_root["folder", "tabular"], data.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Offline_and_nowhere_is_unavailable_and_says_where_it_looked()
    {
        DatasetException exception = Assert.Throws<DatasetException>(() => Entry().Load(TinyMnist.Request(_root, _root.Folder("folder"))));
        Assert.True(exception.IsUnavailable);
        Assert.Equal(
            $"Data set 'tiny': not in {_root["folder", "tabular"]}, {_root["folder"]}, {_root["cache", "tabular"]}, and the network is off limits; put tabular/tiny.csv in one of these folders, or allow the network.",
            exception.Message);
    }

    [Fact]
    public void A_file_is_downloaded_once_checked_and_kept()
    {
        using var server = LoopbackServer.Of(path => path == "tiny.csv" ? Encoding.UTF8.GetBytes(Content) : null);
        DatasetRequest request = TinyMnist.Request(_root, offline: false) with { Mirrors = [server.Address] };
        Assert.Equal(8, Entry().Load(request).Train.Count);
        Assert.Equal(8, Entry().Load(request with { Offline = true }).Train.Count);
        Assert.Equal(["tiny.csv"], server.Requests);
    }

    [Fact]
    public void A_download_with_another_checksum_is_refused_and_not_kept()
    {
        using var server = LoopbackServer.Of(_ => Encoding.UTF8.GetBytes(Content.Replace('1', '2')));
        DatasetRequest request = TinyMnist.Request(_root, offline: false) with { Mirrors = [server.Address] };
        DatasetException exception = Assert.Throws<DatasetException>(() => Entry().Load(request));
        Assert.False(exception.IsUnavailable);
        Assert.Contains("expected SHA-256", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_root["cache", "tabular"]));
    }

    [Fact]
    public void A_server_that_has_no_such_file_is_unavailable()
    {
        using var server = LoopbackServer.Of(_ => null);
        DatasetRequest request = TinyMnist.Request(_root, offline: false) with { Mirrors = [server.Address] };
        DatasetException exception = Assert.Throws<DatasetException>(() => Entry().Load(request));
        Assert.True(exception.IsUnavailable);
        Assert.Contains("put tabular/tiny.csv in a folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_rows_missing_is_damaged_and_nothing_stands_in_for_it()
    {
        _root.Folder("data", "tabular");
        File.WriteAllText(_root["data", "tabular", "pima-indians-diabetes.csv"], "6,148,72,35,0,33.6,0.627,50,1\n");
        DatasetException exception = Assert.Throws<DatasetException>(() => DatasetCatalog.Resolve("pima", "synthetic-pima", TinyMnist.Request(_root, _root["data"])));
        Assert.False(exception.IsUnavailable);
        Assert.Contains("expected the 768 rows of pima, got 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_table_stands_in_for_one_that_is_nowhere()
    {
        DatasetResolution resolution = DatasetCatalog.Resolve("bike-sharing", "synthetic-bike", TinyMnist.Request(_root));
        Assert.Equal("synthetic-bike", resolution.Data.Name);
        Assert.StartsWith("Using 'synthetic-bike' (generated here, no real data) in place of 'bike-sharing'.", resolution.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bike_table_with_a_column_missing_says_which()
    {
        _root.Folder("data", "bike-sharing");
        File.WriteAllText(_root["data", "bike-sharing", "hour.csv"], "instant,dteday,season\n1,2011-01-01,1\n");
        string message = Assert.Throws<DatasetException>(() => BikeSharing.Load(_root["data"], offline: true)).Message;
        Assert.Contains("hour.csv line 1: expected the columns 'yr', 'mnth', 'hr',", message, StringComparison.Ordinal);
        Assert.Contains("got only 'instant', 'dteday', 'season'", message, StringComparison.Ordinal);
    }

    private static readonly string Content = string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},{i % 2}\n"));

    private static TableEntry Entry() => new()
    {
        Name = "tiny",
        Description = "Tiny.",
        WhereToGet = "nowhere",
        IsEmbedded = false,
        TrainCount = 8,
        TestCount = 2,
        RowCount = 10,
        Classes = ["even", "odd"],
        FolderName = "tabular",
        FileName = "tiny.csv",
        Address = new Uri("http://127.0.0.1:9/tiny.csv"),
        Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Content))),
        Size = Content.Length,
        Options = ClassTable.Options(["x"], "y", ["0", "1"]),
        Split = (table, entry, source) => ClassTable.Split(table, entry, source, ["x"], "y"),
    };
}
