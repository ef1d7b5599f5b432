using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Recipes.Gates;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// Perceptrons as logic gates: AND, NAND and OR by hand and by Rosenblatt's rule, XOR beyond one layer (Minsky and Papert, "Perceptrons", 1969)
/// and within two, and NAND gates composed to an adder of four bits.
/// </summary>
public sealed class LogicGates : Recipe
{
    private const int PerceptronEpochs = 25;
    private const int AdderBits = 4;

    /// <inheritdoc/>
    public override string Name => "logic-gates";

    /// <inheritdoc/>
    public override string Chapter => "5. Perceptrons";

    /// <inheritdoc/>
    public override string Description => "Computes exclusive or with two layers, where one perceptron cannot.";

    /// <inheritdoc/>
    public override string Network => "2-8 tanh-1 sigmoid";

    /// <inheritdoc/>
    public override string DatasetName => "xor";

    /// <inheritdoc/>
    public override string? FallbackDataset => null;

    /// <inheritdoc/>
    public override int Epochs => 500;

    /// <inheritdoc/>
    public override int BatchSize => 4;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Metrics { get; } = ["accuracy"];

    /// <inheritdoc/>
    public override PublishedResult Published { get; } = new("Rumelhart, Hinton and Williams, 1986: backpropagation learns XOR with a hidden layer", 1.0, []);

    /// <inheritdoc/>
    public override Model Build(int seed)
    {
        var model = new Sequential(new Input(2), new Dense(8, "tanh", name: "hidden"), new Dense(1, "sigmoid", name: "output")) { Name = "xor" };
        model.Compile(new Adam(0.05), "binary_crossentropy", ["accuracy"], seed);
        return model;
    }

    /// <inheritdoc/>
    public override Dataset Prepare(Dataset part, DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(data);
        return part.X.Shape[^1] == 2 && part.Y.Length == part.Count
            ? part
            : throw new DatasetException($"{Name}: expected rows of two inputs and one output, got '{data.Name}' with x {part.X.Shape} and y {part.Y.Shape}.");
    }

    /// <inheritdoc/>
    public override void Study(RecipeStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        study.Figures["xor_correct"] = Correct(study.Model, Gate.Xor);
        study.Sections.Add(ByHand(study));
        study.Sections.Add(Learned(study));
        study.Sections.Add(OneLayer(study));
        study.Sections.Add(TwoLayers(study));
        study.Sections.Add(AdderOfNands(study));
    }

    private static ReportSection ByHand(RecipeStudy study)
    {
        Gate[] gates = [Gate.And, Gate.Nand, Gate.Or];
        study.Figures["gates_by_hand_correct"] = gates.Sum(gate => Correct(gate.ByHand!.ToModel(gate.Name), gate));
        return new ReportSection(
            "Gates with weights set by hand",
            "A perceptron answers 1 where w₁·a + w₂·b + bias > 0. Three settings of its three numbers make three gates; NAND has AND's with the signs changed.",
            [
                new ReportTable("Weights and answers", ["gate", "w₁", "w₂", "bias", "00", "01", "10", "11"], [.. gates.Select(gate => Row(gate, gate.ByHand!))]),
                .. gates.Select(gate => Boundary($"{gate.Name}, by hand", gate.ByHand!.ToModel(gate.Name), gate)),
            ]);
    }

