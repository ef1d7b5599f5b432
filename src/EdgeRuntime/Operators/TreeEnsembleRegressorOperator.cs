using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Numbers from trees.</summary>
internal static class TreeEnsembleRegressorOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(TreeEnsembleRegressor op, NodeContext node) => FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op, node) : throw node.UnsupportedType(0);

    private sealed class Kernel(TreeEnsembleRegressor op, NodeContext node) : OperatorKernel
    {
        private readonly TreeForest _forest = new(op.Nodes, op.Weights, node);

        // The features of one sample, and for each target its sum and whether a leaf has said something.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (inputs[0][^1] + (2 * op.Targets)) * sizeof(double);

        public override void Run(in KernelArguments arguments)
        {
            int width = arguments.InputShape(0)[^1];
            int targets = (int)op.Targets;
            Span<double> scratch = arguments.Scratch<double>(width + (2 * targets));
            Span<double> features = scratch[..width];
            Span<double> sums = scratch.Slice(width, targets);
            Span<float> y = arguments.Output<float>(0);
            for (int sample = 0; sample < y.Length / targets; sample++)
            {
                WorkLimits.Poll();
                FeatureInput.Read(arguments.InputTensor(0), sample * width, features);
                _forest.Aggregate(op.Aggregate, features, sums, scratch[(width + targets)..]);
                Span<float> result = y.Slice(sample * targets, targets);
                for (int target = 0; target < targets; target++)
                {
                    result[target] = (float)(sums[target] + (op.BaseValues?[target] ?? 0));
                }

                ScoreTransform.Apply(op.PostTransform, result);
            }
        }
    }
}
