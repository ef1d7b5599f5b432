using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.FeatureVectorizer;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Features of several inputs, one after the other.</summary>
internal static class FeatureVectorizerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        for (int i = 0; i < node.InputCount; i++)
        {
            if (!FeatureInput.Accepts(node.InputType(i)))
            {
                throw node.UnsupportedType(i);
            }
        }

        return new Kernel(op);
    }

    private sealed class Kernel(Record op) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Span<float> y = arguments.Output<float>(0);
            y.Clear();
            Shape shape = arguments.OutputShape(0);
            int start = 0;
            for (int i = 0; i < arguments.InputCount; i++)
            {
                int width = arguments.InputShape(i)[^1];
                int taken = op.Columns is null ? width : (int)op.Columns[i];
                for (int sample = 0; sample < shape[0]; sample++)
                {
                    WorkLimits.Poll();
                    FeatureInput.Read(arguments.InputTensor(i), sample * width, y.Slice((sample * shape[1]) + start, Math.Min(width, taken)));
                }

                start += taken;
            }
        }
    }
}
