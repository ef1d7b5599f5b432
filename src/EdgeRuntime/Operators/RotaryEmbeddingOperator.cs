using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.RotaryEmbedding;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Pairs of elements turned by their position's angle. A position outside of the caches is an error.</summary>
internal static class RotaryEmbeddingOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op, node),
        ElementType.Float64 => new Kernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            bool isSideBySide = x.Rank == 3;
            int heads = isSideBySide ? (int)op.HeadCount : x[1];
            int steps = isSideBySide ? x[1] : x[2];
            int size = isSideBySide ? x[2] / heads : x[3];
            int half = (int)(op.RotaryDimension > 0 ? op.RotaryDimension : size) / 2;
            ReadOnlySpan<T> cos = arguments.Input<T>(1);
            ReadOnlySpan<T> sin = arguments.Input<T>(2);
            int rows = half == 0 ? 0 : cos.Length / half;
            ReadOnlySpan<long> positions = arguments.HasInput(3) ? arguments.Input<long>(3) : [];
            ReadOnlySpan<T> source = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            source.CopyTo(y);
            for (int place = 0; place < x[0] * steps; place++)
            {
                long row = positions.IsEmpty ? place : positions[place];
                if (half > 0 && (row < 0 || row >= rows))
                {
                    throw node.BadValue($"expected positions from 0 to {rows - 1}, got {row}.");
                }

                (int batch, int step) = (place / steps, place % steps);
                for (int head = 0; head < heads; head++)
                {
                    int at = isSideBySide ? ((place * heads) + head) * size : ((((batch * heads) + head) * steps) + step) * size;
                    Turn(source.Slice(at, size), cos.Slice((int)row * half, half), sin.Slice((int)row * half, half), y.Slice(at, size));
                }
            }
        }

        private void Turn(ReadOnlySpan<T> x, ReadOnlySpan<T> cos, ReadOnlySpan<T> sin, Span<T> y)
        {
            for (int i = 0; i < cos.Length; i++)
            {
                int first = op.Interleaved ? 2 * i : i;
                int second = op.Interleaved ? first + 1 : i + cos.Length;
                (T a, T b) = (x[first], x[second]);
                y[first] = (a * cos[i]) - (b * sin[i]);
                y[second] = (b * cos[i]) + (a * sin[i]);
            }
        }
    }
}
