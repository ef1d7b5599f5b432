using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.NegativeLogLikelihoodLoss;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The loss of classes against the logarithms of their probabilities.</summary>
internal static class NegativeLogLikelihoodLossOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op, node),
        ElementType.Float64 => new Kernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments) => ClassLoss.Run(
            op, node, arguments.Input<T>(0), arguments.InputShape(0), isByPlace: false, arguments.InputTensor(1), arguments.HasInput(2) ? arguments.Input<T>(2) : [], arguments.Output<T>(0));
    }
}
