namespace Toolkit.Cli;

/// <summary>The named facts that our files carry.</summary>
internal static class ModelMetadata
{
    private const string ClassesKey = "classes";

    /// <summary>The names of the classes by index; empty where the file names none.</summary>
    public static string[] Classes(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(ClassesKey, out string? text) && text.Length > 0 ? text.Split(',', StringSplitOptions.TrimEntries) : [];
}
