using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>The folders that data sets are looked for in.</summary>
internal static class DatasetFolders
{
    /// <summary>The environment variable that names a folder of data sets.</summary>
    public const string Variable = "TOOLKIT_DATA";

    /// <summary>The folders to look in for one data set, in order, downloads' own excepted.</summary>
    /// <exception cref="DatasetException">The request's folder does not exist.</exception>
    public static IReadOnlyList<string> Candidates(DatasetRequest request, string name)
    {
        var folders = new List<string>();
        if (request.Folder is { } folder)
        {
            if (!Directory.Exists(folder))
            {
                throw new DatasetException($"Data folder '{folder}': expected a folder, found none; check the path.");
            }

            folders.Add(Path.Combine(folder, name));
            folders.Add(folder);
        }

        if (!string.IsNullOrEmpty(request.EnvironmentFolder))
        {
            folders.Add(Path.Combine(request.EnvironmentFolder, name));
        }

        return folders;
    }

    /// <summary>The cache's folder of one data set; null where the machine has no cache.</summary>
    public static string? Cache(DatasetRequest request, string name) =>
        request.CacheFolder is { Length: > 0 } cache ? Path.Combine(cache, name) : null;

    /// <summary>The folder to download to, where the network may be used and there is a cache.</summary>
    /// <param name="request">Where was looked.</param>
    /// <param name="name">The data set.</param>
    /// <param name="folderName">Its folder.</param>
    /// <param name="files">What its files are called in a message: <c>its four files</c>.</param>
    /// <param name="nowhere">Receives the beginning of a message that says where was looked in vain.</param>
    /// <exception cref="DatasetException">There is no cache, or the network is off limits.</exception>
    public static string CacheToDownloadTo(DatasetRequest request, string name, string folderName, string files, out string nowhere)
    {
        string? cache = Cache(request, folderName);
        string places = string.Join(", ", Candidates(request, folderName).Append(cache).OfType<string>());
        nowhere = places.Length == 0 ? $"Data set '{name}': no folder to look in" : $"Data set '{name}': not in {places}";
        return request.Offline
            ? throw new DatasetException($"{nowhere}, and the network is off limits; put {files} in one of these folders, or allow the network.") { IsUnavailable = true }
            : cache ?? throw new DatasetException($"{nowhere}, and there is no cache to download to; set XDG_CACHE_HOME, or put {files} in a folder and name that.") { IsUnavailable = true };
    }

    /// <summary>Writes what was downloaded.</summary>
    /// <exception cref="DatasetException">The disk is full, or the folder cannot be written.</exception>
    public static void Keep(string path, byte[] content)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, stream => stream.Write(content));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{path}: cannot keep the downloaded file: {exception.Message.ReplaceLineEndings(" ")}; free the disk, or set XDG_CACHE_HOME to a folder that can be written.", exception);
        }
    }

    /// <summary>The cache of all data sets; null where the machine has no place for one.</summary>
    public static string? DefaultCache(Func<string, string?> variable)
    {
        // The XDG base directory specification: a relative path is invalid and ignored.
        string? root = variable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(root) || !Path.IsPathFullyQualified(root))
        {
            root = OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache") : "";
        }

        return root.Length == 0 ? null : Path.Combine(root, "toolkit");
    }
}
