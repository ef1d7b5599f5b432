using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Attention, head by head: two matrix products around a softmax. The scores of one head at a time are held.</summary>
internal static class AttentionOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Attention op, NodeContext node)
    {
        if (node.InputType(2) != node.InputType(0))
        {
            throw node.UnsupportedType(2);
        }

        if (node.HasInput(3) && node.InputType(3) != ElementType.Bool && node.InputType(3) != node.InputType(0))
        {
            throw node.UnsupportedType(3);
        }

        return node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(op, node),
            ElementType.Float64 => new Kernel<double>(op, node),
            _ => throw node.UnsupportedType(0),
        };
    }

    // [N, H, S, D] in memory: the elements of one row are neighbours.
    private readonly record struct Heads(int Batch, int Count, int Steps, int Size, int BatchStride, int HeadStride, int StepStride)
    {
        public int Length => Steps == 0 ? 0 : ((Steps - 1) * StepStride) + Size;

        public static Heads Of(Shape shape, long? heads)
        {
            if (shape.Rank == 4)
            {
                return new Heads(shape[0], shape[1], shape[2], shape[3], shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3]);
            }

            int count = (int)heads!.Value;
            int size = shape[2] / count;
            return new Heads(shape[0], count, shape[1], size, shape[1] * shape[2], size, shape[2]);
        }

        public int Offset(int batch, int head) => (batch * BatchStride) + (head * HeadStride);
    }

    private readonly struct SoftCap(float cap) : IUnaryOperation
    {
        public TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(cap) * TLanes.Tanh(x / TLanes.Broadcast(cap));
    }

    private sealed class Kernel<T>(Attention op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The scores of one head, and past and new keys and values together where nobody wants them as outputs.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            Heads q = Heads.Of(inputs[0], op.QueryHeads);
            Heads k = Heads.Of(inputs[1], op.KeyHeads);
            Heads v = Heads.Of(inputs[2], op.KeyHeads);
            long past = node.HasInput(4) ? inputs[4][2] : 0;
            long total = past + k.Steps;
            long joined = past == 0 ? 0 : (long)k.Batch * k.Count * total * (k.Size + v.Size);
            return ((q.Steps * total) + joined) * Unsafe.SizeOf<T>();
        }

        public override void Run(in KernelArguments arguments)
        {
            Heads q = Heads.Of(arguments.InputShape(0), op.QueryHeads);
            Heads k = Heads.Of(arguments.InputShape(1), op.KeyHeads);
            Heads v = Heads.Of(arguments.InputShape(2), op.KeyHeads);
            int past = arguments.HasInput(4) ? arguments.InputShape(4)[2] : 0;
            int total = past + k.Steps;
            int joined = past == 0 ? 0 : k.Batch * k.Count * total;
            Span<T> scratch = arguments.Scratch<T>((q.Steps * total) + (joined * (k.Size + v.Size)));
            Span<T> scores = scratch[..(q.Steps * total)];
            Span<T> rest = scratch[scores.Length..];
            ReadOnlySpan<T> keys = Join(arguments, 1, 4, 1, ref k, past, rest[..(joined * k.Size)]);
            ReadOnlySpan<T> values = Join(arguments, 2, 5, 2, ref v, past, rest[(joined * k.Size)..]);
            ReadOnlySpan<long> lengths = arguments.HasInput(6) ? arguments.Input<long>(6) : [];
            ReadOnlySpan<T> queries = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            Heads target = Heads.Of(arguments.OutputShape(0), op.QueryHeads);
            T scale = T.CreateTruncating(op.Scale ?? 1 / Math.Sqrt(q.Size));
            for (int batch = 0; batch < q.Batch; batch++)
            {
                long length = lengths.IsEmpty ? total : lengths[batch];
                if (length < 0 || length > total)
                {
                    throw node.BadValue($"expected nonpad_kv_seqlen from 0 to {total}, got {length}.");
                }

                for (int head = 0; head < q.Count; head++)
                {
                    WorkLimits.Poll();
                    int shared = head / (q.Count / k.Count);
                    Numerics.Kernels.Gemm.Multiply(
                        false, true, q.Steps, total, q.Size, scale, queries.Slice(q.Offset(batch, head), q.Length), q.StepStride, keys.Slice(k.Offset(batch, shared), k.Length), k.StepStride,
                        T.Zero, scores, total, [], ActivationKind.None, arguments.Workers);
                    Score(arguments, scores, batch, head, q, total, past, (int)length, !lengths.IsEmpty);
                    Numerics.Kernels.Gemm.Multiply(
                        false, false, q.Steps, v.Size, total, T.One, scores, total, values.Slice(v.Offset(batch, shared), v.Length), v.StepStride,
                        T.Zero, y.Slice(target.Offset(batch, head), target.Length), target.StepStride, [], ActivationKind.None, arguments.Workers);
                }
            }
        }

        // From products to probabilities.
        private void Score(in KernelArguments arguments, Span<T> scores, int batch, int head, Heads q, int total, int past, int length, bool isPadded)
        {
            Store(arguments, AttentionOutputMode.Product, scores, batch, head, q);
            if (op.SoftCap > 0)
            {
                ElementWise.Unary(new SoftCap(op.SoftCap), scores, scores, arguments.Workers);
            }

            Store(arguments, AttentionOutputMode.SoftCapped, scores, batch, head, q);
            if (arguments.HasInput(3))
            {
                Mask(arguments, scores, batch, head, q.Steps, total);
            }

            int offset = isPadded && past == 0 ? length - q.Steps : past;
            for (int row = 0; row < q.Steps && (op.IsCausal || length < total); row++)
            {
                int seen = op.IsCausal ? Math.Clamp(row + offset + 1, 0, length) : length;
                scores.Slice((row * total) + seen, total - seen).Fill(T.NegativeInfinity);
            }

            Store(arguments, AttentionOutputMode.Masked, scores, batch, head, q);
            if (scores.Length > 0)
            {
                Numerics.Kernels.Softmax.Forward(scores, scores, q.Steps, total, arguments.Workers);
            }

            Store(arguments, AttentionOutputMode.Probabilities, scores, batch, head, q);
        }

        private void Store(in KernelArguments arguments, AttentionOutputMode mode, ReadOnlySpan<T> scores, int batch, int head, Heads q)
        {
            if (mode == op.OutputMode && arguments.HasOutput(3))
            {
                scores.CopyTo(arguments.Output<T>(3)[(((batch * q.Count) + head) * scores.Length)..]);
            }
        }

        // Adds the mask, or minus infinity where it is false or too short.
        private static void Mask(in KernelArguments arguments, Span<T> scores, int batch, int head, int steps, int total)
        {
            Shape mask = arguments.InputShape(3);
            int columns = mask[^1];
            int rows = mask.Rank > 1 ? mask[^2] : 1;
            int heads = mask.Rank > 2 ? mask[^3] : 1;
            int plane = (((mask.Rank > 3 && mask[0] > 1 ? batch : 0) * heads) + (heads > 1 ? head : 0)) * rows;
            bool isBool = arguments.InputTensor(3).ElementType == ElementType.Bool;
            for (int row = 0; row < steps; row++)
            {
                Span<T> target = scores.Slice(row * total, total);
                int from = (plane + (rows > 1 ? row : 0)) * columns;
                target[columns..].Fill(T.NegativeInfinity);
                for (int j = 0; j < columns; j++)
                {
                    target[j] = !isBool ? target[j] + arguments.Input<T>(3)[from + j] : arguments.Input<bool>(3)[from + j] ? target[j] : T.NegativeInfinity;
                }
            }
        }

        // What is past and what is new, one behind the other in each head; also the output, where somebody wants it.
        private static ReadOnlySpan<T> Join(in KernelArguments arguments, int input, int pastInput, int output, ref Heads heads, int past, Span<T> scratch)
        {
            ReadOnlySpan<T> added = arguments.Input<T>(input);
            bool isWanted = arguments.HasOutput(output);
            if (past == 0 && !isWanted)
            {
                return added;
            }

            int total = past + heads.Steps;
            var joined = new Heads(heads.Batch, heads.Count, total, heads.Size, heads.Count * total * heads.Size, total * heads.Size, heads.Size);
            Span<T> target = isWanted ? arguments.Output<T>(output) : scratch;
            int width = heads.Size;
            for (int batch = 0; batch < heads.Batch; batch++)
            {
                for (int head = 0; head < heads.Count; head++)
                {
                    Span<T> rows = target.Slice(joined.Offset(batch, head), total * width);
                    if (past > 0)
                    {
                        arguments.Input<T>(pastInput).Slice(((batch * heads.Count) + head) * past * width, past * width).CopyTo(rows);
                    }

                    for (int step = 0; step < heads.Steps; step++)
                    {
                        added.Slice(heads.Offset(batch, head) + (step * heads.StepStride), width).CopyTo(rows[((past + step) * width)..]);
                    }
                }
            }

            heads = joined;
            return target;
        }
    }
}
