using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>z = condition ? x : y, both brought to the scale of z by tables.</summary>
internal static class QLinearWhereOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearWhere op, NodeContext node)
    {
        ByteTable.RequireScales(node, 2, 5, 7);
        return new Kernel();
    }

    private sealed class Kernel : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Span<byte> z = arguments.OutputTensor(0).Bytes;
            Shape shape = arguments.OutputShape(0);
            ElementType type = arguments.OutputTensor(0).ElementType;
            Span<byte> tables = stackalloc byte[2 * ByteTable.Length];
            ByteTable.FillRequantized(arguments, 2, 7, type, tables);
            ByteTable.FillRequantized(arguments, 5, 7, type, tables[ByteTable.Length..]);
            ReadOnlySpan<bool> condition = arguments.Input<bool>(0);
            ReadOnlySpan<byte> x = arguments.InputTensor(1).Bytes;
            ReadOnlySpan<byte> y = arguments.InputTensor(4).Bytes;
            Span<int> strides = stackalloc int[3 * Shape.MaxRank];
            Span<int> index = stackalloc int[Shape.MaxRank];
            index.Clear();
            BroadcastLoop.FillStrides(arguments.InputShape(0), shape.Rank, strides);
            BroadcastLoop.FillStrides(arguments.InputShape(1), shape.Rank, strides[Shape.MaxRank..]);
            BroadcastLoop.FillStrides(arguments.InputShape(4), shape.Rank, strides[(2 * Shape.MaxRank)..]);
            int c = 0;
            int a = 0;
            int b = 0;
            for (int i = 0; i < z.Length; i++)
            {
                z[i] = condition[c] ? tables[x[a]] : tables[ByteTable.Length + y[b]];
                for (int axis = shape.Rank - 1; axis >= 0; axis--)
                {
                    int back = ++index[axis] == shape[axis] ? shape[axis] : 0;
                    c += strides[axis] * (1 - back);
                    a += strides[Shape.MaxRank + axis] * (1 - back);
                    b += strides[(2 * Shape.MaxRank) + axis] * (1 - back);
                    if (back == 0)
                    {
                        break;
                    }

                    index[axis] = 0;
                }
            }
        }
    }
}
