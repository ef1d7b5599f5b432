using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the upper or lower triangle of the matrices of x, 0 elsewhere.</summary>
internal static class TriluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Trilu op, NodeContext node) => node.HasInput(1) && !IntegerInput.Accepts(node.InputType(1))
        ? throw node.UnsupportedType(1)
        : TypeDispatch.Element(node.InputType(0), new Factory(op.Upper)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(bool upper) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(upper);
    }

    private sealed class Kernel<T>(bool upper) : OperatorKernel
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            long diagonal = arguments.HasInput(1) ? IntegerInput.Read(arguments.InputTensor(1), 0) : 0;
            int rows = shape[^2];
            int columns = shape[^1];
            T zero = ZeroElement.Of<T>();
            for (int start = 0, row = 0; start < y.Length; start += columns, row = row + 1 == rows ? 0 : row + 1)
            {
                // The first column on or above the diagonal; a diagonal far outside leaves all or nothing.
                long bound = Math.Clamp(diagonal, -(long)rows, columns) + row;
                int split = (int)Math.Clamp(upper ? bound : bound + 1, 0, columns);
                x.Slice(start, columns).CopyTo(y[start..]);
                Span<T> target = y.Slice(start, columns);
                (upper ? target[..split] : target[split..]).Fill(zero);
            }
        }
    }
}
