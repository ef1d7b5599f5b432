using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>X · coefficientsᵀ + intercepts for classic models; the coefficients are packed when the model is loaded.</summary>
internal sealed class LinearScores(float[] coefficients, float[] intercepts, int rows)
{
    private readonly PackedMatrix _packed = Gemm.Pack(true, rows, coefficients.Length / rows, coefficients, coefficients.Length / rows);

    /// <summary>The features of a sample.</summary>
    public int Features => _packed.Rows;

    /// <summary>Fills the scores of all samples, [N, rows].</summary>
    /// <param name="x">[N, F] or [F].</param>
    /// <param name="features">Scratch memory for X in float32.</param>
    /// <param name="scores">The result.</param>
    /// <param name="workers">The threads.</param>
    public void Run(Tensor x, Span<float> features, Span<float> scores, WorkerPool workers)
    {
        FeatureInput.Read(x, 0, features);
        Gemm.Multiply(scores.Length / rows, features, Features, _packed, scores, rows, intercepts, ActivationKind.None, workers);
    }
}
