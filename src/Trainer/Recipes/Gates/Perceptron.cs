using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Recipes.Gates;

/// <summary>
/// A perceptron of two inputs: 1 where w₁·a + w₂·b + bias &gt; 0, else 0 (Rosenblatt, "The perceptron", Psychological Review 65, 1958).
/// </summary>
internal sealed record Perceptron(float Weight1, float Weight2, float Bias)
{
    /// <summary>The perceptron as a network of one unit.</summary>
    public Sequential ToModel(string name)
    {
        var model = new Sequential(new Input(2), new Dense(1, "step", name: name)) { Name = name };
        model.Compile("sgd", "mse", ["binary_accuracy"]);
        model.SetWeights([new($"{name}.kernel", Tensor.From<float>([2, 1], Weight1, Weight2)), new($"{name}.bias", Tensor.From<float>([1], Bias))]);
        return model;
    }

    /// <summary>
    /// Learns a gate by Rosenblatt's rule, w ← w + rate · (target - output) · input, row by row, until an epoch makes no mistake or the epochs
    /// are over.
    /// </summary>
    /// <returns>The perceptron, and the mistakes of each epoch.</returns>
    public static (Perceptron Learned, IReadOnlyList<double> Mistakes) Learn(Gate gate, int epochs, float rate = 0.1f)
    {
        Dataset rows = TruthTables.Of(gate.Function);
        var perceptron = new Perceptron(0, 0, 0);
        var mistakes = new List<double>();
        for (int epoch = 0; epoch < epochs && (epoch == 0 || mistakes[^1] > 0); epoch++)
        {
            int wrong = 0;
            for (int row = 0; row < rows.Count; row++)
            {
                (float a, float b) = (rows.X.Span[2 * row], rows.X.Span[(2 * row) + 1]);
                float error = rows.Y.Span[row] - perceptron.Output(a, b);
                wrong += error == 0 ? 0 : 1;
                perceptron = new Perceptron(
                    perceptron.Weight1 + (rate * error * a),
                    perceptron.Weight2 + (rate * error * b),
                    perceptron.Bias + (rate * error));
            }

            mistakes.Add(wrong);
        }

        return (perceptron, mistakes);
    }

    private float Output(float a, float b) => (Weight1 * a) + (Weight2 * b) + Bias > 0 ? 1 : 0;
}
