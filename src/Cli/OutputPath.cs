using Toolkit.Cli.Frame;

namespace Toolkit.Cli;

/// <summary>Finds out before the work whether its result can be written.</summary>
internal static class OutputPath
{
    /// <summary>Checks a path by making and removing a file beside it.</summary>
    /// <exception cref="UsageException">The ending is another, the folder is missing or cannot be written.</exception>
    public static void RequireWritable(string path, string ending)
    {
        if (!path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"'{path}': expected a file name that ends in {ending}; choose another name.");
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"'{path}': expected a file name, got a folder; add a name to it.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"'{path}': expected a folder '{folder}', found none; make it first.");
        }

        if (FindReasonAgainst(folder) is { } reason)
        {
            throw new UsageException($"'{path}': expected a folder that can be written, got: {reason} Choose another place.");
        }
    }

    /// <summary>Why files cannot be made in a folder; null where they can.</summary>
    public static string? FindReasonAgainst(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
