using System.Globalization;
using Toolkit.Numerics;

namespace Toolkit.Cli;

/// <summary>Reads class probabilities.</summary>
internal static class Classification
{
    /// <summary>How far a row's sum may be from 1 and still be a distribution.</summary>
    private const float SumTolerance = 1e-3f;

    /// <summary>The most probable class of each row of [n, classes]; nothing where the rows are not distributions.</summary>
    public static IReadOnlyList<Prediction> Read(Tensor tensor, string[] classes)
    {
        if (tensor is not Tensor<float> { Shape: { Rank: 2 } shape } values || shape[1] < 2)
        {
            return [];
        }

        var predictions = new Prediction[shape[0]];
        for (int row = 0; row < predictions.Length; row++)
        {
            ReadOnlySpan<float> probabilities = values.Span.Slice(row * shape[1], shape[1]);
            if (!IsDistribution(probabilities))
            {
                return [];
            }

            int best = ArgMax(probabilities);
            predictions[row] = new Prediction(best, NameOf(best, classes), probabilities[best]);
        }

        return predictions;
    }

    /// <summary>A class's name, or its index where the model does not name it.</summary>
    public static string NameOf(int index, string[] classes) =>
        index < classes.Length ? classes[index] : index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The index of the greatest element; the first of several.</summary>
    public static int ArgMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }

    private static bool IsDistribution(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values)
        {
            if (!(value >= 0))
            {
                return false;
            }

            sum += value;
        }

        return Math.Abs(sum - 1) <= SumTolerance;
    }
}
