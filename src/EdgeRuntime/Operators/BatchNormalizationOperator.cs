using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.BatchNormalization;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = scale · (x - mean) / √(variance + ε) + bias, a channel at a time, with the statistics that the model holds.</summary>
internal static class BatchNormalizationOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        for (int input = 1; input < node.InputCount; input++)
        {
            if (node.InputType(input) != node.InputType(0))
            {
                throw node.Unsupported("statistics and parameters of another type than the data are not supported; cast them.");
            }
        }

        return node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(op),
            ElementType.Float64 => new Kernel<double>(op),
            _ => throw node.UnsupportedType(0),
        };
    }

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length > 0)
            {
                Normalization.BatchInference(
                    arguments.Input<T>(0), arguments.Input<T>(1), arguments.Input<T>(2), arguments.Input<T>(3), arguments.Input<T>(4), T.CreateTruncating(op.Epsilon),
                    arguments.Output<T>(0), x[0], x[1], x.LengthOf(2..), arguments.Workers);
            }
        }
    }
}
