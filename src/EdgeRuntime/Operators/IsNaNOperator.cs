using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = whether x is not a number.</summary>
internal static class IsNaNOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.IsNaN op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(),
        ElementType.Float64 => new Kernel<double>(),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T> : OperatorKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<bool> y = arguments.Output<bool>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = T.IsNaN(x[i]);
            }
        }
    }
}
