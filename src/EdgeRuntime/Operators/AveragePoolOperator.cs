using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.AveragePool;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The average of each window.</summary>
internal static class AveragePoolOperator
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
            Shape x = arguments.InputShape(0);
            Span<T> y = arguments.Output<T>(0);
            if (y.Length == 0)
            {
                return;
            }

            if (WindowGeometry.TryPooling(op, x, out PoolingGeometry geometry))
            {
                Pooling.AverageForward(arguments.Input<T>(0), y, geometry, op.CountIncludePad, arguments.Workers);
            }
            else
            {
                DirectPooling.Average(op, x, arguments.Input<T>(0), arguments.OutputShape(0), y);
            }
        }
    }
}
