using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>The activations that no product's epilogue computes, over what was just written.</summary>
internal static class Activations
{
    /// <summary>values[i] = activation(values[i]), but for None and Relu, which the epilogues compute.</summary>
    public static void Apply<T>(ActivationKind activation, Span<T> values, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case ActivationKind.Sigmoid:
                ElementWise.Unary<Sigmoid, T>(default, values, values, workers);
                break;
            case ActivationKind.Tanh:
                ElementWise.Unary<HyperbolicTangent, T>(default, values, values, workers);
                break;
        }
    }
}
