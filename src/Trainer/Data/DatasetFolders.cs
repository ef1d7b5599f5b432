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
