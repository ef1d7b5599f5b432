using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the inputs one after the other along an axis.</summary>
internal static class ConcatOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Concat op, NodeContext node) =>
        TypeDispatch.Element(node.InputType(0), new Factory(op.Axis)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(int axis) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(axis);
    }

    private sealed class Kernel<T>(int axis) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.OutputShape(0);
            int normal = shape.NormalizeAxis(axis);
            int outer = shape.LengthOf(..normal);
            int row = shape.LengthOf(normal..);
            Span<T> y = arguments.Output<T>(0);
            int column = 0;
            for (int i = 0; i < arguments.InputCount; i++)
            {
                int part = arguments.InputShape(i).LengthOf(normal..);
                ReadOnlySpan<T> x = arguments.Input<T>(i);
                for (int block = 0; block < outer; block++)
                {
                    x.Slice(block * part, part).CopyTo(y[((block * row) + column)..]);
                }

                column += part;
            }
        }
    }
}
