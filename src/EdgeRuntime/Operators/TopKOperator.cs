using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The k greatest or least elements along an axis, in order, of equal ones the first; a NaN is greater than any number.</summary>
internal static class TopKOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.TopK op, NodeContext node) => IntegerInput.Accepts(node.InputType(1))
        ? TypeDispatch.Computed(node.InputType(0), new Factory(op)) ?? throw node.UnsupportedType(0)
        : throw node.UnsupportedType(1);

    private readonly struct Factory(Onnx.Operators.TopK op) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<T>(op.Axis, op.Largest);
    }

    private sealed class Kernel<T>(int axis, bool largest) : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
            (long)inputs[0][inputs[0].NormalizeAxis(axis)] * sizeof(int);

        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            int normal = shape.NormalizeAxis(axis);
            int size = shape[normal];
            int inner = shape.LengthOf((normal + 1)..);
            int outer = shape.LengthOf(..normal);
            int count = arguments.HasOutput(0) ? arguments.OutputShape(0)[normal] : arguments.OutputShape(1)[normal];
            Span<int> heap = arguments.Scratch<int>(size)[..count];
            for (int lane = 0; lane < outer * inner && count > 0; lane++)
            {
                WorkLimits.Poll();
                int start = (lane / inner * size * inner) + (lane % inner);
                ReadOnlySpan<T> x = arguments.Input<T>(0)[start..];
                Select(x, size, inner, heap);
                for (int i = 0; i < count; i++)
                {
                    int target = (lane / inner * count * inner) + (i * inner) + (lane % inner);
                    if (arguments.HasOutput(0))
                    {
                        arguments.Output<T>(0)[target] = x[heap[i] * inner];
                    }

                    if (arguments.HasOutput(1))
                    {
                        arguments.Output<long>(1)[target] = heap[i];
                    }
                }
            }
        }

        // A heap whose root is the last of what is kept; at the end the roots go to its back one by one.
        private void Select(ReadOnlySpan<T> x, int size, int stride, Span<int> heap)
        {
            for (int i = 0; i < heap.Length; i++)
            {
                heap[i] = i;
            }

            for (int i = (heap.Length / 2) - 1; i >= 0; i--)
            {
                Sink(x, stride, heap, i);
            }

            for (int i = heap.Length; i < size; i++)
            {
                if (Precedes(x, stride, i, heap[0]))
                {
                    heap[0] = i;
                    Sink(x, stride, heap, 0);
                }
            }

            for (int end = heap.Length - 1; end > 0; end--)
            {
                (heap[0], heap[end]) = (heap[end], heap[0]);
                Sink(x, stride, heap[..end], 0);
            }
        }

        private void Sink(ReadOnlySpan<T> x, int stride, Span<int> heap, int parent)
        {
            for (int child = (2 * parent) + 1; child < heap.Length; child = (2 * parent) + 1)
            {
                if (child + 1 < heap.Length && Precedes(x, stride, heap[child], heap[child + 1]))
                {
                    child++;
                }

                if (!Precedes(x, stride, heap[parent], heap[child]))
                {
                    return;
                }

                (heap[parent], heap[child]) = (heap[child], heap[parent]);
                parent = child;
            }
        }

        // Whether element a comes before element b in the result.
        private bool Precedes(ReadOnlySpan<T> x, int stride, int a, int b)
        {
            T first = x[a * stride];
            T second = x[b * stride];
            int order = first < second ? -1 : first > second ? 1 : T.IsNaN(first).CompareTo(T.IsNaN(second));
            return order == 0 ? a < b : (order > 0) == largest;
        }
    }
}
