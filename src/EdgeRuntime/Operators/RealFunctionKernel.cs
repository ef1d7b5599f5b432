using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Element-wise functions that the vector kernels have no formula for, by way of float64: in float32 the result is the nearest
/// number, but for the few that float64 leaves at a tie; whole numbers stay exact.
/// </summary>
internal static class RealFunctionKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TFunction>(NodeContext node)
        where TFunction : IRealFunction => node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<TFunction, float>(),
            ElementType.Float64 => new Kernel<TFunction, double>(),
            _ => throw node.UnsupportedType(0),
        };

    private sealed class Kernel<TFunction, T> : OperatorKernel
        where TFunction : IRealFunction
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = T.CreateTruncating(TFunction.Invoke(double.CreateTruncating(x[i])));
            }
        }
    }
}
