using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// The forward pass of a network of three layers whose weights are given, 2-3-2-2 (Saito, "Deep Learning from Scratch", 2016, section 3.4): for
/// (1, 0.5) it answers (0.31682708, 0.69627909). Beside it, the same weights with a step and a relu in place of the sigmoid.
/// </summary>
public sealed class ThreeLayer : Recipe
{
    private const int Side = 81;

    /// <inheritdoc/>
    public override string Name => "three-layer";

    /// <inheritdoc/>
    public override string Chapter => "3. Neural networks";

    /// <inheritdoc/>
    public override string Description => "Computes the forward pass of three layers with given weights.";

    /// <inheritdoc/>
    public override string Network => "2-3 sigmoid-2 sigmoid-2";

    /// <inheritdoc/>
    public override string DatasetName => "three-layer-grid";

    /// <inheritdoc/>
    public override string? FallbackDataset => null;

    /// <inheritdoc/>
    public override int Epochs => 0;

    /// <inheritdoc/>
    public override int BatchSize => 32;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Metrics { get; } = ["mean_absolute_error"];

    /// <inheritdoc/>
    public override Model Build(int seed) => Build("sigmoid");

    /// <inheritdoc/>
    public override Dataset Prepare(Dataset part, DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(data);
        return part.X.Shape[^1] == 2 && part.Y.Shape[^1] == 2
            ? part
            : throw new DatasetException($"{Name}: expected points of two inputs and two outputs, got '{data.Name}' with x {part.X.Shape} and y {part.Y.Shape}.");
    }

    /// <inheritdoc/>
    public override void Study(RecipeStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        Tensor<float> point = Tensor.From<float>([1, 2], 1f, 0.5f);
        Tensor<float> answer = study.Model.Predict(point);
        study.Figures["output_1"] = answer.Span[0];
        study.Figures["output_2"] = answer.Span[1];
        study.Sections.Add(Walk(study.Model, point));
        study.Sections.Add(Activations());
        study.Sections.Add(Surfaces(study));
        study.Sections.Add(Softmax(answer));
    }

    private static Sequential Build(Activation activation)
    {
        var model = new Sequential(
            new Input(2), new Dense(3, activation, name: "layer_1"), new Dense(2, activation, name: "layer_2"), new Dense(2, name: "layer_3"))
        { Name = $"three-layer-{activation.Name}" };
        model.Compile("sgd", "mse", ["mean_absolute_error"]);
        model.SetWeights(
        [
            new("layer_1.kernel", Tensor.From([2, 3], [.. ThreeLayerGrid.Weights1])),
            new("layer_1.bias", Tensor.From([3], [.. ThreeLayerGrid.Biases1])),
            new("layer_2.kernel", Tensor.From([3, 2], [.. ThreeLayerGrid.Weights2])),
            new("layer_2.bias", Tensor.From([2], [.. ThreeLayerGrid.Biases2])),
            new("layer_3.kernel", Tensor.From([2, 2], [.. ThreeLayerGrid.Weights3])),
            new("layer_3.bias", Tensor.From([2], [.. ThreeLayerGrid.Biases3])),
        ]);
        return model;
    }

    private static ReportSection Walk(Model model, Tensor<float> point) => new(
        "A signal on its way",
        "Each layer multiplies by its weights, adds its bias and applies its activation: z = σ(x · W + b). The last layer has no activation.",
        new ReportTable(
            "Values for the input (1, 0.5)",
            ["layer", "shape of W", "output"],
            [
                (string[])["input", "", Text(point)],
                .. model.Layers.Select(layer => (string[])[layer.Name, layer.Parameters[0].Shape.ToString(), Text(model.Activations(point, layer.Name))]),
            ]));

