using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.LinearRegressor;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Linear functions of the features.</summary>
internal static class LinearRegressorOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op) : throw node.UnsupportedType(0);

    private sealed class Kernel(Record op) : OperatorKernel
    {
        private readonly LinearScores _scores = new([.. op.Coefficients], op.Intercepts is null ? [] : [.. op.Intercepts], (int)op.Targets);

        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)inputs[0].Length * sizeof(float);

        public override void Run(in KernelArguments arguments)
        {
            Span<float> y = arguments.Output<float>(0);
            _scores.Run(arguments.InputTensor(0), arguments.Scratch<float>(arguments.InputShape(0).Length), y, arguments.Workers);
            for (int start = 0; start < y.Length; start += (int)op.Targets)
            {
                ScoreTransform.Apply(op.PostTransform, y.Slice(start, (int)op.Targets));
            }
        }
    }
}
