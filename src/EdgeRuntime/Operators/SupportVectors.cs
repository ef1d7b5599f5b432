using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A kernel against each of a number of vectors.</summary>
internal sealed class SupportVectors(SvmKernel kernel, float[] vectors, int count)
{
    private readonly int _features = vectors.Length / count;

    /// <summary>kernel(x, vector) for every vector.</summary>
    public void Run(ReadOnlySpan<float> x, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            WorkLimits.Poll();
            ReadOnlySpan<float> vector = vectors.AsSpan(i * _features, _features);
            double sum = 0;
            for (int j = 0; j < vector.Length; j++)
            {
                double difference = (double)x[j] - vector[j];
                sum += kernel.Kind == SvmKernelKind.Rbf ? difference * difference : (double)x[j] * vector[j];
            }

            result[i] = (float)(kernel.Kind switch
            {
                SvmKernelKind.Linear => sum,
                SvmKernelKind.Polynomial => Math.Pow((kernel.Gamma * sum) + kernel.Offset, kernel.Degree),
                SvmKernelKind.Rbf => Math.Exp(-kernel.Gamma * sum),
                _ => Math.Tanh((kernel.Gamma * sum) + kernel.Offset),
            });
        }
    }
}
