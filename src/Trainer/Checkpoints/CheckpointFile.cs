using System.Buffers.Binary;
using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Weights;

namespace Toolkit.Trainer.Checkpoints;

/// <summary>
/// The files of a checkpoint folder: <c>checkpoint-000012.safetensors</c>, numbered upwards. Each is a safetensors file whose metadata say format,
/// version and fingerprint, and whose last tensor, <c>checksum</c> (U8 [4]), is the CRC-32C of every byte before it, little endian.
/// </summary>
internal static class CheckpointFile
{
    public const string Format = "toolkit-checkpoint";
    public const string Version = "1";
    private const string FormatKey = "format";
    private const string VersionKey = "version";
    private const string FingerprintKey = "fingerprint";
    private const string ChecksumName = "checksum";
    private const string Prefix = "checkpoint-";
    private const string Ending = ".safetensors";

    /// <summary>The checkpoints of a folder with their numbers, the newest first.</summary>
    public static IReadOnlyList<(string Path, int Number)> List(string folder)
    {
        var found = new List<(string Path, int Number)>();
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateFiles(folder, $"{Prefix}*{Ending}"))
            {
                if (int.TryParse(Path.GetFileName(path).AsSpan()[Prefix.Length..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    found.Add((path, number));
                }
            }
        }

        found.Sort((a, b) => b.Number.CompareTo(a.Number));
        return found;
    }

    public static string PathOf(string folder, int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D6}{Ending}"));

    /// <summary>Removes what a killed process left of a file that it was writing.</summary>
    public static void RemoveRemains(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, $"{Prefix}*{Ending}.*.tmp"))
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes a checkpoint: when this returns, it is on the disk.</summary>
    public static void Write(string path, SavedState state, Fingerprint fingerprint)
    {
        var checksum = new Tensor<byte>([sizeof(uint)]);
        var metadata = new Dictionary<string, string>
        {
            [FormatKey] = Format,
            [VersionKey] = Version,
            [FingerprintKey] = string.Join('\n', fingerprint.Lines),
        };
        var file = new SafetensorsFile(state.Values.Append(KeyValuePair.Create(ChecksumName, (Tensor)checksum)), metadata);
        AtomicFile.Write(path, stream =>
        {
            file.Write(stream);
            long covered = stream.Length - sizeof(uint);
            stream.Position = 0;
            BinaryPrimitives.WriteUInt32LittleEndian(checksum.Span, Crc32C.Compute(stream, covered));
            stream.Position = covered;
            stream.Write(checksum.Span);
        });
    }

    /// <summary>Reads a checkpoint and says whether it is whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fingerprint">Receives the facts of the training that it belongs to.</param>
    /// <param name="damage">What is wrong with a file that is not whole; else null.</param>
    /// <returns>The state, or null where the file is not whole.</returns>
    /// <exception cref="CheckpointException">It is whole but of another version.</exception>
    public static SavedState? Read(string path, out IReadOnlyList<string> fingerprint, out string? damage)
    {
        fingerprint = [];
        SafetensorsFile file;
        try
        {
            using FileStream stream = File.OpenRead(path);
            file = SafetensorsFile.Read(stream, path);
            damage = DamageOf(file, stream, path);
        }
        catch (SafetensorsException exception)
        {
            damage = exception.Message;
            return null;
        }

        if (damage is not null)
        {
            return null;
        }

        if (file.Metadata.GetValueOrDefault(VersionKey) is var version && version != Version)
        {
            throw new CheckpointException($"Checkpoint '{path}': expected version {Version}, got {version}; go on with the toolkit that wrote it, or train afresh in another folder.");
        }

        fingerprint = file.Metadata.GetValueOrDefault(FingerprintKey, "").Split('\n');
        return new SavedState(file.Tensors.Where(pair => pair.Key != ChecksumName));
    }

    private static string? DamageOf(SafetensorsFile file, FileStream stream, string path)
    {
        if (file.Metadata.GetValueOrDefault(FormatKey) != Format || file.Tensors.GetValueOrDefault(ChecksumName) is not Tensor<byte> { Length: sizeof(uint) } checksum)
        {
            return $"{path}: expected a checkpoint, got another safetensors file.";
        }

        stream.Position = 0;
        uint computed = Crc32C.Compute(stream, stream.Length - sizeof(uint));
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(checksum.Span);
        return computed == stored ? null : $"{path}: expected the checksum {stored:x8}, got {computed:x8}; the file is damaged.";
    }
}
