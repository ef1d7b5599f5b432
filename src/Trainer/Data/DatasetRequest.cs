namespace Toolkit.Trainer.Data;

/// <summary>
/// Where to look for a data set, in this order: <see cref="Folder"/>, the folder in the environment variable
/// <c>TOOLKIT_DATA</c>, the folder where a package of the operating system puts the data set (<see cref="FashionMnist"/>), the cache, the network.
/// </summary>
public sealed record DatasetRequest
{
    /// <summary>A folder that holds the data set's folder (<c>mnist/</c>) or its files; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether the network is off limits.</summary>
    public bool Offline { get; init; }

    /// <summary>
    /// The seed of generated data. It is no training seed: leave it as it is to train on the same data as everybody.
    /// </summary>
    public ulong Seed { get; init; } = SyntheticDigits.DefaultSeed;

    /// <summary>Told how far a download is; null for silence.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>
    /// The folder that downloads are kept in: by default <c>toolkit</c> in <c>$XDG_CACHE_HOME</c>, else in the user's local
    /// application data on Windows and in <c>~/.cache</c> elsewhere. Null where the machine has none of these.
    /// </summary>
    public string? CacheFolder { get; init; } = DatasetFolders.DefaultCache(Environment.GetEnvironmentVariable);

    /// <summary>The folder that <c>TOOLKIT_DATA</c> names; null for none.</summary>
    internal string? EnvironmentFolder { get; init; } = Environment.GetEnvironmentVariable(DatasetFolders.Variable);

    /// <summary>Base addresses to download from in place of the data set's own; null for its own.</summary>
    internal IReadOnlyList<Uri>? Mirrors { get; init; }

    /// <summary>How long a mirror may send nothing before it is given up. Two mirrors stay within ten seconds.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(4.5);
}