    private static ReportSection Learned(RecipeStudy study)
    {
        Gate[] gates = [Gate.And, Gate.Nand, Gate.Or, Gate.Xor];
        (Gate Gate, Perceptron Perceptron, IReadOnlyList<double> Mistakes)[] learned =
            [.. gates.Select(gate => (gate, Perceptron.Learn(gate, PerceptronEpochs))).Select(pair => (pair.gate, pair.Item2.Learned, pair.Item2.Mistakes))];
        study.Figures["gates_learned"] = learned.Count(entry => entry.Mistakes[^1] == 0);
        string text = string.Join(" ", learned.Select(entry => entry.Mistakes[^1] == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{entry.Gate.Name} is learned after {entry.Mistakes.Count} epochs.")
            : string.Create(CultureInfo.InvariantCulture, $"{entry.Gate.Name} still makes {entry.Mistakes[^1]} mistakes in epoch {entry.Mistakes.Count}: no line separates its ones from its zeros.")));
        return new ReportSection(
            "The same gates, learned",
            $"Rosenblatt's rule moves the weights by 0.1 · (target - answer) · input after every row, starting from zero. {text}",
            new LinePlot("Mistakes in each epoch", "epoch", "mistakes of 4 rows", [.. learned.Select(entry => PlotSeries.Of(entry.Gate.Name, entry.Mistakes, 1) with { HasMarkers = true })]),
            new ReportTable("Learned weights and answers", ["gate", "w₁", "w₂", "bias", "00", "01", "10", "11"], [.. learned.Select(entry => Row(entry.Gate, entry.Perceptron))]));
    }

    private static ReportSection OneLayer(RecipeStudy study)
    {
        var model = new Sequential(new Input(2), new Dense(1, "sigmoid")) { Name = "one-layer" };
        model.Compile(new Adam(0.05), "binary_crossentropy", ["accuracy"], study.Seed);
        Dataset rows = TruthTables.Of(Gate.Xor.Function);
        History history = study.Train(model, rows, new FitOptions { Epochs = study.Options.Epochs ?? 500, BatchSize = 4 });
        int correct = Correct(model, Gate.Xor);
        study.Figures["xor_one_layer_correct"] = correct;
        return new ReportSection(
            "XOR with one layer",
            string.Create(
                CultureInfo.InvariantCulture,
                $"One sigmoid unit trained on XOR ends at a loss of {history["loss"][^1]:F4} (ln 2 = 0.6931 is guessing) and {correct} of 4 rows right. Its boundary is a straight line, whatever the weights."),
            Boundary("XOR, one layer", model, Gate.Xor));
    }

    private static ReportSection TwoLayers(RecipeStudy study)
    {
        Sequential composed = XorByHand();
        study.Figures["xor_by_hand_correct"] = Correct(composed, Gate.Xor);
        Tensor<float> hidden = study.Model.Activations(TruthTables.Of(Gate.Xor.Function).X, "hidden");
        return new ReportSection(
            "XOR with two layers",
            string.Create(
                CultureInfo.InvariantCulture,
                $"XOR is AND of NAND and OR: a hidden layer of two perceptrons and one behind them, all three with the weights above, get {study.Figures["xor_by_hand_correct"]:F0} of 4 rows right. The trained network has {Correct(study.Model, Gate.Xor)} of 4 right after a loss of {study.Test.Loss:F4}; its hidden units bend the plane until a line can divide it."),
            Boundary("XOR, two layers by hand", composed, Gate.Xor),
            Boundary("XOR, two layers trained", study.Model, Gate.Xor),
            new Heatmap("What the trained hidden units answer", hidden, ["00", "01", "10", "11"], [.. Enumerable.Range(1, hidden.Shape[1]).Select(unit => string.Create(CultureInfo.InvariantCulture, $"unit {unit}"))]) { IsDiverging = true });
    }

