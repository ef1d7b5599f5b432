using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = whether x is infinite, of the signs that count.</summary>
internal static class IsInfOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.IsInf op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op.DetectNegative, op.DetectPositive),
        ElementType.Float64 => new Kernel<double>(op.DetectNegative, op.DetectPositive),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(bool negative, bool positive) : OperatorKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<bool> y = arguments.Output<bool>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = (positive && T.IsPositiveInfinity(x[i])) || (negative && T.IsNegativeInfinity(x[i]));
            }
        }
    }
}
