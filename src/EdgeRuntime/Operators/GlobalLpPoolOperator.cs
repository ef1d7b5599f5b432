using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.GlobalLpPool;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The p-norm over all spatial axes, summed in float64.</summary>
internal static class GlobalLpPoolOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op),
        ElementType.Float64 => new Kernel<double>(op),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            int plane = y.Length == 0 ? 0 : x.Length / y.Length;
            for (int i = 0; i < y.Length; i++)
            {
                double sum = 0;
                foreach (T value in x.Slice(i * plane, plane))
                {
                    sum += DirectPooling.Power(double.CreateTruncating(value), op.P);
                }

                y[i] = T.CreateTruncating(DirectPooling.Root(sum, op.P));
            }
        }
    }
}
