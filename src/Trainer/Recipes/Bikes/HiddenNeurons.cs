using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes.Bikes;

/// <summary>
/// The hidden neurons of a network <c>hidden</c>-<c>output</c> of one output without biases. What neuron j adds to a prediction is
/// a_j · v_j · σ, in bikes an hour: its activation, its weight to the output, and the target's deviation.
/// </summary>
internal sealed class HiddenNeurons
{
    private readonly Model _model;
    private readonly double[] _bikesAtOne;

    public HiddenNeurons(Model model, DatasetSplits data)
    {
        _model = model;
        OrderedDictionary<string, Tensor<float>> weights = model.GetWeights();
        Kernel = weights["hidden.kernel"];
        _bikesAtOne = Array.ConvertAll(weights["output.kernel"].ToArray(), weight => weight * data.TargetStd);
    }

    public int Count => _bikesAtOne.Length;

    /// <summary>Weights from the inputs, [inputs, neurons].</summary>
    public Tensor<float> Kernel { get; }

    /// <summary>What each neuron adds to the prediction when it is wholly on.</summary>
    public IReadOnlyList<double> BikesAtOne => _bikesAtOne;

    /// <summary>A neuron's name on pages: counted from 0, as in the picture of the first layer's weights.</summary>
    public static string NameOf(int neuron) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"neuron {neuron}");

    /// <summary>Activations, [neurons, n].</summary>
    public Tensor<float> Activations(Tensor<float> x) => _model.Activations(x, "hidden", 256).Transpose(1, 0).Contiguous();

    /// <summary>What each neuron adds to the predictions, less its mean over the samples; [neurons, n], bikes an hour.</summary>
    public double[][] Swings(Tensor<float> x)
    {
        double[][] added = Added(x);
        foreach (double[] neuron in added)
        {
            double mean = neuron.Average();
            for (int i = 0; i < neuron.Length; i++)
            {
                neuron[i] -= mean;
            }
        }

        return added;
    }

    /// <summary>How much more each neuron adds to the prediction for one input than for another, bikes an hour.</summary>
    /// <param name="pair">Inputs of two samples: from, to.</param>
    public double[] Change(Tensor<float> pair) => Array.ConvertAll(Added(pair), neuron => neuron[1] - neuron[0]);

    /// <summary>Some neurons of a table, in their order, as a matrix for a heat map.</summary>
    public static Tensor<float> ToMatrix(double[][] rows, IReadOnlyList<int> order)
    {
        var matrix = new Tensor<float>([order.Count, rows[0].Length]);
        for (int row = 0; row < order.Count; row++)
        {
            for (int column = 0; column < rows[0].Length; column++)
            {
                matrix.Span[(row * rows[0].Length) + column] = (float)rows[order[row]][column];
            }
        }

        return matrix;
    }

    private double[][] Added(Tensor<float> x)
    {
        Tensor<float> activations = Activations(x);
        int samples = x.Shape[0];
        return [.. Enumerable.Range(0, Count).Select(neuron => Enumerable.Range(0, samples).Select(sample => activations.Span[(neuron * samples) + sample] * _bikesAtOne[neuron]).ToArray())];
    }
}
