using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>A published data set of four IDX files: found in a folder or in the cache, else downloaded, and always checked.</summary>
internal sealed class MnistEntry : DatasetEntry
{
    private const string FilesInWords = "its four files";

    /// <summary>The addresses that hold the files, named as published and ending in <c>.gz</c>.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>Where a package of the operating system puts the files; null where there is none.</summary>
    public string? SystemFolder { get; init; }

    public required MnistFile TrainImages { get; init; }

    public required MnistFile TrainLabels { get; init; }

    public required MnistFile TestImages { get; init; }

    public required MnistFile TestLabels { get; init; }

    private MnistFile[] Files => [TrainImages, TrainLabels, TestImages, TestLabels];

    public override string? Find(DatasetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? system = Directory.Exists(SystemFolder) ? SystemFolder : null;
        foreach (string folder in DatasetFolders.Candidates(request, Name).Append(system).OfType<string>())
        {
            MnistFile[] missing = Missing(folder);
            if (missing.Length == 0)
            {
                return folder;
            }

            if (missing.Length < Files.Length)
            {
                throw new DatasetException(
                    $"{folder}: expected the four files of {Name}, plain or .gz, got all but {string.Join(", ", missing.Select(file => file.Name))}; add what is missing.");
            }
        }

        // What an interrupted download left in the cache is completed by Fetch.
        return DatasetFolders.Cache(request, Name) is { } cache && Missing(cache).Length == 0 ? cache : null;
    }

    public override string Fetch(DatasetRequest request, CancellationToken cancellationToken = default)
    {
        if (Find(request) is { } found)
        {
            return found;
        }

        string cache = DatasetFolders.CacheToDownloadTo(request, Name, Name, FilesInWords, out string nowhere);
        using var download = new MirrorDownload(request.Mirrors ?? Mirrors, request.Patience, request.Progress, FilesInWords);
        foreach (MnistFile file in Missing(cache))
        {
            Download(download, file, cache, nowhere, cancellationToken);
        }

        return cache;
    }

    public override DatasetSplits Load(DatasetRequest request, CancellationToken cancellationToken = default)
    {
        string folder = Fetch(request, cancellationToken);
        return new DatasetSplits(() => LoadPart(folder, TrainImages, TrainLabels), () => LoadPart(folder, TestImages, TestLabels))
        {
            Name = Name,
            Source = $"{Description} Read from {folder}.",
            Classes = Classes,
            InputNormalization = "uint8 / 255",
        };
    }

    private Dataset LoadPart(string folder, MnistFile imagesFile, MnistFile labelsFile)
    {
        string imagesPath = Locate(folder, imagesFile) ?? Path.Combine(folder, imagesFile.Name);
        string labelsPath = Locate(folder, labelsFile) ?? Path.Combine(folder, labelsFile.Name);
        Tensor<byte> labels = IdxImages.ReadLabels(labelsPath, Classes.Count);
        labelsFile.Check(labels, labelsPath, Name);
        Tensor<byte> images = IdxImages.ReadImages(imagesPath);
        imagesFile.CheckShape(images, imagesPath, Name);

        // Beside the scaling, which waits for memory where this computes.
        Task hashed = Task.Run(() => imagesFile.CheckHash(images, imagesPath, Name));
        Dataset part = IdxImages.ToDataset(images, labels, imagesPath, labelsPath);
        hashed.GetAwaiter().GetResult();
        return part;
    }

    private void Download(MirrorDownload download, MnistFile file, string cache, string nowhere, CancellationToken cancellationToken)
    {
        // A whole gzip file is never much longer than its content, so that nothing longer need be received.
        int limit = file.Size + (file.Size / 64) + 1024;
        byte[] content = download.Get(
            file.Name + ".gz",
            limit,
            (bytes, address) => file.Check(IdxFile.Read(new MemoryStream(bytes, writable: false), address), address, Name),
            nowhere,
            cancellationToken);
        bool gzip = content is [0x1F, 0x8B, ..];
        DatasetFolders.Keep(Path.Combine(cache, gzip ? file.Name + ".gz" : file.Name), content);
    }

    private MnistFile[] Missing(string folder) => Array.FindAll(Files, file => Locate(folder, file) is null);

    private static string? Locate(string folder, MnistFile file) =>
        file.Spellings.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
