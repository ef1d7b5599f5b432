using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.LpPool;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The p-norm of each window, summed in float64.</summary>
internal static class LpPoolOperator
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
        public override void Run(in KernelArguments arguments) =>
            DirectPooling.Norm(op, arguments.InputShape(0), arguments.Input<T>(0), arguments.OutputShape(0), arguments.Output<T>(0));
    }
}
