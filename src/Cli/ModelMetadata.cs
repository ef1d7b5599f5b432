namespace Toolkit.Cli;

/// <summary>The named facts that our files carry.</summary>
internal static class ModelMetadata
{
    public const string ClassesKey = "classes";
    public const string InputNormalizationKey = "input_normalization";
    public const string RecipeKey = "recipe";
    public const string DatasetKey = "dataset";
    public const string SeedKey = "seed";

    /// <summary>The names of the classes by index; empty where the file names none.</summary>
    public static string[] Classes(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(ClassesKey, out string? text) && text.Length > 0 ? text.Split(',', StringSplitOptions.TrimEntries) : [];
}
