using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Element-wise rounding of floating-point numbers.</summary>
internal static class RoundingKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TRounding>(NodeContext node)
        where TRounding : IRounding => node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<TRounding, float>(),
            ElementType.Float64 => new Kernel<TRounding, double>(),
            ElementType.Float16 => new Kernel<TRounding, Half>(),
            _ => throw node.UnsupportedType(0),
        };

    private sealed class Kernel<TRounding, T> : OperatorKernel
        where TRounding : IRounding
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = TRounding.Invoke(x[i]);
            }
        }
    }
}
