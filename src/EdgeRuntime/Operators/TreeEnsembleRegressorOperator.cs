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
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (inputs[0][^1] * (long)sizeof(float)) + (2 * op.Targets * sizeof(double)) + sizeof(double);

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int targets = (int)op.Targets;
            Span<double> sums = arguments.Scratch<double>(2 * targets);
            Span<double> counts = sums[targets..];
            Span<float> features = arguments.Scratch<float>((4 * targets) + x[^1])[(4 * targets)..];
            Span<float> y = arguments.Output<float>(0);
            for (int sample = 0; sample < y.Length / targets; sample++)
            {
                WorkLimits.Poll();
                FeatureInput.Read(arguments.InputTensor(0), sample * x[^1], features);
                sums[..targets].Clear();
                counts.Clear();
                for (int tree = 0; tree < _forest.Trees; tree++)
                {
                    foreach ((int target, float weight) in _forest.Leaf(tree, features))
                    {
                        sums[target] = op.Aggregate switch
                        {
                            TreeAggregate.Min when counts[target] > 0 => Math.Min(sums[target], weight),
                            TreeAggregate.Max when counts[target] > 0 => Math.Max(sums[target], weight),
                            _ => sums[target] + weight,
                        };
                        counts[target]++;
                    }
                }

                Span<float> result = y.Slice(sample * targets, targets);
                for (int target = 0; target < targets; target++)
                {
                    double sum = op.Aggregate == TreeAggregate.Average ? sums[target] / _forest.Trees : sums[target];
                    result[target] = (float)(sum + (op.BaseValues?[target] ?? 0));
                }

                ScoreTransform.Apply(op.PostTransform, result);
            }
        }
    }
}
