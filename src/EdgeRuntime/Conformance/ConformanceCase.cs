namespace Toolkit.EdgeRuntime.Conformance;

/// <summary>
/// One case of ONNX's backend tests: a folder with <c>model.onnx</c> and folders <c>test_data_set_0</c>, <c>test_data_set_1</c> and so on, each with the
/// tensors <c>input_0.pb</c>, … that are fed and <c>output_0.pb</c>, … that are expected.
/// </summary>
/// <param name="Category">The name of the folder above: <c>node</c>, <c>simple</c>, <c>pytorch-operator</c>.</param>
/// <param name="Name">The case's name, its folder's: <c>test_abs</c>.</param>
/// <param name="Folder">Where it is.</param>
public sealed record ConformanceCase(string Category, string Name, string Folder)
{
    private const string ModelName = "model.onnx";
    private const string DataPattern = "test_data_set_*";

    /// <summary>The model's file.</summary>
    public string ModelPath => Path.Combine(Folder, ModelName);

    /// <summary>The folders with inputs and outputs, in order.</summary>
    public IReadOnlyList<string> DataFolders =>
        [.. Directory.GetDirectories(Folder, DataPattern).OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal)];

    /// <summary>Every case under a folder, at any depth, sorted by category and name. The folder may be a case itself.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<ConformanceCase> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"'{folder}': expected a folder of ONNX backend tests, found none.");
        }

        return
        [
            .. Directory.EnumerateFiles(folder, ModelName, SearchOption.AllDirectories)
                .Select(model => Path.GetDirectoryName(Path.GetFullPath(model))!)
                .Where(path => Directory.EnumerateDirectories(path, DataPattern).Any())
                .Select(path => new ConformanceCase(Path.GetFileName(Path.GetDirectoryName(path)) ?? "", Path.GetFileName(path), path))
                .OrderBy(found => found.Category, StringComparer.Ordinal)
                .ThenBy(found => found.Name, StringComparer.Ordinal)
                .ThenBy(found => found.Folder, StringComparer.Ordinal),
        ];
    }

    /// <summary>As it is written in lists: <c>node/test_abs</c>.</summary>
    public override string ToString() => Category.Length == 0 ? Name : $"{Category}/{Name}";
}
