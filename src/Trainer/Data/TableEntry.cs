using System.Security.Cryptography;

namespace Toolkit.Trainer.Data;

/// <summary>A published data set of one CSV file: found in a folder or in the cache, else downloaded and checked.</summary>
internal sealed class TableEntry : DatasetEntry
{
    /// <summary>The folder that the file lies in: <c>tabular</c>.</summary>
    public required string FolderName { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>Where the published file is downloaded.</summary>
    public required Uri Address { get; init; }

    /// <summary>The published file's SHA-256 in lower-case hexadecimal. A file that is already here need not have it: line ends may differ.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The published file's length in bytes.</summary>
    public required int Size { get; init; }

    /// <summary>The rows that the published file gives.</summary>
    public required int RowCount { get; init; }

    /// <summary>How the file is read.</summary>
    public required CsvOptions Options { get; init; }

    /// <summary>Makes the parts: told the table, the data set's name, and a sentence on where it came from.</summary>
    public required Func<CsvTable, DatasetEntry, string, DatasetSplits> Split { get; init; }

    public override string? Find(DatasetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        IEnumerable<string> folders = DatasetFolders.Candidates(request, FolderName);
        return folders.Append(DatasetFolders.Cache(request, FolderName)).OfType<string>().FirstOrDefault(folder => File.Exists(Path.Combine(folder, FileName)));
    }

    public override string Fetch(DatasetRequest request, CancellationToken cancellationToken = default)
    {
        if (Find(request) is { } found)
        {
            return found;
        }

        string what = $"{FolderName}/{FileName}";
        string cache = DatasetFolders.CacheToDownloadTo(request, Name, FolderName, what, out string nowhere);
        using var download = new MirrorDownload(request.Mirrors ?? [new Uri(Address, ".")], request.Patience, request.Progress, what);
        byte[] content = download.Get(Path.GetFileName(Address.LocalPath), Size, Check, nowhere, cancellationToken);
        DatasetFolders.Keep(Path.Combine(cache, FileName), content);
        return cache;
    }

    public override DatasetSplits Load(DatasetRequest request, CancellationToken cancellationToken = default)
    {
        string path = Path.Combine(Fetch(request, cancellationToken), FileName);
        CsvTable table = CsvTable.Read(path, Options);
        return table.RowCount == RowCount
            ? Split(table, this, $"{Description} Read from {path}.")
            : throw new DatasetException($"{path}: expected the {RowCount} rows of {Name}, got {table.RowCount}; get the published file again.");
    }

    private void Check(byte[] content, string address)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (hash != Sha256)
        {
            throw new DatasetException($"{address}: expected SHA-256 {Sha256} ({Name}), got {hash}; what was downloaded is not the published file.");
        }
    }
}
