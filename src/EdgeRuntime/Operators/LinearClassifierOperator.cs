using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Linear scores and the class with the greatest. One row of coefficients with two labels scores the second: above 0 it wins.</summary>
internal static class LinearClassifierOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(LinearClassifier op, NodeContext node) => FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op) : throw node.UnsupportedType(0);

    private sealed class Kernel(LinearClassifier op) : OperatorKernel
    {
        private readonly LinearScores _scores = new([.. op.Coefficients], op.Intercepts is null ? [] : [.. op.Intercepts], op.Rows);

        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
            (inputs[0].Length + ((long)SamplesOf(inputs[0]) * (op.Rows + op.Scores))) * sizeof(float);

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int samples = SamplesOf(x);
            Span<float> scratch = arguments.Scratch<float>(x.Length + (samples * (op.Rows + op.Scores)));
            Span<float> raw = scratch.Slice(x.Length, samples * op.Rows);
            _scores.Run(arguments.InputTensor(0), scratch[..x.Length], raw, arguments.Workers);
            Span<float> scores = arguments.HasOutput(1) ? arguments.Output<float>(1) : scratch[(x.Length + raw.Length)..];
            for (int sample = 0; sample < samples; sample++)
            {
                Span<float> own = scores.Slice(sample * op.Scores, op.Scores);
                Span<float> sums = raw.Slice(sample * op.Rows, op.Rows);
                bool isSingle = op.Rows == 1 && op.Scores == 2;
                int winner = isSingle ? (sums[0] > 0 ? 1 : 0) : ScoreTransform.Greatest<float>(sums);
                ScoreTransform.StoreLabel(arguments, sample, winner, op.IntLabels, op.StringLabels);
                if (!isSingle)
                {
                    sums.CopyTo(own);
                    ScoreTransform.Apply(op.PostTransform, own);
                    continue;
                }

                float score = op.PostTransform switch
                {
                    PostTransform.Logistic => ScoreTransform.Logistic(sums[0]),
                    PostTransform.Probit => ScoreTransform.Probit(sums[0]),
                    _ => sums[0],
                };
                (own[0], own[1]) = (1 - score, score);
            }
        }

        private static int SamplesOf(Shape x) => x.Rank == 1 ? 1 : x[0];
    }
}
