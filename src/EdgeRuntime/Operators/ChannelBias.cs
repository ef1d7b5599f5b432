using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What a convolution without terms gives: its bias, and its activation alone.</summary>
internal static class ChannelBias
{
    /// <summary>y[n, c, ·] = bias[c], or 0 without a bias.</summary>
    public static void Fill<T>(Span<T> y, ReadOnlySpan<T> bias, int area)
        where T : unmanaged
    {
        if (bias.IsEmpty)
        {
            y.Clear();
            return;
        }

        for (int plane = 0; plane * area < y.Length; plane++)
        {
            y.Slice(plane * area, area).Fill(bias[plane % bias.Length]);
        }
    }

    /// <summary>y = activation(y).</summary>
    public static void Activate<T>(Span<T> y, ActivationKind activation, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case ActivationKind.Relu:
                ElementWise.Unary<Relu, T>(default, y, y, workers);
                break;
            case ActivationKind.Sigmoid:
                ElementWise.Unary<Sigmoid, T>(default, y, y, workers);
                break;
            case ActivationKind.Tanh:
                ElementWise.Unary<HyperbolicTangent, T>(default, y, y, workers);
                break;
            case ActivationKind.Relu6:
                ElementWise.Unary(new Clamp(0, 6), y, y, workers);
                break;
            case ActivationKind.HardSwish:
                ElementWise.Unary<HardSwish, T>(default, y, y, workers);
                break;
            case ActivationKind.Silu:
                ElementWise.Unary<Silu, T>(default, y, y, workers);
                break;
            default:
                break;
        }
    }
}
