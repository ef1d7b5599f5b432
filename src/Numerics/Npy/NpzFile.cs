using System.IO.Compression;

namespace Toolkit.Numerics.Npy;

/// <summary>Reads and writes NumPy's <c>.npz</c> archives: a ZIP file with one <c>name.npy</c> an array.</summary>
public static class NpzFile
{
    private const string Extension = ".npy";

    // A fixed time makes equal arrays equal files. It is the earliest that ZIP can hold.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads all arrays of a file by their names.</summary>
    /// <exception cref="InvalidDataException">The file is no ZIP file, or an entry is no array; see <see cref="NpyFile.Read(string)"/>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads all arrays of a stream that can seek.</summary>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, "npz stream");
    }

    /// <summary>Writes arrays into a file in the order given, whole or not at all (<see cref="AtomicFile"/>).</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="arrays">Names and arrays.</param>
    /// <param name="compress">Whether to deflate them, as <c>numpy.savez_compressed</c> does.</param>
    /// <exception cref="ArgumentException">A name is empty or used twice, or elements are strings. <see cref="NpyFile"/> tells how types that NumPy lacks are written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        AtomicFile.Write(path, stream => Write(stream, arrays, compress));
    }

    /// <summary>Writes arrays to a stream.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{KeyValuePair{string, Tensor}}, bool)"/>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        var names = new HashSet<string>();
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, Tensor tensor) in arrays)
        {
            if (name.Length == 0 || !names.Add(name))
            {
                throw new ArgumentException($"npz: expected names that differ and are not empty, got '{name}'{(name.Length == 0 ? "" : " twice")}.", nameof(arrays));
            }

            ZipArchiveEntry entry = archive.CreateEntry(name + Extension, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            entry.LastWriteTime = EntryTime;
            using Stream content = entry.Open();
            NpyFile.Write(content, tensor);
        }
    }

    private static Dictionary<string, Tensor> Read(Stream stream, string name)
    {
        var arrays = new Dictionary<string, Tensor>();
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string label = $"{name}({entry.FullName})";
                if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
                {
                    throw new InvalidDataException($"{label}: expected only arrays named *.npy in an .npz file.");
                }

                using Stream content = entry.Open();
                if (!arrays.TryAdd(entry.FullName[..^Extension.Length], NpyFile.Read(content, label)))
                {
                    throw new InvalidDataException($"{label}: expected every name once in an .npz file.");
                }
            }
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}: expected an .npz file, which is a ZIP archive: {exception.Message}", exception);
        }

        return arrays;
    }
}
