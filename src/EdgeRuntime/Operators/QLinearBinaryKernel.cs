using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A function of two quantized tensors with broadcasting, in float32.</summary>
internal static class QLinearBinaryKernel
{
    /// <summary>The kernel of a node with the inputs a, a_scale, a_zero_point, b, b_scale, b_zero_point, c_scale, c_zero_point.</summary>
    public static OperatorKernel Create<TFunction>(NodeContext node)
        where TFunction : struct, IFunction
    {
        ByteTable.RequireScales(node, 1, 4, 6);
        return new Kernel<TFunction>();
    }

    /// <summary>One element of the function: the result's code before its zero point is added and it is saturated, not yet rounded.</summary>
    public interface IFunction
    {
        /// <summary>The function of two numbers from the tables that <see cref="Fill"/> makes.</summary>
        static abstract float Invoke(float a, float b, float factor);

        /// <summary>The table of one operand's part for its 256 codes.</summary>
        static abstract void Fill(ElementType type, float scale, int zeroPoint, float resultScale, Span<float> table);

        /// <summary>What each result is multiplied by.</summary>
        static abstract float Factor(float aScale, float bScale, float resultScale);
    }

    private sealed class Kernel<TFunction> : OperatorKernel
        where TFunction : struct, IFunction
    {
        // Both operands' tables.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2L * ByteTable.Length * sizeof(float);

        public override bool CanOverwrite(int input) => input is 0 or 3;

        public override void Run(in KernelArguments arguments)
        {
            ElementType type = arguments.OutputTensor(0).ElementType;
            Span<float> tables = arguments.Scratch<float>(2 * ByteTable.Length);
            float aScale = ByteTable.Scale(arguments, 1);
            float bScale = ByteTable.Scale(arguments, 4);
            float scale = ByteTable.Scale(arguments, 6);
            TFunction.Fill(type, aScale, ByteTable.ZeroPoint(arguments, 2), scale, tables[..ByteTable.Length]);
            TFunction.Fill(type, bScale, ByteTable.ZeroPoint(arguments, 5), scale, tables[ByteTable.Length..]);
            var walk = new Walk
            {
                A = arguments.InputTensor(0).Bytes,
                B = arguments.InputTensor(3).Bytes,
                Left = tables[..ByteTable.Length],
                Right = tables[ByteTable.Length..],
                Factor = TFunction.Factor(aScale, bScale, scale),
                ZeroPoint = ByteTable.ZeroPoint(arguments, 7),
                Type = type,
            };
            Run(walk, arguments.InputShape(0), arguments.InputShape(3), arguments.OutputTensor(0).Bytes, arguments.OutputShape(0));
        }

        private static void Run(in Walk walk, Shape a, Shape b, Span<byte> c, Shape shape)
        {
            int columns = shape.Rank == 0 ? 1 : shape[^1];
            if (c.Length == 0)
            {
                return;
            }

            if (walk.A.Length == c.Length && walk.B.Length == c.Length)
            {
                walk.Row(0, 1, 0, 1, c);
                return;
            }

            Span<int> strides = stackalloc int[2 * Shape.MaxRank];
            Span<int> index = stackalloc int[Shape.MaxRank];
            index.Clear();
            Span<int> left = strides[..Shape.MaxRank];
            Span<int> right = strides[Shape.MaxRank..];
            BroadcastLoop.FillStrides(a, shape.Rank, left);
            BroadcastLoop.FillStrides(b, shape.Rank, right);
            int last = Math.Max(0, shape.Rank - 1);
            int aAt = 0;
            int bAt = 0;
            for (int row = 0; row < c.Length; row += columns)
            {
                walk.Row(aAt, left[last], bAt, right[last], c.Slice(row, columns));
                for (int axis = shape.Rank - 2; axis >= 0; axis--)
                {
                    bool wraps = ++index[axis] == shape[axis];
                    aAt += wraps ? left[axis] - (left[axis] * shape[axis]) : left[axis];
                    bAt += wraps ? right[axis] - (right[axis] * shape[axis]) : right[axis];
                    if (!wraps)
                    {
                        break;
                    }

                    index[axis] = 0;
                }
            }
        }

        private ref struct Walk
        {
            public ReadOnlySpan<byte> A;
            public ReadOnlySpan<byte> B;
            public ReadOnlySpan<float> Left;
            public ReadOnlySpan<float> Right;
            public float Factor;
            public int ZeroPoint;
            public ElementType Type;

            public readonly void Row(int a, int aStep, int b, int bStep, Span<byte> c)
            {
                for (int i = 0; i < c.Length; i++)
                {
                    c[i] = ByteTable.Saturate(MathF.Round(TFunction.Invoke(Left[A[a + (i * aStep)]], Right[B[b + (i * bStep)]], Factor)), ZeroPoint, Type);
                }
            }
        }
    }
}