    private static ReportSection AdderOfNands(RecipeStudy study)
    {
        NandCircuit circuit = NandCircuit.Adder(AdderBits);
        Sequential model = circuit.ToModel("adder");
        (Dataset sums, int range) = AllSums();
        Tensor<float> answers = model.Predict(sums.X, sums.Count);
        int width = AdderBits + 1;
        int correct = Enumerable.Range(0, sums.Count).Count(row => answers.Span.Slice(row * width, width).SequenceEqual(sums.Y.Span.Slice(row * width, width)));
        study.Figures["adder_sums_correct"] = correct;
        var read = new Tensor<float>([range, range]);
        for (int row = 0; row < sums.Count; row++)
        {
            for (int bit = 0; bit < width; bit++)
            {
                read.Span[row] += answers.Span[(row * width) + bit] * (1 << bit);
            }
        }

        string[] numbers = [.. Enumerable.Range(0, range).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return new ReportSection(
            "From NAND to an adder",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Every circuit can be made of NAND gates. {circuit.GateCount} of them, each the perceptron above, add two numbers of {AdderBits} bits. Sorted by depth they are a network of {circuit.Depth} layers with {model.ParameterCount:N0} weights that nobody trained; it has {correct} of {sums.Count} sums right."),
            new Heatmap("The network's sums, read from its output bits", read, numbers, numbers) { RowTitle = "a", ColumnTitle = "b" },
            new ReportTable("Its layers", ["layer", "perceptrons"], [.. model.Layers.Select(layer => (string[])[layer.Name, layer.OutputShape[0].ToString(CultureInfo.InvariantCulture)])]));
    }

    private static Sequential XorByHand()
    {
        (Perceptron nand, Perceptron or, Perceptron and) = (Gate.Nand.ByHand!, Gate.Or.ByHand!, Gate.And.ByHand!);
        var model = new Sequential(new Input(2), new Dense(2, "step", name: "nand_or"), new Dense(1, "step", name: "and")) { Name = "xor-by-hand" };
        model.SetWeights(
        [
            new("nand_or.kernel", Tensor.From<float>([2, 2], nand.Weight1, or.Weight1, nand.Weight2, or.Weight2)),
            new("nand_or.bias", Tensor.From<float>([2], nand.Bias, or.Bias)),
            new("and.kernel", Tensor.From<float>([2, 1], and.Weight1, and.Weight2)),
            new("and.bias", Tensor.From<float>([1], and.Bias)),
        ]);
        return model;
    }

    private static (Dataset Sums, int Range) AllSums()
    {
        const int Range = 1 << AdderBits;
        var x = new Tensor<float>([Range * Range, 2 * AdderBits]);
        var y = new Tensor<float>([Range * Range, AdderBits + 1]);
        for (int row = 0; row < Range * Range; row++)
        {
            (int a, int b) = (row / Range, row % Range);
            for (int bit = 0; bit < AdderBits; bit++)
            {
                x[row, bit] = (a >> bit) & 1;
                x[row, AdderBits + bit] = (b >> bit) & 1;
            }

            for (int bit = 0; bit <= AdderBits; bit++)
            {
                y[row, bit] = ((a + b) >> bit) & 1;
            }
        }

        return (new Dataset(x, y), Range);
    }

    private static int Correct(Model model, Gate gate)
    {
        Dataset rows = TruthTables.Of(gate.Function);
        return Answers(model, rows.X).Zip(rows.Y.ToArray()).Count(pair => pair.First == (pair.Second == 1));
    }

    private static IEnumerable<bool> Answers(Model model, Tensor<float> x) => model.Predict(x).ToArray().Select(output => output > 0.5f);

    private static string[] Row(Gate gate, Perceptron perceptron) =>
    [
        gate.Name,
        .. Numbers(perceptron).Select(value => value.ToString("0.##", CultureInfo.InvariantCulture)),
        .. Answers(perceptron.ToModel(gate.Name), TruthTables.Of(gate.Function).X).Select(answer => answer ? "1" : "0"),
    ];

    private static float[] Numbers(Perceptron perceptron) => [perceptron.Weight1, perceptron.Weight2, perceptron.Bias];

    private static DecisionBoundary Boundary(string title, Model model, Gate gate)
    {
        Dataset rows = TruthTables.Of(gate.Function);
        PlotSeries[] points = [.. Enumerable.Range(0, 2).Select(answer =>
        {
            int[] chosen = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Y.Span[row] == answer)];
            return new PlotSeries(answer == 1 ? "1" : "0", [.. chosen.Select(row => (double)rows.X[row, 0])], [.. chosen.Select(row => (double)rows.X[row, 1])]);
        })];
        return DecisionBoundary.Of(title, x => model.Predict(x, 1024), (-0.5, 1.5), (-0.5, 1.5), points);
    }
}
