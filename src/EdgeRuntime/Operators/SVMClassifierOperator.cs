using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Classes by support vectors, one against one. Of two classes without probabilities, the scores are the decision's negative and the decision.</summary>
internal static class SVMClassifierOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(SVMClassifier op, NodeContext node) => !FeatureInput.Accepts(node.InputType(0)) ? throw node.UnsupportedType(0)
        : op.IsLinear ? new LinearKernel(op)
        : new Kernel(op);

    // A class's coefficients are a vector, its score the linear kernel against it.
    private sealed class LinearKernel(SVMClassifier op) : OperatorKernel
    {
        private readonly SupportVectors _classes = new(op.Kernel with { Kind = SvmKernelKind.Linear }, [.. op.Coefficients], op.Classes);

        // The features and the scores of one sample.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (inputs[0][^1] + (long)op.Classes) * sizeof(float);

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int samples = x.Rank == 1 ? 1 : x[0];
            Span<float> scratch = arguments.Scratch<float>(x[^1] + op.Classes);
            for (int sample = 0; sample < samples; sample++)
            {
                FeatureInput.Read(arguments.InputTensor(0), sample * x[^1], scratch[..x[^1]]);
                Span<float> scores = arguments.HasOutput(1) ? arguments.Output<float>(1).Slice(sample * op.Classes, op.Classes) : scratch[x[^1]..];
                _classes.Run(scratch[..x[^1]], scores);
                foreach (ref float score in scores)
                {
                    score += op.Rho[0];
                }

                ScoreTransform.StoreLabel(arguments, sample, ScoreTransform.Greatest<float>(scores), op.IntLabels, op.StringLabels);
                ScoreTransform.Apply(op.PostTransform, scores);
            }
        }
    }

    private sealed class Kernel(SVMClassifier op) : OperatorKernel
    {
        private readonly int _supports = (int)op.VectorsPerClass.Sum();
        private readonly SupportVectors _vectors = new(op.Kernel, [.. op.SupportVectors], (int)op.VectorsPerClass.Sum());

        // In float64: pairs, probabilities and what they take; in float32: features, kernels, decisions, votes.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (Wide * sizeof(double)) + ((inputs[0][^1] + _supports + op.Pairs + (2L * op.Classes)) * sizeof(float));

        private long Wide => (op.Classes * (long)op.Classes) + op.Classes + PairwiseProbabilities.ScratchLength(op.Classes);

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int samples = x.Rank == 1 ? 1 : x[0];
            int features = x[^1];
            int classes = op.Classes;
            Span<double> wide = arguments.Scratch<double>((int)Wide);
            Span<float> rest = arguments.Scratch<float>((int)(2 * Wide) + features + _supports + op.Pairs + (2 * classes))[(int)(2 * Wide)..];
            Span<float> sample = rest[..features];
            Span<float> kernels = rest.Slice(features, _supports);
            Span<float> decisions = rest.Slice(features + _supports, op.Pairs);
            Span<float> votes = rest.Slice(features + _supports + op.Pairs, classes);
            for (int i = 0; i < samples; i++)
            {
                WorkLimits.Poll();
                FeatureInput.Read(arguments.InputTensor(0), i * features, sample);
                _vectors.Run(sample, kernels);
                Decide(kernels, decisions, votes);
                ScoreTransform.StoreLabel(arguments, i, ScoreTransform.Greatest<float>(votes), op.IntLabels, op.StringLabels);
                if (arguments.HasOutput(1))
                {
                    Score(decisions, wide, arguments.Output<float>(1).Slice(i * op.Scores, op.Scores));
                }
            }
        }

        // The decision of each pair, and what the pairs vote for.
        private void Decide(ReadOnlySpan<float> kernels, Span<float> decisions, Span<float> votes)
        {
            votes.Clear();
            int pair = 0;
            int first = 0;
            for (int i = 0; i < op.Classes; i++)
            {
                int second = first + (int)op.VectorsPerClass[i];
                for (int j = i + 1; j < op.Classes; j++)
                {
                    double sum = op.Rho[pair];
                    for (int k = 0; k < op.VectorsPerClass[i]; k++)
                    {
                        sum += (double)op.Coefficients[((j - 1) * _supports) + first + k] * kernels[first + k];
                    }

                    for (int k = 0; k < op.VectorsPerClass[j]; k++)
                    {
                        sum += (double)op.Coefficients[(i * _supports) + second + k] * kernels[second + k];
                    }

                    decisions[pair++] = (float)sum;
                    votes[sum > 0 ? i : j]++;
                    second += (int)op.VectorsPerClass[j];
                }

                first += (int)op.VectorsPerClass[i];
            }
        }

        private void Score(ReadOnlySpan<float> decisions, Span<double> wide, Span<float> scores)
        {
            if (op.ProbA is null)
            {
                if (op.Classes == 2)
                {
                    (scores[0], scores[1]) = op.PostTransform == PostTransform.None ? (-decisions[0], decisions[0]) : (1 - decisions[0], decisions[0]);
                    return;
                }

                decisions.CopyTo(scores);
            }
            else
            {
                int classes = op.Classes;
                Span<double> pairs = wide[..(classes * classes)];
                Span<double> probabilities = wide.Slice(classes * classes, classes);
                int pair = 0;
                for (int i = 0; i < classes; i++)
                {
                    for (int j = i + 1; j < classes; j++)
                    {
                        double p = 1 / (1 + Math.Exp((op.ProbA[pair] * (double)decisions[pair]) + op.ProbB![pair]));
                        p = Math.Clamp(p, 1e-7, 1 - 1e-7);
                        (pairs[(i * classes) + j], pairs[(j * classes) + i]) = (p, 1 - p);
                        pair++;
                    }
                }

                PairwiseProbabilities.Run(pairs, probabilities, wide[((classes * classes) + classes)..]);
                for (int i = 0; i < classes; i++)
                {
                    scores[i] = (float)probabilities[i];
                }
            }

            ScoreTransform.Apply(op.PostTransform, scores);
        }
    }
}
