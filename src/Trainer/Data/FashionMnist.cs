namespace Toolkit.Trainer.Data;

/// <summary>
/// Fashion-MNIST: 28x28 grey images of articles of clothing in MNIST's form, 60,000 for training and 10,000 for testing.
/// Source: Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning
/// algorithms", 2017, arXiv:1708.07747. On Linux it is also found where Debian's package <c>dataset-fashion-mnist</c> puts it,
/// <c>/usr/share/datasets/fashion-mnist</c>.
/// </summary>
public static class FashionMnist
{
    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new MnistEntry
    {
        Name = "fashion-mnist",
        Description = "Fashion-MNIST, 28x28 grey images of articles of clothing.",
        WhereToGet = "https://github.com/zalandoresearch/fashion-mnist (data/fashion), or 'apt install dataset-fashion-mnist' on Debian and Ubuntu",
        IsEmbedded = false,
        TrainCount = 60000,
        TestCount = 10000,
        Classes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],

        // Where Debian's package, and those of the systems that descend from it, put the files.
        SystemFolder = OperatingSystem.IsLinux() ? "/usr/share/datasets/fashion-mnist" : null,
        Mirrors =
        [
            // The first has no TLS; the checksum vouches for what it sends.
            new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            new Uri("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        ],
        TrainImages = new("train-images-idx3-ubyte", [60000, 28, 28], "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        TrainLabels = new("train-labels-idx1-ubyte", [60000], "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        TestImages = new("t10k-images-idx3-ubyte", [10000, 28, 28], "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        TestLabels = new("t10k-labels-idx1-ubyte", [10000], "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    };

    /// <summary>Loads Fashion-MNIST: samples [n, 1, 28, 28] in [0, 1], class indices [n].</summary>
    /// <param name="folder">A folder that holds the four files or a folder <c>fashion-mnist</c> of them; null looks in the other places that <see cref="DatasetRequest"/> lists.</param>
    /// <param name="offline">Whether the network is off limits.</param>
    /// <exception cref="DatasetException">The data is nowhere, or damaged.</exception>
    public static DatasetSplits Load(string? folder = null, bool offline = false) =>
        Entry.Load(new DatasetRequest { Folder = folder, Offline = offline });
}
