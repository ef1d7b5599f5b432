using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Classes from trees. Where all weights are of one class of two, their sum scores the second label: it wins above 0.5 where no weight is negative (a probability), above 0 elsewhere, and
/// the first label has the rest.
/// </summary>
internal static class TreeEnsembleClassifierOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(TreeEnsembleClassifier op, NodeContext node) => FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op, node) : throw node.UnsupportedType(0);

    private sealed class Kernel(TreeEnsembleClassifier op, NodeContext node) : OperatorKernel
    {
        private readonly TreeForest _forest = new(op.Nodes, op.Weights, node);
        private readonly bool _isBinary = op.Classes == 2 && op.Weights.Ids.Distinct().Count() == 1;
        private readonly bool _isProbability = op.Weights.Weights.All(weight => weight >= 0);

        // The features and scores of one sample.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (inputs[0][^1] + (long)op.Classes) * sizeof(float);

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int samples = x.Rank == 1 ? 1 : x[0];
            Span<float> scratch = arguments.Scratch<float>(x[^1] + op.Classes);
            Span<float> features = scratch[..x[^1]];
            for (int sample = 0; sample < samples; sample++)
            {
                WorkLimits.Poll();
                FeatureInput.Read(arguments.InputTensor(0), sample * x[^1], features);
                Span<float> scores = arguments.HasOutput(1) ? arguments.Output<float>(1).Slice(sample * op.Classes, op.Classes) : scratch[x[^1]..];
                scores.Clear();
                for (int tree = 0; tree < _forest.Trees; tree++)
                {
                    foreach ((int result, float weight) in _forest.Leaf(tree, features))
                    {
                        scores[result] += weight;
                    }
                }

                int winner = _isBinary ? ScoreBinary(scores) : ScoreAll(scores);
                ScoreTransform.StoreLabel(arguments, sample, winner, op.IntLabels, op.StringLabels);
            }
        }

        private int ScoreAll(Span<float> scores)
        {
            for (int i = 0; i < scores.Length && op.BaseValues is not null; i++)
            {
                scores[i] += op.BaseValues[op.BaseValues.Count == 1 ? 0 : i];
            }

            int winner = ScoreTransform.Greatest(scores);
            ScoreTransform.Apply(op.PostTransform, scores);
            return winner;
        }

        private int ScoreBinary(Span<float> scores)
        {
            float score = scores[(int)op.Weights.Ids[0]] + (op.BaseValues?[op.BaseValues.Count - 1] ?? 0);
            int winner = score > (_isProbability ? 0.5f : 0) ? 1 : 0;
            (scores[0], scores[1]) = op.PostTransform switch
            {
                PostTransform.Logistic when !_isProbability => (ScoreTransform.Logistic(-score), ScoreTransform.Logistic(score)),
                _ when _isProbability => (1 - score, score),
                _ => (-score, score),
            };
            return winner;
        }
    }
}
