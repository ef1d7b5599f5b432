using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the indices of the elements that are not 0 (false, the empty text), one row an axis.</summary>
internal static class NonZeroOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.NonZero op, NodeContext node) =>
        (NarrowFormat.Find(node.InputType(0)) is null ? TypeDispatch.Element(node.InputType(0), default(Factory)) : null) ?? throw node.UnsupportedType(0);

    private readonly struct Factory : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>();
    }

    private sealed class Kernel<T> : OperatorKernel
    {
        public override SymbolicShape[] FindShapes(ReadOnlySpan<Tensor?> inputs)
        {
            int count = 0;
            foreach (T value in inputs[0]!.As<T>().Span)
            {
                count += IsZero(value) ? 0 : 1;
            }

            return [new SymbolicShape(inputs[0]!.Shape.Rank, count)];
        }

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<long> y = arguments.Output<long>(0);
            Shape shape = arguments.InputShape(0);
            int count = arguments.OutputShape(0)[1];
            int found = 0;
            for (int i = 0; i < x.Length; i++)
            {
                if (IsZero(x[i]))
                {
                    continue;
                }

                int rest = i;
                for (int axis = shape.Rank - 1; axis >= 0; axis--)
                {
                    y[(axis * count) + found] = rest % shape[axis];
                    rest /= shape[axis];
                }

                found++;
            }
        }

        // A bfloat16 is compared by its bits, and -0 has other bits than 0.
        private static bool IsZero(T value) => value is BFloat16 half ? (half.Bits & 0x7FFF) == 0 : EqualityComparer<T>.Default.Equals(value, ZeroElement.Of<T>());
    }
}
