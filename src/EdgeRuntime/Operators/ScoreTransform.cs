using System.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What classic models make of the scores of one sample.</summary>
internal static class ScoreTransform
{
    /// <summary>Transforms scores in place.</summary>
    public static void Apply<T>(PostTransform transform, Span<T> scores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (transform)
        {
            case PostTransform.Logistic:
                foreach (ref T score in scores)
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
                foreach (ref T score in scores)
                {
                    score = Probit(score);
                }

                break;
        }
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static T Logistic<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T y = T.One / (T.One + T.Exp(-T.Abs(x)));
        return x < T.Zero ? T.One - y : y;
    }

    /// <summary>√2 · erf⁻¹(2x - 1), the inverse after Winitzki, as ONNX Runtime computes it.</summary>
    public static T Probit<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        T y = (two * x) - T.One;
        T log = T.Log((T.One - y) * (T.One + y));
        T a = T.CreateTruncating(0.147);
        T v = (two / (T.Pi * a)) + (T.CreateTruncating(0.5) * log);
        T root = T.Sqrt(T.Sqrt((v * v) - (log / a)) - v);
        return T.Sqrt(two) * (y < T.Zero ? -root : root);
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
    public static int Greatest<T>(ReadOnlySpan<T> scores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }

    private static void Exponentials<T>(Span<T> scores, bool keepsZeros)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // What is this near to 0 is 0.
        T nothing = T.CreateTruncating(1e-7);
        T greatest = T.NegativeInfinity;
        foreach (T score in scores)
        {
            greatest = T.Max(greatest, score);
        }

        T sum = T.Zero;
        foreach (ref T score in scores)
        {
            if (!keepsZeros || T.Abs(score) > nothing)
            {
                score = T.Exp(score - greatest);
                sum += score;
            }
            else
            {
                score *= T.Exp(-greatest);
            }
        }

        foreach (ref T score in scores)
        {
            score /= sum;
        }
    }
}
