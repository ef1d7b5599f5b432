using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.LinearAttention;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Attention by a state for each head, step by step.</summary>
internal static class LinearAttentionOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.HasInput(3) && node.InputType(3) != node.InputType(0) ? throw node.UnsupportedType(3) : node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op),
        ElementType.Float64 => new Kernel<double>(op),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The state and what is written to it of one head.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            (int keySize, int valueSize) = Sizes(inputs[1], inputs[2]);
            return ((keySize + 1L) * valueSize) * Unsafe.SizeOf<T>();
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape key = arguments.InputShape(1);
            (int keySize, int valueSize) = Sizes(key, arguments.InputShape(2));
            (int heads, int group) = ((int)op.KeyHeads, (int)(op.QueryHeads / op.KeyHeads));
            Span<T> scratch = arguments.Scratch<T>((keySize + 1) * valueSize);
            Span<T> state = scratch[..(keySize * valueSize)];
            Span<T> written = scratch[state.Length..];
            T scale = T.CreateTruncating(op.Scale ?? 1 / Math.Sqrt(keySize));
            for (int i = 0; i < key[0] * heads; i++)
            {
                (int batch, int head) = (i / heads, i % heads);
                if (arguments.HasInput(3))
                {
                    arguments.Input<T>(3).Slice(i * state.Length, state.Length).CopyTo(state);
                }
                else
                {
                    state.Clear();
                }

                for (int step = 0; step < key[1]; step++)
                {
                    WorkLimits.Poll();
                    int row = (batch * key[1]) + step;
                    Write(arguments, row, head, arguments.Input<T>(1).Slice(((row * heads) + head) * keySize, keySize), arguments.Input<T>(2).Slice(((row * heads) + head) * valueSize, valueSize), state, written);
                    for (int member = 0; member < group && arguments.HasOutput(0); member++)
                    {
                        int place = (row * heads * group) + (head * group) + member;
                        ReadState(state, arguments.Input<T>(0).Slice(place * keySize, keySize), scale, arguments.Output<T>(0).Slice(place * valueSize, valueSize));
                    }
                }

                if (arguments.HasOutput(1))
                {
                    state.CopyTo(arguments.Output<T>(1)[(i * state.Length)..]);
                }
            }
        }

        private (int KeySize, int ValueSize) Sizes(Shape key, Shape value) => (key[2] / (int)op.KeyHeads, value[2] / (int)op.KeyHeads);

        // result = factor · qᵀ · state.
        private static void ReadState(ReadOnlySpan<T> state, ReadOnlySpan<T> q, T factor, Span<T> result)
        {
            result.Clear();
            for (int k = 0; k < q.Length; k++)
            {
                T share = factor * q[k];
                ReadOnlySpan<T> row = state.Slice(k * result.Length, result.Length);
                for (int v = 0; v < result.Length; v++)
                {
                    result[v] = T.FusedMultiplyAdd(share, row[v], result[v]);
                }
            }
        }

        private void Write(in KernelArguments arguments, int row, int head, ReadOnlySpan<T> key, ReadOnlySpan<T> value, Span<T> state, Span<T> written)
        {
            if (op.IsGated)
            {
                ReadOnlySpan<T> decay = arguments.Input<T>(4);
                int width = arguments.InputShape(4)[2];
                for (int k = 0; k < key.Length; k++)
                {
                    T factor = T.Exp(decay[(row * width) + (width == op.KeyHeads ? head : (head * key.Length) + k)]);
                    foreach (ref T element in state.Slice(k * value.Length, value.Length))
                    {
                        element *= factor;
                    }
                }
            }

            value.CopyTo(written);
            if (op.IsDelta)
            {
                int width = arguments.InputShape(5)[2];
                T beta = arguments.Input<T>(5)[(row * width) + (width == 1 ? 0 : head)];
                ReadState(state, key, T.One, written);
                for (int v = 0; v < value.Length; v++)
                {
                    written[v] = beta * (value[v] - written[v]);
                }
            }

            for (int k = 0; k < key.Length; k++)
            {
                Span<T> target = state.Slice(k * value.Length, value.Length);
                for (int v = 0; v < target.Length; v++)
                {
                    target[v] = T.FusedMultiplyAdd(key[k], written[v], target[v]);
                }
            }
        }
    }
}