    private static ReportSection Activations()
    {
        double[] x = [.. Enumerable.Range(0, Side).Select(i => -5 + (10.0 * i / (Side - 1)))];
        Tensor<float> values = Tensor.From([Side, 1], [.. x.Select(value => (float)value)]);
        return new ReportSection(
            "Three activations",
            "The step answers yes or no, the sigmoid how surely, the relu how much. Only the step has a derivative of 0 everywhere, so that nothing before it can learn.",
            new LinePlot("Step, sigmoid and relu", "x", "y", [.. new[] { Activation.Step, Activation.Sigmoid, Activation.Relu }.Select(activation => new PlotSeries(
                activation.Name,
                x,
                [.. new Sequential(new Input(1), new ActivationLayer(activation)).Predict(values).ToArray().Select(value => Math.Min(value, 1.6))]))])
            { Caption = "The relu goes on in a straight line; it is cut off at 1.6 to keep the others large." });
    }

    private static ReportSection Surfaces(RecipeStudy study)
    {
        var x = new Tensor<float>([Side * Side, 2]);
        double[] line = [.. Enumerable.Range(0, Side).Select(i => -ThreeLayerGrid.Reach + (2 * ThreeLayerGrid.Reach * i / (Side - 1)))];
        for (int row = 0; row < Side * Side; row++)
        {
            x.Span[2 * row] = (float)line[row % Side];
            x.Span[(2 * row) + 1] = (float)line[row / Side];
        }

        var items = new List<ReportItem>();
        foreach (string name in (string[])["sigmoid", "step", "relu"])
        {
            float[] first = [.. Build(name).Predict(x, 1024).ToArray().Where((_, i) => i % 2 == 0)];
            study.Figures[$"distinct_outputs_{name}"] = first.Distinct().Count();
            items.Add(name == "step" ? FiringUnits(x) : Plane($"Output 1 with {name}", first));
        }

        return new ReportSection(
            "The same weights, another activation",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Over {Side * Side:N0} points of the square, output 1 takes {study.Figures["distinct_outputs_sigmoid"]:N0} values with the sigmoid, {study.Figures["distinct_outputs_relu"]:N0} with the relu, and {study.Figures["distinct_outputs_step"]:N0} with the step. A layer of steps is constant between the lines at which its units begin to fire, which the middle picture shows for layer 1. Layer 2 then sees inputs of 0 and 1, weights and biases above 0: all its units fire everywhere, and weights that were chosen for the sigmoid say nothing."),
            items);
    }

    private static DecisionBoundary FiringUnits(Tensor<float> x)
    {
        Tensor<float> units = Build("step").Activations(x, "layer_1", 1024);
        int width = units.Shape[1];
        return Plane("Share of the units of layer 1 that fire, with step", [.. Enumerable.Range(0, Side * Side).Select(row => units.Span.Slice(row * width, width).ToArray().Average())]);
    }

    private static DecisionBoundary Plane(string title, float[] values) => new(
        title, "x\u2081", "x\u2082", (-ThreeLayerGrid.Reach, ThreeLayerGrid.Reach), (-ThreeLayerGrid.Reach, ThreeLayerGrid.Reach), Tensor.From([Side, Side], values))
    { Threshold = 0.5 * ((double)values.Min() + values.Max()) };

    private static ReportSection Softmax(Tensor<float> answer)
    {
        double[] exponentials = [.. answer.ToArray().Select(value => Math.Exp(value))];
        return new ReportSection(
            "From answers to probabilities",
            "For a choice between classes a softmax follows the last layer: eᶻ divided by the sum of eᶻ over the classes. It keeps the order and makes the outputs add up to 1.",
            new ReportTable(
                "Softmax of the two outputs",
                ["output", "z", "softmax"],
                [.. exponentials.Select((exponential, i) => (string[])[
                    (i + 1).ToString(CultureInfo.InvariantCulture),
                    answer.Span[i].ToString("F4", CultureInfo.InvariantCulture),
                    (exponential / exponentials.Sum()).ToString("F4", CultureInfo.InvariantCulture)])]));
    }

    private static string Text(Tensor<float> values) => string.Join(", ", values.ToArray().Select(value => value.ToString("0.########", CultureInfo.InvariantCulture)));
}
