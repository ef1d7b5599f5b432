namespace Toolkit.Cli.Tests;

/// <summary>A folder that is removed with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("toolkit-cli-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string[] Files => [.. Directory.GetFileSystemEntries(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
