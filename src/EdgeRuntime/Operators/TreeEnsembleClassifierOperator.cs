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
        private readonly bool _isProbability = op.Weights.Weights.Values.All(weight => weight >= 0);

        private readonly bool _isWide = op.Weights.Weights.IsWide;

        // The features and scores of one sample, in float64, and the scores in float32.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (inputs[0][^1] + (2L * op.Classes)) * sizeof(double);

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int samples = x.Rank == 1 ? 1 : x[0];
            int width = x[^1];
            Span<double> scratch = arguments.Scratch<double>(width + op.Classes);
            Span<float> rounded = arguments.Scratch<float>(2 * (width + (2 * op.Classes))).Slice(2 * (width + op.Classes), op.Classes);
            Span<double> features = scratch[..width];
            Span<double> sums = scratch[width..];
            for (int sample = 0; sample < samples; sample++)
            {
                WorkLimits.Poll();
                FeatureInput.Read(arguments.InputTensor(0), sample * width, features);
                sums.Clear();
                for (int tree = 0; tree < _forest.Trees; tree++)
                {
                    foreach ((int result, double weight) in _forest.Leaf(tree, features))
                    {
                        sums[result] = Round(sums[result] + weight);
                    }
                }

                Span<float> scores = arguments.HasOutput(1) ? arguments.Output<float>(1).Slice(sample * op.Classes, op.Classes) : rounded;
                int winner = _isBinary ? ScoreBinary(sums, scores) : ScoreAll(sums, scores);
                ScoreTransform.StoreLabel(arguments, sample, winner, op.IntLabels, op.StringLabels);
            }
        }

        // Weights of float32 are added in float32, so that what is even there is even here.
        private double Round(double sum) => _isWide ? sum : (float)sum;

        private int ScoreAll(Span<double> sums, Span<float> scores)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = op.BaseValues is null ? sums[i] : Round(sums[i] + op.BaseValues[op.BaseValues.Count == 1 ? 0 : i]);
                scores[i] = (float)sums[i];
            }

            int winner = ScoreTransform.Greatest<double>(sums);
            ScoreTransform.Apply(op.PostTransform, scores);
            return winner;
        }

        private int ScoreBinary(ReadOnlySpan<double> sums, Span<float> scores)
        {
            double sum = Round(sums[(int)op.Weights.Ids[0]] + (op.BaseValues?[op.BaseValues.Count - 1] ?? 0));
            float score = (float)sum;
            int winner = sum > (_isProbability ? 0.5 : 0) ? 1 : 0;
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
