using System.Xml.Linq;

namespace Toolkit.Architecture.Tests;

/// <summary>The checkout that the tests were built from, read as text.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string SourceRoot { get; } = Path.Combine(Root, "src");

    /// <summary>Every project file below src, by project name without the prefix: <c>Numerics</c>.</summary>
    public static IReadOnlyDictionary<string, XDocument> SourceProjects { get; } = Directory
        .EnumerateFiles(SourceRoot, "*.csproj", SearchOption.AllDirectories)
        .Where(IsOurs)
        .ToDictionary(ProjectName, XDocument.Load);

    public static IEnumerable<string> AllProjectFiles() => Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories).Where(IsOurs);

    public static IEnumerable<string> SourceFiles(string folder = "src") =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Where(IsOurs);

    public static string ProjectName(string path) => Path.GetFileNameWithoutExtension(path).Replace("Toolkit.", "", StringComparison.Ordinal);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static bool IsOurs(string path) =>
        !Relative(path).Split('/').Any(part => part is "bin" or "obj" or "artifacts" or ".git");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Toolkit.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Toolkit.sln was not found above the test's folder.");
    }
}
