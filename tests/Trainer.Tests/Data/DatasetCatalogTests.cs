using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class DatasetCatalogTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Names_are_sorted_distinct_and_found()
    {
        string[] names = [.. DatasetCatalog.All.Select(entry => entry.Name)];
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
        Assert.All(DatasetCatalog.All, entry => Assert.Same(entry, DatasetCatalog.Get(entry.Name)));
        Assert.Subset(names.ToHashSet(), new HashSet<string>
        {
            "mnist", "fashion-mnist", "synthetic-digits", "bike-sharing", "synthetic-bike", "pima", "synthetic-pima", "iris", "wine", "breast-cancer-wisconsin", "shapes",
        });
    }

    [Fact]
    public void Every_public_entry_of_the_library_is_in_the_catalogue()
    {
        DatasetEntry[] entries = [.. typeof(DatasetEntry).Assembly.GetTypes()
            .Select(type => type.GetProperty("Entry", System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(DatasetEntry))
            .Select(property => (DatasetEntry)property!.GetValue(null)!)];
        Assert.NotEmpty(entries);
        Assert.Equal(entries.OrderBy(entry => entry.Name, StringComparer.Ordinal), DatasetCatalog.All);
    }

    [Fact]
    public void Entries_say_what_they_are()
    {
        Assert.All(DatasetCatalog.All, entry =>
        {
            Assert.NotEmpty(entry.Description);
            Assert.NotEmpty(entry.WhereToGet);
            Assert.True(entry.TrainCount > 0 && entry.TestCount > 0, entry.Name);
            Assert.Equal(entry.Name.Contains("bike", StringComparison.Ordinal) || entry == ThreeLayerGrid.Entry, entry.Classes.Count == 0);
            Assert.NotEqual(1, entry.Classes.Count);
        });
    }

    [Fact]
    public void Published_files_have_the_counts_of_their_entry_and_distinct_hashes()
    {
        MnistEntry[] published = [.. DatasetCatalog.All.OfType<MnistEntry>()];
        Assert.Equal(2, published.Length);
        Assert.All(published, entry =>
        {
            Assert.Equal([entry.TrainCount, 28, 28], entry.TrainImages.Shape);
            Assert.Equal([entry.TrainCount], entry.TrainLabels.Shape);
            Assert.Equal([entry.TestCount, 28, 28], entry.TestImages.Shape);
            Assert.Equal([entry.TestCount], entry.TestLabels.Shape);
            Assert.All(entry.Mirrors, mirror => Assert.EndsWith("/", mirror.AbsoluteUri, StringComparison.Ordinal));
        });
        string[] hashes = [.. published.SelectMany(entry => new[] { entry.TrainImages, entry.TrainLabels, entry.TestImages, entry.TestLabels }).Select(file => file.Sha256)];
        Assert.Equal(8, hashes.Distinct().Count());
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }

    [Fact]
    public void Tables_have_addresses_that_end_in_their_file_and_do_not_change()
    {
        TableEntry[] tables = [.. DatasetCatalog.All.OfType<TableEntry>()];
        Assert.Equal(5, tables.Length);
        Assert.All(tables, entry =>
        {
            Assert.EndsWith($"/{entry.FileName}", entry.Address.AbsolutePath, StringComparison.Ordinal);
            Assert.Matches("/[0-9a-f]{40}/", entry.Address.AbsolutePath);
            Assert.Matches("^[0-9a-f]{64}$", entry.Sha256);
        });
    }

    [Fact]
    public void Generated_sets_have_the_counts_and_classes_of_their_entry_and_are_the_same_every_time()
    {
        foreach (DatasetEntry entry in DatasetCatalog.All.OfType<GeneratedEntry>())
        {
            DatasetSplits first = entry.Load(TinyMnist.Request(_root));
            DatasetSplits second = entry.Load(TinyMnist.Request(_root));
            Assert.Equal(entry.Name, first.Name);
            Assert.Equal((entry.TrainCount, entry.TestCount), (first.Train.Count, first.Test.Count));
            Assert.Equal(first.Train.X.Span, second.Train.X.Span);
            Assert.Equal(first.Test.Y.Span, second.Test.Y.Span);
            Assert.All(first.Test.Y.Span.ToArray(), target => Assert.True(entry.Classes.Count == 0 || (target >= 0 && target < entry.Classes.Count)));
            Assert.Equal(entry == TruthTables.Entry || entry == ThreeLayerGrid.Entry, first.Train.X.Span.SequenceEqual(entry.Load(TinyMnist.Request(_root) with { Seed = 21 }).Train.X.Span));
        }
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest_and_all()
    {
        string message = Assert.Throws<DatasetException>(() => DatasetCatalog.Get("mnits")).Message;
        string known = string.Join(", ", DatasetCatalog.All.Select(entry => entry.Name));
        Assert.Equal($"Data set 'mnits' is unknown; did you mean 'mnist'? Known: {known}.", message);
        Assert.DoesNotContain("did you mean", Assert.Throws<DatasetException>(() => DatasetCatalog.Get("qqqqqqqqqqq")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Synthetic_digits_stand_in_for_MNIST_that_is_nowhere_and_the_notice_says_so()
    {
        DatasetResolution resolution = DatasetCatalog.Resolve("mnist", "synthetic-digits", TinyMnist.Request(_root));
        Assert.True(resolution.IsFallback);
        Assert.Equal("synthetic-digits", resolution.Data.Name);
        Assert.StartsWith("Using 'synthetic-digits' (generated here, no real data) in place of 'mnist'.", resolution.Notice, StringComparison.Ordinal);
        Assert.Contains(_root["cache", "mnist"], resolution.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_stands_in_where_nothing_may() =>
        Assert.True(Assert.Throws<DatasetException>(() => DatasetCatalog.Resolve("mnist", null, TinyMnist.Request(_root))).IsUnavailable);

    [Fact]
    public void Nothing_stands_in_for_damaged_data()
    {
        _root.Folder("data", "mnist");
        File.WriteAllText(_root["data", "mnist", "train-images-idx3-ubyte"], "x");
        Assert.False(Assert.Throws<DatasetException>(() => DatasetCatalog.Resolve("mnist", "synthetic-digits", TinyMnist.Request(_root, _root["data"]))).IsUnavailable);
    }

    [Fact]
    public void Data_that_is_there_is_used_without_a_notice()
    {
        DatasetResolution resolution = DatasetCatalog.Resolve("synthetic-digits", null, TinyMnist.Request(_root));
        Assert.False(resolution.IsFallback);
        Assert.Null(resolution.Notice);
    }

    [Fact]
    public void The_request_seeds_generated_data()
    {
        DatasetEntry entry = DatasetCatalog.Get("synthetic-digits");
        Assert.Equal("embedded", entry.Find(TinyMnist.Request(_root)));
        Assert.Contains("Seed 5,", entry.Load(TinyMnist.Request(_root) with { Seed = 5 }).Source, StringComparison.Ordinal);
    }
}
