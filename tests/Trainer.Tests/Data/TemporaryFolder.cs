namespace Toolkit.Trainer.Tests.Data;

/// <summary>A fresh folder that is removed at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("toolkit-tests-").FullName;

    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    public string Folder(params string[] names) => Directory.CreateDirectory(this[names]).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
