using System.Runtime.ExceptionServices;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// A folder of pictures, one subfolder a class: <c>cats/1.png</c>, <c>dogs/rex.jpg</c>. Opening lists the files and decodes none;
/// <see cref="ToDataset"/> decodes all, <see cref="Batches"/> a batch at a time, for folders that do not fit in memory.
/// </summary>
/// <remarks>
/// Files that end in <c>.png</c>, <c>.jpg</c> or <c>.jpeg</c> count, hidden ones excepted; others are passed over. Every picture is stretched to one size: enlarged
/// by bilinear interpolation, shrunk by the same triangle filter widened to the pixels that fall together, so that nothing flickers. Transparency is
/// ignored. Classes and files are sorted by their characters' codes: the order is the same on every machine.
/// </remarks>
public sealed class ImageFolder
{
    private readonly string[] _files;
    private readonly int[] _labels;

    private ImageFolder(string path, string[] classes, string[] files, int[] labels, Shape sampleShape)
    {
        FolderPath = path;
        Classes = classes;
        _files = files;
        _labels = labels;
        SampleShape = sampleShape;
    }

    /// <summary>The folder.</summary>
    public string FolderPath { get; }

    /// <summary>The classes: the names of the subfolders, sorted.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The paths of the pictures, class by class.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>The class index of each picture.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>The number of pictures.</summary>
    public int Count => _files.Length;

    /// <summary>The shape of one sample, [channels, height, width]; 1 channel is grey, 3 are red, green and blue.</summary>
    public Shape SampleShape { get; }

    /// <summary>Decodes all pictures of a folder: <c>ImageFolder.Load("pets", 64)</c>.</summary>
    /// <inheritdoc cref="Open(string, int, int, bool)"/>
    /// <param name="path">The folder.</param>
    /// <param name="size">Height and width of a sample in pixels.</param>
    /// <param name="grayscale">Whether samples are grey.</param>
    /// <returns>Samples [n, channels, size, size] in [0, 1], class indices [n].</returns>
    public static Dataset Load(string path, int size, bool grayscale = false) => Open(path, size, size, grayscale).ToDataset();

    /// <summary>Lists the pictures of a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="height">Height of a sample in pixels.</param>
    /// <param name="width">Width of a sample in pixels.</param>
    /// <param name="grayscale">Whether samples are grey.</param>
    /// <exception cref="DatasetException">The folder does not exist, has no subfolders, a subfolder has no picture, or a file is no picture.</exception>
    public static ImageFolder Open(string path, int height, int width, bool grayscale = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var sampleShape = new Shape(grayscale ? 1 : 3, height, width);
        try
        {
            return List(path, sampleShape);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: expected a folder of classes that can be read, got: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>Decodes all pictures, on all processors.</summary>
    /// <returns>Samples [n, channels, height, width] in [0, 1], class indices [n].</returns>
    /// <exception cref="DatasetException">A file is no picture; the message names the first that is not.</exception>
    /// <exception cref="ArgumentException">They do not fit into one tensor; use <see cref="Batches"/>.</exception>
    public Dataset ToDataset() => Decode([.. Enumerable.Range(0, Count)]);

    /// <summary>Decodes some pictures, in the order given.</summary>
    /// <param name="indices">Their places in <see cref="Files"/>.</param>
    /// <returns>Samples [n, channels, height, width] in [0, 1], class indices [n].</returns>
    /// <exception cref="DatasetException">A file is no picture; the message names the first that is not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public Dataset Decode(params IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        int length = SampleShape.Length;
        var x = new Tensor<float>([indices.Count, .. SampleShape.Dimensions]);
        var y = new Tensor<float>([indices.Count]);
        for (int i = 0; i < indices.Count; i++)
        {
            if ((uint)indices[i] >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), $"{FolderPath}: expected pictures from 0 to {Count - 1}, got {indices[i]}.");
            }

            y.Span[i] = _labels[indices[i]];
        }

        // Whichever thread meets a bad file first, the first in order is the one to name.
        var failures = new DatasetException?[indices.Count];
        Parallel.For(0, indices.Count, i =>
        {
            try
            {
                ImageDecoder.Decode(_files[indices[i]], SampleShape, x.Span.Slice(i * length, length));
            }
            catch (DatasetException exception)
            {
                failures[i] = exception;
            }
        });
        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return new Dataset(x, y);
    }

    /// <summary>The pictures in batches that are decoded when they are asked for; the last may be smaller.</summary>
    /// <param name="batchSize">Samples a batch.</param>
    /// <param name="shuffleSeed">The seed of a random order, another one every epoch; null for the order of <see cref="Files"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    /// <exception cref="DatasetException">While a batch is fetched: a file is no picture.</exception>
    public IEnumerable<Dataset> Batches(int batchSize, ulong? shuffleSeed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        int[] order = shuffleSeed is { } seed ? Splits.Permutation(Count, seed) : [.. Enumerable.Range(0, Count)];
        return order.Chunk(batchSize).Select(batch => Decode(batch));
    }

    /// <summary>A stratified training and test part; each is decoded when it is first asked for.</summary>
    /// <param name="testShare">The share of the test part, between 0 and 1.</param>
    /// <param name="seed">The seed of the division.</param>
    /// <exception cref="ArgumentException">A class has fewer than two pictures, or the share is not between 0 and 1.</exception>
    public DatasetSplits Split(double testShare, ulong seed)
    {
        (int[] train, int[] test) = Splits.StratifiedTrainTest(Tensor.Vector<float>(Array.ConvertAll(_labels, label => (float)label)), testShare, seed);
        return new DatasetSplits(() => Decode(train), () => Decode(test))
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(FolderPath)),
            Source = $"Pictures of {FolderPath}, {Classes.Count} classes.",
            Classes = Classes,
            InputNormalization = "uint8 / 255",
        };
    }

    private static ImageFolder List(string path, Shape sampleShape)
    {
        if (!Directory.Exists(path))
        {
            throw new DatasetException($"{path}: expected a folder with a subfolder of pictures for each class, found none; check the path.");
        }

        string[] folders = [.. Directory.EnumerateDirectories(path).Where(folder => !IsHidden(folder)).Order(StringComparer.Ordinal)];
        if (folders.Length == 0)
        {
            throw new DatasetException($"{path}: expected a subfolder of pictures for each class, got none; sort the pictures into subfolders.");
        }

        var files = new List<string>();
        var labels = new List<int>();
        for (int label = 0; label < folders.Length; label++)
        {
            string[] pictures = [.. Directory.EnumerateFiles(folders[label]).Where(IsPicture).Order(StringComparer.Ordinal)];
            if (pictures.Length == 0)
            {
                throw new DatasetException($"{folders[label]}: expected pictures (.png, .jpg) of the class, got none; add some or remove the folder.");
            }

            files.AddRange(pictures);
            labels.AddRange(Enumerable.Repeat(label, pictures.Length));
        }

        return new ImageFolder(path, [.. folders.Select(folder => Path.GetFileName(folder))], [.. files], [.. labels], sampleShape);
    }

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    private static bool IsPicture(string path) => !IsHidden(path)
        && Path.GetExtension(path).ToUpperInvariant() is ".PNG" or ".JPG" or ".JPEG";
}
