using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Running results along an axis, in the element type; integers wrap around.</summary>
internal static class CumulativeKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="isProduct">Whether elements are multiplied rather than added.</param>
    /// <param name="node">The node.</param>
    /// <typeparam name="TArithmetic">How an element joins the result.</typeparam>
    public static OperatorKernel Create<TArithmetic>(Onnx.Operators.CumulativeOperator op, bool isProduct, NodeContext node)
        where TArithmetic : IArithmetic => IntegerInput.Accepts(node.InputType(1))
        ? TypeDispatch.Computed(node.InputType(0), new Factory<TArithmetic>(op, isProduct, node)) ?? throw node.UnsupportedType(0)
        : throw node.UnsupportedType(1);

    private readonly struct Factory<TArithmetic>(Onnx.Operators.CumulativeOperator op, bool isProduct, NodeContext node) : INumberFactory
        where TArithmetic : IArithmetic
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TArithmetic, T>(op.Exclusive, op.Reverse, isProduct ? T.One : T.Zero, node);
    }

    private sealed class Kernel<TArithmetic, T>(bool exclusive, bool reverse, T identity, NodeContext node) : OperatorKernel
        where TArithmetic : IArithmetic
        where T : unmanaged, INumber<T>
    {
        // An exclusive result is read one element later than it is written.
        public override bool CanOverwrite(int input) => input == 0 && !exclusive;

        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            long named = IntegerInput.Read(arguments.InputTensor(1), 0);
            if (named < -shape.Rank || named >= shape.Rank)
            {
                throw node.BadValue($"expected an axis from -{shape.Rank} to {shape.Rank - 1} for data {shape}, got {named}.");
            }

            int axis = shape.NormalizeAxis((int)named);
            int size = shape[axis];
            int inner = shape.LengthOf((axis + 1)..);
            int block = size * inner;
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int start = 0; start < y.Length; start += block)
            {
                WorkLimits.Poll();
                RunBlock(x.Slice(start, block), y.Slice(start, block), size, inner);
            }
        }

        private void RunBlock(ReadOnlySpan<T> x, Span<T> y, int size, int inner)
        {
            int first = reverse ? (size - 1) * inner : 0;
            int step = reverse ? -inner : inner;
            if (exclusive)
            {
                y.Slice(first, inner).Fill(identity);
            }
            else
            {
                x.Slice(first, inner).CopyTo(y[first..]);
            }

            for (int i = 1, at = first + step; i < size; i++, at += step)
            {
                ReadOnlySpan<T> result = y.Slice(at - step, inner);
                ReadOnlySpan<T> values = x.Slice(exclusive ? at - step : at, inner);
                Span<T> target = y.Slice(at, inner);
                for (int j = 0; j < target.Length; j++)
                {
                    target[j] = TArithmetic.Invoke(result[j], values[j]);
                }
            }
        }
    }
}
