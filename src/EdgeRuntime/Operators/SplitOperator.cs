using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The parts of data along an axis.</summary>
internal static class SplitOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Split op, NodeContext node) => node.HasInput(1) && !IntegerInput.Accepts(node.InputType(1))
        ? throw node.UnsupportedType(1)
        : TypeDispatch.Element(node.InputType(0), new Factory(op.Axis, op.NumOutputs is not null)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(int axis, bool isEqual) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(axis, isEqual);
    }

    private sealed class Kernel<T>(int axis, bool isEqual) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            int normal = shape.NormalizeAxis(axis);
            int outer = shape.LengthOf(..normal);
            int inner = shape.LengthOf((normal + 1)..);
            int row = shape[normal] * inner;
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            int column = 0;
            for (int i = 0; i < arguments.OutputCount; i++)
            {
                // An output that nobody wants still has its part.
                int size = isEqual || !arguments.HasInput(1) ? (shape[normal] + arguments.OutputCount - 1) / arguments.OutputCount
                    : (int)IntegerInput.Read(arguments.InputTensor(1), i);
                int part = Math.Min(size * inner, row - column);
                for (int block = 0; block < outer && arguments.HasOutput(i); block++)
                {
                    x.Slice((block * row) + column, part).CopyTo(arguments.Output<T>(i)[(block * part)..]);
                }

                column += part;
            }
        }
    }
}
