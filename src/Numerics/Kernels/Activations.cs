using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>What activations are made of: what a product's epilogue computes in registers, and what runs over the values that were just written.</summary>
internal static class Activations
{
    /// <summary>The greatest value of <see cref="ActivationKind.Relu6"/>.</summary>
    public const int Ceiling = 6;

    /// <summary>Whether negative results become 0, which every epilogue computes.</summary>
    public static bool IsRelu(ActivationKind activation) => activation is ActivationKind.Relu or ActivationKind.Relu6;

    /// <summary>Whether the gradient before the activation follows from its result.</summary>
    public static bool HasGradient(ActivationKind activation) => activation is >= ActivationKind.None and <= ActivationKind.Tanh;

    /// <summary>What is left of an activation over values that have been through an epilogue with <see cref="IsRelu"/>.</summary>
    public static void Apply<T>(ActivationKind activation, Span<T> values, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (activation == ActivationKind.Relu6)
        {
            ElementWise.Unary(new Clamp(0, Ceiling), values, values, workers);
        }
        else
        {
            ApplyBeyondClamps(activation, values, workers);
        }
    }

    /// <summary>The same over values that have been through an epilogue that also knows the <see cref="Ceiling"/>.</summary>
    public static void ApplyBeyondClamps<T>(ActivationKind activation, Span<T> values, WorkerPool workers)
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
            case ActivationKind.HardSwish:
                ElementWise.Unary<HardSwish, T>(default, values, values, workers);
                break;
            case ActivationKind.Silu:
                ElementWise.Unary<Silu, T>(default, values, values, workers);
                break;
        }
    }

    /// <summary>values[i] = activation(values[i]).</summary>
    public static void ApplyWhole<T>(ActivationKind activation, Span<T> values, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (activation == ActivationKind.Relu)
        {
            ElementWise.Unary<Relu, T>(default, values, values, workers);
        }
        else
        {
            Apply(activation, values, workers);
        }
    }
}
