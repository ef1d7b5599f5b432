using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What classic models make of the scores of one sample.</summary>
internal static class ScoreTransform
{
    /// <summary>Transforms scores in place.</summary>
    public static void Apply(PostTransform transform, Span<float> scores)
    {
        switch (transform)
        {
            case PostTransform.Logistic:
                foreach (ref float score in scores)
                {
                    score = Logistic(score);
                }

                break;
            case PostTransform.Softmax:
                Exponentials(scores, keepsZeros: false);
                break;
            case PostTransform.SoftmaxZero:
                Exponentials(scores, keepsZeros: true);
                break;
            case PostTransform.Probit:
                foreach (ref float score in scores)
                {
                    score = Probit(score);
                }

                break;
        }
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static float Logistic(float x)
    {
        float y = 1 / (1 + MathF.Exp(-MathF.Abs(x)));
        return x < 0 ? 1 - y : y;
    }

    /// <summary>√2 · erf⁻¹(2x - 1), the inverse after Winitzki, as ONNX Runtime computes it.</summary>
    public static float Probit(float x)
    {
        float y = (2 * x) - 1;
        float log = MathF.Log((1 - y) * (1 + y));
        const float a = 0.147f;
        float v = (2 / (MathF.PI * a)) + (0.5f * log);
        float root = MathF.Sqrt(MathF.Sqrt((v * v) - (log / a)) - v);
        return MathF.Sqrt(2) * (y < 0 ? -root : root);
    }

    /// <summary>Puts the label of a class into Y.</summary>
    public static void StoreLabel(in KernelArguments arguments, int sample, int place, IntList? ints, ValueList<string>? strings)
    {
        if (!arguments.HasOutput(0))
        {
            return;
        }

        if (strings is not null)
        {
            arguments.Output<string>(0)[sample] = strings[place];
        }
        else
        {
            arguments.Output<long>(0)[sample] = ints![place];
        }
    }

    /// <summary>Where the greatest score is; of equal ones the first.</summary>
    public static int Greatest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }

    private static void Exponentials(Span<float> scores, bool keepsZeros)
    {
        // What is this near to 0 is 0.
        const float nothing = 1e-7f;
        float greatest = float.NegativeInfinity;
        foreach (float score in scores)
        {
            greatest = Math.Max(greatest, score);
        }

        float sum = 0;
        foreach (ref float score in scores)
        {
            if (!keepsZeros || MathF.Abs(score) > nothing)
            {
                score = MathF.Exp(score - greatest);
                sum += score;
            }
            else
            {
                score *= MathF.Exp(-greatest);
            }
        }

        foreach (ref float score in scores)
        {
            score /= sum;
        }
    }
}
