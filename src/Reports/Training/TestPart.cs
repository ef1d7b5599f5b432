using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Recipes;

namespace Toolkit.Reports.Training;

/// <summary>The test part, what the network says of it, and what kind of task that is.</summary>
internal sealed class TestPart
{
    private const int PredictionBatch = 256;

    private TestPart(RecipeResult result, Tensor<float> predictions)
    {
        Source = result.Data.Data;
        Data = result.Samples.Test;
        Predictions = predictions;
        Classes = ClassesOf(result, predictions.Shape[1]);
        Images = ImagesOf(result);
    }

    /// <summary>The data set before the recipe brought it into the network's form.</summary>
    public DatasetSplits Source { get; }

    /// <summary>The samples in the form that the network takes.</summary>
    public Dataset Data { get; }

    /// <summary>What the network says, [n, outputs].</summary>
    public Tensor<float> Predictions { get; }

    /// <summary>The names of the classes; empty where the task is a regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The samples as pictures, [n, 1 or 3, height, width]; null where they are none.</summary>
    public Tensor<float>? Images { get; }

    public bool IsClassification => Classes.Count > 0;

    /// <summary>Null where the network has several inputs or outputs, or gives more than a row a sample.</summary>
    public static TestPart? Of(RecipeResult result)
    {
        Model model = result.Model;
        Dataset data = result.Samples.Test;
        if (model.InputShapes.Count != 1 || model.OutputShapes.Count != 1 || model.OutputShape.Rank != 1 || data.Count == 0)
        {
            return null;
        }

        return new TestPart(result, model.Predict(data.X, PredictionBatch));
    }

    /// <summary>The class of a sample.</summary>
    public int Truth(int sample) => ClassOf(Data.Y, sample);

    /// <summary>The class that the network takes a sample for.</summary>
    public int Predicted(int sample) => ClassOf(Predictions, sample);

    /// <summary>What the network gives a class for a sample; a probability where outputs are such.</summary>
    public double Score(int sample, int index)
    {
        int outputs = Predictions.Shape[1];
        float value = Predictions.Span[(sample * outputs) + (outputs == 1 ? 0 : index)];
        return outputs == 1 && index == 0 ? 1 - value : value;
    }

    private int ClassOf(Tensor<float> rows, int sample)
    {
        int columns = rows.Length / Data.Count;
        ReadOnlySpan<float> row = rows.Span.Slice(sample * columns, columns);
        if (columns > 1)
        {
            int best = 0;
            for (int i = 1; i < columns; i++)
            {
                best = row[i] > row[best] ? i : best;
            }

            return best;
        }

        // One column is a class index in targets, or the probability of the second of two classes.
        return Classes.Count == 2 ? (row[0] > 0.5f ? 1 : 0) : (int)row[0];
    }

    private static IReadOnlyList<string> ClassesOf(RecipeResult result, int outputs)
    {
        IReadOnlyList<string> names = result.Data.Data.Classes;
        int classes = outputs == 1 ? 2 : outputs;
        if (names.Count == classes)
        {
            return names;
        }

        bool measuresAccuracy = result.Test.Metrics.Keys.Any(name => name.EndsWith("accuracy", StringComparison.Ordinal));
        return measuresAccuracy ? [.. Enumerable.Range(0, classes).Select(index => index.ToString(CultureInfo.InvariantCulture))] : [];
    }

    private static Tensor<float>? ImagesOf(RecipeResult result)
    {
        if (IsPictures(result.Samples.Test.X))
        {
            return result.Samples.Test.X;
        }

        // The network may take pictures as rows; the data set has them as they are.
        Tensor<float> raw = result.Data.Data.Test.X;
        return IsPictures(raw) && raw.Length == result.Samples.Test.X.Length && raw.Shape[0] == result.Samples.Test.Count ? raw : null;
    }

    private static bool IsPictures(Tensor<float> x) => x.Shape.Rank == 4 && x.Shape[1] is 1 or 3 && x.Shape[2] > 1 && x.Shape[3] > 1;
}
