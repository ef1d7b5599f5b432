namespace Toolkit.Conformance.Tests;

/// <summary>A folder of cases that may be on this machine.</summary>
internal static class CaseFolder
{
    /// <summary>The environment variable that names a folder of ONNX's backend tests.</summary>
    public const string Variable = "TOOLKIT_ONNX_TESTS";

    /// <summary>Where Debian's package libonnx-testdata puts the cases of ONNX 1.12.</summary>
    public const string Debian = "/usr/share/libonnx-testdata/data";

    /// <summary>The cases of the variable's folder.</summary>
    public const string Newest = "onnx";

    /// <summary>Debian's cases.</summary>
    public const string Older = "onnx-1.12";

    /// <summary>The folder of a set of cases, or null where it is not here.</summary>
    public static string? Find(string set) => (set == Older ? Debian : Environment.GetEnvironmentVariable(Variable)) is { } folder && Directory.Exists(folder) ? folder : null;

    /// <summary>What to do to have a set of cases.</summary>
    public static string HowToGet(string set) => set == Older
        ? "Debian's package libonnx-testdata is not installed."
        : $"Environment variable {Variable} does not name a folder (onnx/backend/test/data of the repository github.com/onnx/onnx).";
}
