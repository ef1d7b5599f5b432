using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.Scaler;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>(x - offset) · scale.</summary>
internal static class ScalerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op) : throw node.UnsupportedType(0);

    private sealed class Kernel(Record op) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Span<float> y = arguments.Output<float>(0);
            FeatureInput.Read(arguments.InputTensor(0), 0, y);
            int features = arguments.InputShape(0).Rank == 0 ? 1 : arguments.InputShape(0)[^1];
            for (int i = 0; i < y.Length; i++)
            {
                float offset = op.Offset is null ? 0 : op.Offset[op.Offset.Count == 1 ? 0 : i % features];
                float scale = op.Scale is null ? 1 : op.Scale[op.Scale.Count == 1 ? 0 : i % features];
                y[i] = (y[i] - offset) * scale;
            }
        }
    }
}
