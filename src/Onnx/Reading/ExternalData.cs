using System.Globalization;
using Google.Protobuf.Collections;
using Microsoft.Win32.SafeHandles;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>
/// Reads the elements of tensors that lie in files beside the model, and only in the folder that the caller has granted: relative names without
/// <c>..</c>, regular files that no component reaches through a link, ranges within them.
/// </summary>
internal static class ExternalData
{
    private static readonly string[] Keys = ["location", "offset", "length", "checksum"];

    /// <summary>Reads a tensor from its file. Nothing is allocated before everything that the model says of the file has been checked.</summary>
    /// <param name="proto">The stored tensor.</param>
    /// <param name="bytes">What its shape and type take.</param>
    /// <param name="allocate">Takes that memory.</param>
    /// <param name="what">Whose tensor it is, for messages.</param>
    /// <param name="limits">The limits, with the folder.</param>
    /// <exception cref="OnnxModelException">No folder is granted, what the model says of the file makes no sense, or it leads out of the folder; the message says which tensor.</exception>
    public static Tensor Read(TensorProto proto, long bytes, Func<Tensor> allocate, string what, OnnxLimits limits)
    {
        Dictionary<string, string> entries = ReadEntries(proto.ExternalData, what);
        string location = entries.GetValueOrDefault("location", "");
        if (limits.ExternalDataFolder is not { Length: > 0 } folder)
        {
            throw new OnnxModelException(
                $"{what}: its data is in another file ('{location}'), and no folder is granted to read it from; set OnnxLimits.ExternalDataFolder (on the command line --external-data DIR), or save the model with all tensors inside.");
        }

        long offset = ReadNumber(entries, "offset", 0, what);
        long length = ReadNumber(entries, "length", bytes, what);
        if (length != bytes)
        {
            throw new OnnxModelException($"{what}: expected {bytes} bytes of external data for its shape and type, got a length of {length}.");
        }

        limits.Usage?.AddExternalBytes(length, limits, what);
        string path = Resolve(folder, location, what);
        if (length == 0)
        {
            return allocate();
        }

        try
        {
            using SafeFileHandle file = Open(path, location, what);
            long available = RandomAccess.GetLength(file);
            if (offset > available - length)
            {
                throw new OnnxModelException($"{what}: expected bytes {offset} to {(Int128)offset + length} within '{location}', which has {available}.");
            }

            Tensor tensor = allocate();
            Span<byte> target = tensor.Bytes;
            for (int done = 0; done < target.Length;)
            {
                int read = RandomAccess.Read(file, target[done..], offset + done);
                done += read > 0 ? read : throw new OnnxModelException($"{what}: '{location}' ended before the bytes that it had.");
            }

            return tensor;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new OnnxModelException($"{what}: '{location}' cannot be read: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string> ReadEntries(RepeatedField<StringStringEntryProto> stored, string what)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (StringStringEntryProto entry in stored)
        {
            if (!Keys.Contains(entry.Key, StringComparer.Ordinal))
            {
                throw new OnnxModelException($"{what}: expected {string.Join(", ", Keys)} of its external data, got '{entry.Key}'.");
            }

            if (!entries.TryAdd(entry.Key, entry.Value))
            {
                throw new OnnxModelException($"{what}: '{entry.Key}' of its external data is there twice.");
            }
        }

        return entries;
    }

    private static long ReadNumber(Dictionary<string, string> entries, string key, long absent, string what) => !entries.TryGetValue(key, out string? text) ? absent
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
        : throw new OnnxModelException($"{what}: expected a number of 0 or more as '{key}' of its external data, got '{text}'.");

    // Every part of the name is looked at, and none may be a link: what a link leads to is not in the folder, whatever its own place.
    private static string Resolve(string folder, string location, string what)
    {
        string[] parts = location.Split('/');
        if (Path.IsPathRooted(location) || location.AsSpan().IndexOfAny("\\:\0") >= 0 || Array.Exists(parts, part => part is "" or "." or ".." || part != part.Trim()))
        {
            throw new OnnxModelException($"{what}: expected the name of a file in the folder of external data, relative, separated by '/', without '.' and '..', got '{location}'.");
        }

        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string path = root;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            var file = new FileInfo(path);
            try
            {
                if (file.LinkTarget is not null || (file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint)))
                {
                    throw new OnnxModelException($"{what}: '{part}' of '{location}' is a link, which is not followed; put the file itself into the folder.");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new OnnxModelException($"{what}: '{location}' cannot be read: {exception.Message}", exception);
            }
        }

        string full = Path.GetFullPath(path);
        bool contained = full.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return contained && File.Exists(full) ? full
            : throw new OnnxModelException($"{what}: its data is in '{location}', of which there is no file in '{folder}'; check the folder that is granted.");
    }

    // The file is judged before it is opened, because opening a pipe waits for its other end, and again by its handle, in case it was exchanged between.
    private static SafeFileHandle Open(string path, string location, string what)
    {
        FileIdentity? before = FileIdentity.Of(path);
        Require(before);
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            FileIdentity? after = before is null ? null : FileIdentity.Of(file);
            Require(after);
            return before == after ? file : throw new OnnxModelException($"{what}: '{location}' changed while it was opened.");
        }
        catch
        {
            file.Dispose();
            throw;
        }

        void Require(FileIdentity? identity)
        {
            if (identity is { IsRegular: false })
            {
                throw new OnnxModelException($"{what}: expected '{location}' to be a file, got a device, a pipe or a link.");
            }

            if (identity is { Links: > 1 })
            {
                throw new OnnxModelException($"{what}: '{location}' has {identity.Value.Links} names (hard links), so it may belong elsewhere; copy it.");
            }
        }
    }
}
