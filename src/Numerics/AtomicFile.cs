namespace Toolkit.Numerics;

/// <summary>Writes files so that a crash, a full disk or an error leaves the old file whole.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes to <c>&lt;path&gt;.&lt;random&gt;.tmp</c> in the same directory, flushes it to the disk, then moves it into
    /// place, over any file there. On failure the temporary file is removed and the old file is as it was.
    /// </summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="write">Writes the content; the stream can seek.</param>
    /// <exception cref="IOException">The file cannot be written, for instance because the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error that brought us here says more than this one.
        }
    }
}
