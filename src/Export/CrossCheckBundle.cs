using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Numerics.Npy;

namespace Toolkit.Export;

/// <summary>
/// Writes a folder with which anybody can repeat a cross-check without this library: the model, the inputs and the reference's
/// outputs as NumPy archives, and a Python script that runs ONNX Runtime on them.
/// </summary>
public static class CrossCheckBundle
{
    /// <summary>The script's name in the folder.</summary>
    public const string ScriptName = "check.py";

    private const string Script = """
        #!/usr/bin/env python3
        # Repeats the comparison with ONNX Runtime: python3 check.py
        # Needs: pip install numpy onnxruntime
        import pathlib
        import sys

        import numpy as np
        import onnxruntime as ort

        TOLERANCE = {tolerance}
        REFERENCE = "{reference}"

        here = pathlib.Path(__file__).resolve().parent
        session = ort.InferenceSession(str(here / "model.onnx"), providers=["CPUExecutionProvider"])
        inputs = dict(np.load(here / "inputs.npz"))
        expected = dict(np.load(here / "outputs.npz"))
        names = [output.name for output in session.get_outputs()]
        agrees = True
        for name, actual in zip(names, session.run(names, inputs)):
            reference = expected[name].astype(np.float64)
            difference = np.abs(actual.astype(np.float64) - reference)
            within = bool(np.all(difference <= TOLERANCE * np.maximum(1.0, np.abs(reference))))
            agrees = agrees and within
            print(f"{name}: max |onnxruntime - {REFERENCE}| = {difference.max(initial=0.0):.3g} over {reference.shape}, "
                  f"{'agrees' if within else 'DISAGREES'} (tolerance {TOLERANCE})")
        sys.exit(0 if agrees else 1)
        """;

    /// <summary>Writes <c>model.onnx</c>, <c>inputs.npz</c>, <c>outputs.npz</c> and <c>check.py</c>; makes the folder where there is none.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="model">The bytes of the .onnx file.</param>
    /// <param name="inputs">What was fed, by name.</param>
    /// <param name="outputs">What the reference gave, by name.</param>
    /// <param name="report">The comparison.</param>
    /// <exception cref="ArgumentException">The batch is fixed and the inputs hold several batches, which one run cannot repeat.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(
        string directory,
        ReadOnlyMemory<byte> model,
        IReadOnlyDictionary<string, Tensor> inputs,
        IReadOnlyDictionary<string, Tensor> outputs,
        CrossCheckReport report)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(report);
        if (report.BatchSizes[^1] > 0 && report.BatchSizes[^1] < report.Samples)
        {
            throw new ArgumentException(
                $"Bundle '{directory}': expected as many samples as the model's fixed batch of {report.BatchSizes[^1]}, got {report.Samples}; change the number of samples.", nameof(inputs));
        }

        Directory.CreateDirectory(directory);
        string script = Script
            .Replace("{tolerance}", report.Tolerance.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{reference}", report.Reference, StringComparison.Ordinal)
            .ReplaceLineEndings("\n");
        AtomicFile.Write(Path.Combine(directory, "model.onnx"), stream => stream.Write(model.Span));
        NpzFile.Write(Path.Combine(directory, "inputs.npz"), inputs);
        NpzFile.Write(Path.Combine(directory, "outputs.npz"), outputs);
        AtomicFile.Write(Path.Combine(directory, ScriptName), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(script + "\n")));
    }
}
