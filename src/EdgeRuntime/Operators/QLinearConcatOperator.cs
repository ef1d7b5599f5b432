using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Parts along an axis; each is copied where it has the result's scale, else goes through a table.</summary>
internal static class QLinearConcatOperator
{
    private const int First = 2;
    private const int InputsPerPart = 3;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearConcat op, NodeContext node)
    {
        for (int i = First; i < node.InputCount; i += InputsPerPart)
        {
            ByteTable.RequireScales(node, 0, i + 1);
        }

        return new Kernel(op.Axis);
    }

    private sealed class Kernel(int axis) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.OutputShape(0);
            int joined = shape.NormalizeAxis(axis);
            Span<byte> y = arguments.OutputTensor(0).Bytes;
            int width = shape.LengthOf(joined..);
            Span<byte> table = stackalloc byte[ByteTable.Length];
            int start = 0;
            for (int i = First; i < arguments.InputCount; i += InputsPerPart)
            {
                ReadOnlySpan<byte> x = arguments.InputTensor(i).Bytes;
                int part = arguments.InputShape(i).LengthOf(joined..);
                bool isCopied = ByteTable.AreEqual(arguments, i + 1, 0);
                if (!isCopied)
                {
                    ByteTable.FillRequantized(arguments, i + 1, 0, arguments.OutputTensor(0).ElementType, table);
                }

                for (int from = 0, to = start; from < x.Length; from += part, to += width)
                {
                    if (isCopied)
                    {
                        x.Slice(from, part).CopyTo(y[to..]);
                    }
                    else
                    {
                        ByteTable.Apply(table, x.Slice(from, part), y.Slice(to, part));
                    }
                }

                start += part;
            }
        }
    }
}
