using Toolkit.Numerics;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of attention and rotary embeddings, with a reference in float64 that goes query by query.</summary>
internal static class AttentionCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Attentions(), .. Rotations()];

    private static IEnumerable<OperatorCase> Attentions()
    {
        var random = new Random(61);
        var tensors = new RandomTensors(61);
        for (int i = 0; i < 40; i++)
        {
            (int batch, int keyHeads, int steps, int keys) = (random.Next(1, 3), random.Next(1, 3), random.Next(1, 6), random.Next(1, 6));
            (int size, int width, int queryHeads) = (random.Next(1, 9), random.Next(1, 9), keyHeads * random.Next(1, 4));
            int past = i % 3 == 1 ? random.Next(1, 4) : 0;
            bool sideBySide = i % 4 == 3;
            int total = past + keys;
            bool isPadded = i % 10 == 6 && past == 0;
            var op = new O.Attention(
                i % 5 == 2, sideBySide ? queryHeads : null, sideBySide ? keyHeads : null, (O.AttentionOutputMode)(i % 4), i % 7 == 3 ? 0.3f : null, i % 6 == 4 ? 1.5f : 0);
            Tensor? mask = (i % 8) switch
            {
                1 => tensors.Float(steps, total),
                2 => tensors.Float(batch, 1, steps, total),
                4 => tensors.Float(queryHeads, 1, total),
                5 => Elements.From(ElementType.Bool, [batch, queryHeads, steps, total], [.. Enumerable.Range(0, batch * queryHeads * steps * total).Select(j => j % total == 0 ? 1.0 : random.Next(2))]),
                6 => tensors.Float(1, Math.Max(1, total - 1)),
                _ => null,
            };
            Tensor?[] inputs =
            [
                sideBySide ? tensors.Float(batch, steps, queryHeads * size) : tensors.Float(batch, queryHeads, steps, size),
                sideBySide ? tensors.Float(batch, keys, keyHeads * size) : tensors.Float(batch, keyHeads, keys, size),
                sideBySide ? tensors.Float(batch, keys, keyHeads * width) : tensors.Float(batch, keyHeads, keys, width),
                mask,
                past > 0 ? tensors.Float(batch, keyHeads, past, size) : null,
                past > 0 ? tensors.Float(batch, keyHeads, past, width) : null,
                isPadded ? Tensor.Vector<long>([.. Enumerable.Range(0, batch).Select(_ => (long)random.Next(op.IsCausal ? keys : 1, keys + 1))]) : null,
            ];
            if (op.IsCausal && isPadded && keys < steps)
            {
                continue;
            }

            Tensor[] outputs = Expect(op, inputs, queryHeads, keyHeads, past);
            yield return new($"Attention {i}: {inputs[0]!.Shape} {inputs[1]!.Shape} mask {mask?.Shape.ToString() ?? "none"} past {past}", op, Trim(inputs), outputs[0])
            {
                Others = outputs[1..],
                MinOpset = isPadded ? 24 : 23,
                OnnxRuntimeGap = i % 8 == 4 ? "does not repeat rows of a mask" : i % 8 == 6 ? "does not take a mask shorter than the keys" : op.SoftCap > 0 || op.OutputMode != O.AttentionOutputMode.Product ? "adds the mask before the soft cap" : null,
            };
        }
    }

    private static IEnumerable<OperatorCase> Rotations()
    {
        var random = new Random(62);
        var tensors = new RandomTensors(62);
        for (int i = 0; i < 12; i++)
        {
            (int batch, int heads, int steps, int size) = (random.Next(1, 3), random.Next(1, 4), random.Next(1, 5), 2 * random.Next(1, 5));
            int rotary = i % 3 == 2 ? 2 * random.Next(1, (size / 2) + 1) : 0;
            int half = (rotary > 0 ? rotary : size) / 2;
            bool sideBySide = i % 4 == 1;
            bool hasPositions = i % 2 == 0;
            var op = new O.RotaryEmbedding(i % 3 == 1, sideBySide ? heads : 0, rotary);
            Tensor x = sideBySide ? tensors.Float(batch, steps, heads * size) : tensors.Float(batch, heads, steps, size);
            int[] cache = hasPositions ? [7, half] : [batch, steps, half];
            (Tensor cos, Tensor sin) = (tensors.Float(cache), tensors.Float(cache));
            Tensor? positions = hasPositions ? Tensor.From([batch, steps], Enumerable.Range(0, batch * steps).Select(_ => (long)random.Next(7)).ToArray()) : null;
            (double[] xs, double[] c, double[] s) = (Elements.Of(x), Elements.Of(cos), Elements.Of(sin));
            double[] result = [.. xs];
            for (int b = 0; b < batch; b++)
            {
                for (int h = 0; h < heads; h++)
                {
                    for (int t = 0; t < steps; t++)
                    {
                        int at = (sideBySide ? (((b * steps) + t) * heads) + h : (((b * heads) + h) * steps) + t) * size;
                        int row = positions is null ? (b * steps) + t : (int)positions.As<long>().Span[(b * steps) + t];
                        for (int j = 0; j < half; j++)
                        {
                            (int p, int q) = op.Interleaved ? (at + (2 * j), at + (2 * j) + 1) : (at + j, at + half + j);
                            (double cosine, double sine) = (c[(row * half) + j], s[(row * half) + j]);
                            result[p] = (cosine * xs[p]) - (sine * xs[q]);
                            result[q] = (sine * xs[p]) + (cosine * xs[q]);
                        }
                    }
                }
            }

            yield return new($"RotaryEmbedding {i}: {x.Shape}", op, Trim([x, cos, sin, positions]), Elements.From(x.ElementType, x.Shape, result)) { MinOpset = 23 };
        }
    }

    private static Tensor?[] Trim(Tensor?[] inputs) => inputs[..(Array.FindLastIndex(inputs, input => input is not null) + 1)];

    private static Tensor[] Expect(O.Attention op, Tensor?[] inputs, int queryHeads, int keyHeads, int past)
    {
        Tensor q = Heads(inputs[0]!, queryHeads);
        Tensor k = Join(inputs[4], Heads(inputs[1]!, keyHeads));
        Tensor v = Join(inputs[5], Heads(inputs[2]!, keyHeads));
        (int batch, int steps, int size, int total, int width) = (q.Shape[0], q.Shape[2], q.Shape[3], k.Shape[2], v.Shape[3]);
        (double[] qs, double[] ks, double[] vs) = (Elements.Of(q), Elements.Of(k), Elements.Of(v));
        double[]? mask = inputs[3] is { } m ? Elements.Of(m) : null;
        var scores = new double[batch * queryHeads * steps * total];
        var y = new double[batch * queryHeads * steps * width];
        for (int row = 0; row < batch * queryHeads * steps; row++)
        {
            (int b, int h, int s) = (row / steps / queryHeads, row / steps % queryHeads, row % steps);
            int shared = (b * keyHeads) + (h / (queryHeads / keyHeads));
            double[] line = [.. Enumerable.Range(0, total).Select(t => (op.Scale ?? 1 / Math.Sqrt(size)) * Enumerable.Range(0, size).Sum(d => qs[(row * size) + d] * ks[(((shared * total) + t) * size) + d]))];
            Keep(O.AttentionOutputMode.Product);
            line = op.SoftCap > 0 ? [.. line.Select(x => op.SoftCap * Math.Tanh(x / op.SoftCap))] : line;
            Keep(O.AttentionOutputMode.SoftCapped);
            int length = inputs[6] is Tensor<long> lengths ? (int)lengths.Span[b] : total;
            int seen = !op.IsCausal ? length : s + 1 + (inputs[6] is not null ? length - steps : past);
            line = [.. line.Select((x, t) => t >= seen || t >= length ? double.NegativeInfinity : x + MaskAt(b, h, s, t))];
            Keep(O.AttentionOutputMode.Masked);
            double max = line.Max();
            double sum = line.Sum(x => Math.Exp(x - max));
            line = [.. line.Select(x => Math.Exp(x - max) / sum)];
            Keep(O.AttentionOutputMode.Probabilities);
            for (int e = 0; e < width; e++)
            {
                y[(row * width) + e] = Enumerable.Range(0, total).Sum(t => line[t] * vs[(((shared * total) + t) * width) + e]);
            }

            void Keep(O.AttentionOutputMode mode)
            {
                if (mode == op.OutputMode)
                {
                    line.CopyTo(scores, row * total);
                }
            }
        }

        Tensor result = Elements.From(ElementType.Float32, [batch, queryHeads, steps, width], y);
        return
        [
            inputs[0]!.Shape.Rank == 4 ? result : Reference.Transpose(result, 0, 2, 1, 3).Reshape([batch, steps, queryHeads * width]),
            k, v, Elements.From(ElementType.Float32, [batch, queryHeads, steps, total], scores),
        ];

        double MaskAt(int b, int h, int s, int t)
        {
            if (mask is null)
            {
                return 0;
            }

            Shape shape = inputs[3]!.Shape;
            int[] index = [b, h, s, t];
            int offset = 0;
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                int at = index[4 - shape.Rank + axis];
                if (axis == shape.Rank - 1 && at >= shape[axis])
                {
                    return double.NegativeInfinity;
                }

                offset = (offset * shape[axis]) + (shape[axis] == 1 ? 0 : at);
            }

            return inputs[3]!.ElementType != ElementType.Bool ? mask[offset] : mask[offset] != 0 ? 0 : double.NegativeInfinity;
        }
    }

    private static Tensor Heads(Tensor x, int heads) =>
        x.Shape.Rank == 4 ? x : Reference.Transpose(x.Reshape([x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads]), 0, 2, 1, 3);

    private static Tensor Join(Tensor? past, Tensor x)
    {
        if (past is null)
        {
            return x;
        }

        (double[] before, double[] behind) = (Elements.Of(past), Elements.Of(x));
        (int p, int t, int size) = (past.Shape[2], x.Shape[2], x.Shape[3]);
        double[] all = [.. Enumerable.Range(0, x.Shape[0] * x.Shape[1]).SelectMany(head => before.Skip(head * p * size).Take(p * size).Concat(behind.Skip(head * t * size).Take(t * size)))];
        return Elements.From(x.ElementType, [x.Shape[0], x.Shape[1], p + t, size], all);
    }
}
