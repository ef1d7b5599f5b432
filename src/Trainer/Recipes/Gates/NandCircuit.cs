using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Recipes.Gates;

/// <summary>
/// A circuit of NAND gates, each of which is a perceptron. <see cref="ToModel"/> sorts the gates into levels, and every level becomes one layer of
/// perceptrons: a network whose weights nobody trained.
/// </summary>
internal sealed class NandCircuit
{
    private readonly List<(int First, int Second)> _gates = [];
    private readonly List<int> _levels = [];
    private readonly List<int> _outputs = [];

    /// <summary>Makes a circuit without gates; wires 0 to <paramref name="inputs"/> - 1 are its inputs.</summary>
    public NandCircuit(int inputs)
    {
        InputCount = inputs;
        _levels.AddRange(Enumerable.Repeat(0, inputs));
    }

    public int InputCount { get; }

    public int GateCount => _gates.Count;

    /// <summary>The levels that a signal passes at most.</summary>
    public int Depth => _levels.Max();

    /// <summary>
    /// A ripple-carry adder of two numbers of <paramref name="bits"/> bits. Inputs are a's bits, then b's, lowest first; outputs are the sum's
    /// bits, lowest first, the carry last.
    /// </summary>
    public static NandCircuit Adder(int bits)
    {
        var circuit = new NandCircuit(2 * bits);
        int? carry = null;
        for (int bit = 0; bit < bits; bit++)
        {
            (int sum, carry) = carry is { } wire ? circuit.FullAdder(bit, bits + bit, wire) : circuit.HalfAdder(bit, bits + bit);
            circuit._outputs.Add(sum);
        }

        circuit._outputs.Add(carry!.Value);
        return circuit;
    }

    /// <summary>Adds a NAND gate of two wires; the same wire twice makes it NOT.</summary>
    /// <returns>The wire of its output.</returns>
    public int Nand(int first, int second)
    {
        _gates.Add((first, second));
        _levels.Add(1 + Math.Max(_levels[first], _levels[second]));
        return _levels.Count - 1;
    }

    /// <summary>
    /// The circuit as a network. A level's layer has a perceptron for each gate of the level, and one that hands on each wire that a
    /// later level reads.
    /// </summary>
    public Sequential ToModel(string name)
    {
        List<int> wires = [.. Enumerable.Range(0, InputCount)];
        var layers = new List<Layer> { new Input(InputCount) };
        var weights = new List<KeyValuePair<string, Tensor<float>>>();
        for (int level = 1; level <= Depth; level++)
        {
            List<int> next = [.. Enumerable.Range(0, _levels.Count).Where(wire => _levels[wire] == level || (_levels[wire] < level && IsReadAfter(wire, level)))];
            if (level == Depth)
            {
                next = _outputs;
            }

            string layer = string.Create(CultureInfo.InvariantCulture, $"level_{level}");
            layers.Add(new Dense(next.Count, "step", name: layer));
            (Tensor<float> kernel, Tensor<float> bias) = LevelWeights(wires, next);
            weights.Add(new($"{layer}.kernel", kernel));
            weights.Add(new($"{layer}.bias", bias));
            wires = next;
        }

        var model = new Sequential(layers) { Name = name };
        model.SetWeights(weights);
        return model;
    }

    private (int Sum, int Carry) HalfAdder(int a, int b)
    {
        int both = Nand(a, b);
        return (Nand(Nand(a, both), Nand(b, both)), Nand(both, both));
    }

    private (int Sum, int Carry) FullAdder(int a, int b, int carry)
    {
        int both = Nand(a, b);
        int either = Nand(Nand(a, both), Nand(b, both));
        int ripple = Nand(either, carry);
        return (Nand(Nand(either, ripple), Nand(carry, ripple)), Nand(both, ripple));
    }

    private bool IsReadAfter(int wire, int level) => _outputs.Contains(wire) || _gates.Where((gate, index) => gate.First == wire || gate.Second == wire)
        .Any(gate => _levels[InputCount + _gates.IndexOf(gate)] > level);

    private (Tensor<float> Kernel, Tensor<float> Bias) LevelWeights(List<int> wires, List<int> next)
    {
        Perceptron nand = Gate.Nand.ByHand!;
        var kernel = new Tensor<float>([wires.Count, next.Count]);
        var bias = new Tensor<float>([next.Count]);
        for (int column = 0; column < next.Count; column++)
        {
            int handedOn = wires.IndexOf(next[column]);
            if (handedOn >= 0)
            {
                kernel[handedOn, column] = 1;
                bias[column] = -0.5f;
                continue;
            }

            (int first, int second) = _gates[next[column] - InputCount];
            kernel[wires.IndexOf(first), column] += nand.Weight1;
            kernel[wires.IndexOf(second), column] += nand.Weight2;
            bias[column] = nand.Bias;
        }

        return (kernel, bias);
    }
}
