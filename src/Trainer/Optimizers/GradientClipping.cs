using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Optimizers;

/// <summary>Bounds an arena's gradients in place, as Keras does. Norms are summed in a fixed order: the result does not depend on the threads.</summary>
internal static class GradientClipping
{
    public static void Apply(Optimizer optimizer, ParameterArena arena, WorkerPool workers)
    {
        if (optimizer.ClipNorm is { } norm)
        {
            IReadOnlyList<Parameter> parameters = arena.Parameters;
            for (int i = 0; i < parameters.Count; i++)
            {
                Span<float> gradient = parameters[i].Gradient;
                Scale(gradient, norm, Math.Sqrt(SquaredNorm(gradient)), workers);
            }
        }
        else if (optimizer.GlobalClipNorm is { } globalNorm)
        {
            // The gaps between parameters hold zeros, so that the arena is one vector.
            Scale(arena.Gradients, globalNorm, Math.Sqrt(SquaredNorm(arena.Gradients)), workers);
        }
        else if (optimizer.ClipValue is { } value)
        {
            ElementWise.Unary(new Clamp(-value, value), arena.Gradients, arena.Gradients, workers);
        }
    }

    private static double SquaredNorm(ReadOnlySpan<float> gradient) => Reduction.Dot(gradient, gradient);

    private static void Scale(Span<float> gradient, double bound, double norm, WorkerPool workers)
    {
        if (norm > bound)
        {
            ElementWise.Unary(new Factor((float)(bound / norm)), gradient, gradient, workers);
        }
    }

    /// <summary>y = factor · x.</summary>
    private readonly struct Factor(float factor) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(factor) * x;
    }
}
