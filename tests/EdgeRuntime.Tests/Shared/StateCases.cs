using Toolkit.Numerics;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of linear attention and of convolutions that carry a state.</summary>
internal static class StateCases
{
    private const string Gap = "does not have it";

    public static IReadOnlyList<OperatorCase> All { get; } = [.. Attentions(), .. Convolutions()];

    private static IEnumerable<OperatorCase> Attentions()
    {
        var tensors = new RandomTensors(98);
        foreach (O.LinearAttentionRule rule in Enum.GetValues<O.LinearAttentionRule>())
        {
            foreach ((int heads, int group, bool perHead, bool hasPast) in new[] { (2, 1, false, true), (1, 3, true, false), (3, 2, true, true) })
            {
                (int batch, int steps, int keySize, int valueSize) = (2, 3, 4, 5);
                var op = new O.LinearAttention(heads * group, heads, rule, perHead ? 0.7f : null);
                Tensor q = tensors.Float(batch, steps, heads * group * keySize);
                Tensor k = tensors.Float(batch, steps, heads * keySize);
                Tensor v = tensors.Float(batch, steps, heads * valueSize);
                Tensor? past = hasPast ? tensors.Float(batch, heads, keySize, valueSize) : null;
                Tensor? decay = op.IsGated ? tensors.Float(batch, steps, perHead ? heads : heads * keySize) : null;
                Tensor? beta = op.IsDelta ? tensors.Float(batch, steps, perHead ? heads : 1) : null;
                Tensor?[] inputs = [q, k, v, past, decay, beta];
                (Tensor y, Tensor state) = Expect(op, inputs, keySize, valueSize);
                yield return new($"LinearAttention {rule} {heads} heads of {group}", op, inputs[..(Array.FindLastIndex(inputs, input => input is not null) + 1)], y) { Others = [state], OnnxRuntimeGap = Gap };
            }
        }
    }

    private static (Tensor Y, Tensor State) Expect(O.LinearAttention op, Tensor?[] inputs, int keySize, int valueSize)
    {
        double[]?[] v = [.. inputs.Select(input => input is null ? null : Elements.Of(input))];
        (int batch, int steps, int heads) = (inputs[0]!.Shape[0], inputs[0]!.Shape[1], (int)op.KeyHeads);
        int group = (int)op.QueryHeads / heads;
        var y = new double[batch * steps * heads * group * valueSize];
        double[] state = v[3] is { } past ? [.. past] : new double[batch * heads * keySize * valueSize];
        for (int row = 0; row < batch * steps; row++)
        {
            for (int h = 0; h < heads; h++)
            {
                int origin = (((row / steps) * heads) + h) * keySize * valueSize;
                for (int e = 0; e < valueSize; e++)
                {
                    double known = 0;
                    for (int d = 0; d < keySize; d++)
                    {
                        int width = v[4] is null ? 0 : inputs[4]!.Shape[2];
                        double gate = v[4] is { } decay ? Math.Exp(decay[(row * width) + (width == heads ? h : (h * keySize) + d)]) : 1;
                        state[origin + (d * valueSize) + e] *= gate;
                        known += state[origin + (d * valueSize) + e] * v[1]![(((row * heads) + h) * keySize) + d];
                    }

                    double written = v[2]![(((row * heads) + h) * valueSize) + e];
                    if (v[5] is { } beta)
                    {
                        int width = inputs[5]!.Shape[2];
                        written = beta[(row * width) + (width == 1 ? 0 : h)] * (written - known);
                    }

                    for (int d = 0; d < keySize; d++)
                    {
                        state[origin + (d * valueSize) + e] += written * v[1]![(((row * heads) + h) * keySize) + d];
                    }

                    for (int g = 0; g < group; g++)
                    {
                        int place = (row * heads * group) + (h * group) + g;
                        y[(place * valueSize) + e] = (op.Scale ?? 1 / Math.Sqrt(keySize)) * Enumerable.Range(0, keySize).Sum(d => v[0]![(place * keySize) + d] * state[origin + (d * valueSize) + e]);
                    }
                }
            }
        }

        return (Elements.From(ElementType.Float32, [batch, steps, heads * group * valueSize], y), Elements.From(ElementType.Float32, [batch, heads, keySize, valueSize], state));
    }

    private static IEnumerable<OperatorCase> Convolutions()
    {
        var tensors = new RandomTensors(99);
        foreach ((int length, int kernel, bool hasBias, bool hasPast, bool isSilu) in new[] { (6, 3, true, true, true), (1, 4, false, true, false), (5, 1, true, false, false), (4, 2, false, false, true) })
        {
            Tensor x = tensors.Float(2, 3, length);
            Tensor w = tensors.Float(3, 1, kernel);
            Tensor? bias = hasBias ? tensors.Float(3) : null;
            Tensor? past = hasPast ? tensors.Float(2, 3, kernel - 1) : null;
            double[][] rows = [.. Elements.Of(x).Chunk(length).Select((row, i) => (double[])[.. past is null ? new double[kernel - 1] : Elements.Of(past)[(i * (kernel - 1))..((i + 1) * (kernel - 1))], .. row])];
            double[] ws = Elements.Of(w);
            double[] y = [.. rows.SelectMany((row, i) => Enumerable.Range(0, length).Select(t => (bias is null ? 0 : Elements.Of(bias)[i % 3]) + Enumerable.Range(0, kernel).Sum(tap => ws[(i % 3 * kernel) + tap] * row[t + tap])))];
            y = isSilu ? [.. y.Select(value => value / (1 + Math.Exp(-value)))] : y;
            Tensor?[] inputs = [x, w, bias, past];
            yield return new(
                $"CausalConvWithState of {length} by {kernel}", new O.CausalConvWithState(isSilu), inputs[..(Array.FindLastIndex(inputs, input => input is not null) + 1)], Elements.From(ElementType.Float32, [2, 3, length], y))
            {
                Others = [Elements.From(ElementType.Float32, [2, 3, kernel - 1], [.. rows.SelectMany(row => row[length..])])],
                OnnxRuntimeGap = Gap,
            };
        }
    }
}
