using Toolkit.EdgeRuntime;
using Toolkit.Numerics;

namespace Toolkit.Export;

/// <summary>What an exported file says about itself, and how it is checked before it appears.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The options that are used where none are given.</summary>
    public static OnnxExportOptions Default { get; } = new();

    /// <summary>
    /// Named facts that the file carries. The command line writes <c>classes</c> (comma separated), <c>input_normalization</c>,
    /// <c>recipe</c>, <c>dataset</c>, <c>test_accuracy</c>; other keys are free.
    /// </summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Text for people who open the file.</summary>
    public string Description { get; init; } = "";

    /// <summary>The backends that must agree with the trainer; the managed engine where none are given.</summary>
    public IReadOnlyList<IInferenceBackend>? Backends { get; init; }

    /// <summary>
    /// Samples to check with, <c>[n, …]</c>, best real ones; where none are given, 32 drawn uniformly from [0, 1).
    /// </summary>
    public IReadOnlyList<Tensor<float>>? CheckInputs { get; init; }

    /// <summary>How the comparison is made: batch sizes and tolerance.</summary>
    public CrossCheckOptions Check { get; init; } = CrossCheckOptions.Default;
}
