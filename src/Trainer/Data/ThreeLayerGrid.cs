using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Points of the square [-4, 4]² with the outputs of the small network whose forward pass introduces layers: 2-3-2-2, sigmoid, the weights given,
/// computed here in float64 by the formulas written out. Training and test part are the same.
/// </summary>
public static class ThreeLayerGrid
{
    /// <summary>Points on a side.</summary>
    public const int Side = 17;

    /// <summary>The square's half side.</summary>
    public const double Reach = 4;

    /// <summary>The first layer's weights, [2, 3].</summary>
    public static IReadOnlyList<float> Weights1 { get; } = [0.1f, 0.3f, 0.5f, 0.2f, 0.4f, 0.6f];

    /// <summary>The first layer's biases, [3].</summary>
    public static IReadOnlyList<float> Biases1 { get; } = [0.1f, 0.2f, 0.3f];

    /// <summary>The second layer's weights, [3, 2].</summary>
    public static IReadOnlyList<float> Weights2 { get; } = [0.1f, 0.4f, 0.2f, 0.5f, 0.3f, 0.6f];

    /// <summary>The second layer's biases, [2].</summary>
    public static IReadOnlyList<float> Biases2 { get; } = [0.1f, 0.2f];

    /// <summary>The third layer's weights, [2, 2].</summary>
    public static IReadOnlyList<float> Weights3 { get; } = [0.1f, 0.3f, 0.2f, 0.4f];

    /// <summary>The third layer's biases, [2].</summary>
    public static IReadOnlyList<float> Biases3 { get; } = [0.1f, 0.2f];

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new GeneratedEntry
    {
        Name = "three-layer-grid",
        Description = "Points of a square with the outputs of a 2-3-2-2 sigmoid network of given weights, in float64.",
        WhereToGet = "embedded",
        IsEmbedded = true,
        TrainCount = Side * Side,
        TestCount = Side * Side,
        Classes = [],
        Generate = _ => Load(),
    };

    /// <summary>Computes the data set: points [n, 2] row by row, outputs [n, 2].</summary>
    public static DatasetSplits Load() => new(Compute, Compute)
    {
        Name = Entry.Name,
        Source = Entry.Description,
        Classes = [],
        InputNormalization = "none",
    };

    private static Dataset Compute()
    {
        var x = new Tensor<float>([Side * Side, 2]);
        var y = new Tensor<float>([Side * Side, 2]);
        for (int row = 0; row < Side * Side; row++)
        {
            x.Span[2 * row] = (float)((2 * Reach * (row % Side) / (Side - 1)) - Reach);
            x.Span[(2 * row) + 1] = (float)((2 * Reach * (row / Side) / (Side - 1)) - Reach);
            double[] hidden = Layer([x.Span[2 * row], x.Span[(2 * row) + 1]], Weights1, Biases1, Sigmoid);
            double[] output = Layer(Layer(hidden, Weights2, Biases2, Sigmoid), Weights3, Biases3, value => value);
            y.Span[2 * row] = (float)output[0];
            y.Span[(2 * row) + 1] = (float)output[1];
        }

        return new Dataset(x, y);
    }

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

    private static double[] Layer(double[] input, IReadOnlyList<float> weights, IReadOnlyList<float> biases, Func<double, double> activation) =>
        [.. Enumerable.Range(0, biases.Count).Select(j => activation(biases[j] + input.Select((value, i) => value * weights[(i * biases.Count) + j]).Sum()))];
}
