namespace Toolkit.Trainer.Data;

/// <summary>
/// MNIST: 28x28 grey images of handwritten digits, 60,000 for training and 10,000 for testing. Source: LeCun, Cortes and
/// Burges, "The MNIST database of handwritten digits"; LeCun et al., "Gradient-based learning applied to document
/// recognition", Proceedings of the IEEE, 1998.
/// </summary>
public static class Mnist
{
    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new MnistEntry
    {
        Name = "mnist",
        Description = "MNIST, 28x28 grey images of handwritten digits.",
        WhereToGet = "https://storage.googleapis.com/cvdf-datasets/mnist/ (train-images-idx3-ubyte.gz and three more)",
        IsEmbedded = false,
        TrainCount = 60000,
        TestCount = 10000,
        Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Mirrors =
        [
            new Uri("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        ],
        TrainImages = new("train-images-idx3-ubyte", [60000, 28, 28], "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        TrainLabels = new("train-labels-idx1-ubyte", [60000], "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        TestImages = new("t10k-images-idx3-ubyte", [10000, 28, 28], "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        TestLabels = new("t10k-labels-idx1-ubyte", [10000], "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    };

    /// <summary>Loads MNIST: samples [n, 1, 28, 28] in [0, 1], class indices [n]. <c>Flat()</c> and <c>OneHot(10)</c> give the book's form.</summary>
    /// <param name="folder">A folder that holds the four files or a folder <c>mnist</c> of them; null looks in the other places that <see cref="DatasetRequest"/> lists.</param>
    /// <param name="offline">Whether the network is off limits.</param>
    /// <exception cref="DatasetException">The data is nowhere, or damaged.</exception>
    public static DatasetSplits Load(string? folder = null, bool offline = false) =>
        Entry.Load(new DatasetRequest { Folder = folder, Offline = offline });
}
