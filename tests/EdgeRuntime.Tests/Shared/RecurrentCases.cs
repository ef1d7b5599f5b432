using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of the recurrent layers: every direction, optional input and activation.</summary>
internal static class RecurrentCases
{
    private static readonly CellActivation[] Activations =
    [
        new(CellActivationKind.Tanh), new(CellActivationKind.Sigmoid), new(CellActivationKind.Relu), new(CellActivationKind.Affine, 0.5f, 0.1f), new(CellActivationKind.LeakyRelu, 0.2f),
        new(CellActivationKind.ThresholdedRelu, 0.3f), new(CellActivationKind.ScaledTanh, 0.9f, 0.7f), new(CellActivationKind.HardSigmoid, 0.3f, 0.4f), new(CellActivationKind.Elu, 0.6f),
        new(CellActivationKind.Softsign), new(CellActivationKind.Softplus),
    ];

    public static IReadOnlyList<OperatorCase> All { get; } = [.. Random(), .. Functions(), .. Special()];

    private static IEnumerable<OperatorCase> Random()
    {
        var random = new Random(41);
        for (int i = 0; i < 72; i++)
        {
            var direction = (O.RecurrentDirection)(i % 3);
            bool batchFirst = i % 8 == 7;
            float? clip = i % 6 == 5 ? 0.4f : null;
            O.RecurrentOperator op = (i / 3 % 4) switch
            {
                0 => new O.RNN(null, direction, null, clip, batchFirst),
                1 => new O.GRU(null, direction, null, clip, false, batchFirst),
                2 => new O.GRU(null, direction, null, clip, true, batchFirst),
                _ => new O.LSTM(null, direction, null, clip, i % 5 == 4, batchFirst),
            };
            (int steps, int batch, int hidden, int width) = (random.Next(1, 7), random.Next(1, 6), random.Next(1, 40), random.Next(1, 9));
            op = op with { HiddenSize = hidden };
            yield return Make($"{op.OpType} {i}: {direction}, [{steps},{batch},{width}] to {hidden}{(batchFirst ? ", batch first" : "")}", op, random, steps, batch, width, hidden, i % 2 == 0, i % 4 < 2, i % 7 < 4, i % 3 > 0);
        }
    }

    private static IEnumerable<OperatorCase> Functions()
    {
        var random = new Random(42);
        for (int i = 0; i < Activations.Length; i++)
        {
            CellActivation[] list = [Activations[i], Activations[(i + 3) % 11], Activations[(i + 5) % 11], Activations[(i + 7) % 11], Activations[(i + 8) % 11], Activations[(i + 10) % 11]];
            yield return Make($"RNN {list[0].Kind}", new O.RNN(5, O.RecurrentDirection.Bidirectional, new ValueList<CellActivation>(list.AsSpan(0, 2))), random, 3, 2, 3, 5, true, false, false, false);
            yield return Make($"GRU {list[0].Kind}", new O.GRU(5, O.RecurrentDirection.Bidirectional, new ValueList<CellActivation>(list.AsSpan(0, 4)), null, i % 2 == 0), random, 3, 2, 3, 5, true, false, false, false);
            yield return Make($"LSTM {list[0].Kind}", new O.LSTM(5, O.RecurrentDirection.Bidirectional, new ValueList<CellActivation>(list)), random, 3, 2, 3, 5, true, false, false, true);
        }
    }

    private static IEnumerable<OperatorCase> Special()
    {
        var random = new Random(43);
        yield return Make("LSTM over more steps than a block holds", new O.LSTM(64), random, 9, 300, 3, 64, true, true, true, false);
        yield return Make("GRU batch first over more steps than a block holds", new O.GRU(64, O.RecurrentDirection.Bidirectional, BatchFirst: true), random, 9, 300, 3, 64, true, true, true, false);
        foreach (O.RecurrentOperator op in new O.RecurrentOperator[] { new O.RNN(5), new O.GRU(5), new O.LSTM(5, O.RecurrentDirection.Bidirectional) })
        {
            OperatorCase single = Make("", op, random, 3, 2, 4, 5, true, true, true, true);
            Tensor?[] inputs = Array.ConvertAll(single.Inputs, x => x is Tensor<float> f ? Tensor.From(f.Shape, Array.ConvertAll(f.ToArray(), v => (double)v)) : x);
            Tensor[] outputs = RecurrentReference.Run(op, inputs);
            yield return new($"{op.OpType} float64", op, inputs, outputs[0]) { Others = outputs[1..], OnnxRuntimeGap = "runs float32 only" };
        }

        yield return Make("LSTM with all attributes", new O.LSTM(5, Clip: 0.4f, InputForget: true), random, 3, 2, 4, 5, true, false, true, true);
        yield return Make("LSTM of no sequences", new O.LSTM(5), random, 3, 0, 4, 5, true, false, true, false);
        yield return Make("GRU of no steps", new O.GRU(5), random, 0, 2, 4, 5, true, false, true, false);
    }

    private static OperatorCase Make(
        string name, O.RecurrentOperator op, Random random, int steps, int batch, int width, int hidden, bool hasBias, bool hasLengths, bool hasState, bool hasPeepholes)
    {
        int directions = op.DirectionCount;
        int length = RecurrentLayer.GateCount(op.Cell) * hidden;
        int[] states = op.BatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
        List<Tensor?> inputs =
        [
            Fill(2, op.BatchFirst ? [batch, steps, width] : [steps, batch, width]), Fill(0.5, [directions, length, width]), Fill(1 / Math.Sqrt(hidden), [directions, length, hidden]),
            hasBias ? Fill(0.5, [directions, 2 * length]) : null,
            hasLengths ? Tensor.From([batch], Enumerable.Range(0, batch).Select(i => i == 0 ? steps : random.Next(1, steps + 1)).ToArray()) : null,
            hasState ? Fill(1, states) : null,
        ];
        if (op is O.LSTM)
        {
            inputs.AddRange([hasState ? Fill(1, states) : null, hasPeepholes ? Fill(0.5, [directions, 3 * hidden]) : null]);
        }

        while (inputs[^1] is null)
        {
            inputs.RemoveAt(inputs.Count - 1);
        }

        Tensor?[] list = [.. inputs];
        Tensor[] outputs = RecurrentReference.Run(op, list);
        return new OperatorCase(name, op, list, outputs[0])
        {
            Others = outputs[1..],
            OnnxRuntimeGap = op.BatchFirst ? "layout 1 is not implemented" : batch * steps == 0 ? "ends the process" : null,
        };

        Tensor Fill(double scale, int[] shape)
        {
            var tensor = new Tensor<float>(new Shape(shape));
            for (int i = 0; i < tensor.Length; i++)
            {
                tensor.Span[i] = (float)(((random.NextDouble() * 2) - 1) * scale);
            }

            return tensor;
        }
    }
}
