using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// y = Σ Π operands, by labels. Two operands of real numbers whose labels allow it are multiplied as matrices; everything else is summed
/// element by element.
/// </summary>
internal static class EinsumOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Einsum op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new MatrixKernel<float>(op.Equation, node),
        ElementType.Float64 => new MatrixKernel<double>(op.Equation, node),
        var type => TypeDispatch.Computed(type, new Factory(op.Equation, node)) ?? throw node.UnsupportedType(0),
    };

    private readonly struct Factory(string equation, NodeContext node) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new SumKernel<T>(equation, node);
    }

    private class SumKernel<T>(string equation, NodeContext node) : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        // As many as there are plans at a time. Kernels are shared between threads, so the list is replaced whole.
        private const int MaxLayouts = Planning.PlanCache.Capacity;

        private EinsumLayout[] _layouts = [];

        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            LayoutOf(inputs);
            return 0;
        }

        public override void Run(in KernelArguments arguments) => Sum(Current(arguments), arguments);

        protected EinsumLayout LayoutOf(ReadOnlySpan<Shape> inputs)
        {
            foreach (EinsumLayout layout in _layouts)
            {
                if (layout.Fits(inputs))
                {
                    return layout;
                }
            }

            var added = new EinsumLayout(equation, inputs, node);
            _layouts = [added, .. _layouts.AsSpan(0, Math.Min(_layouts.Length, MaxLayouts - 1))];
            return added;
        }

        protected EinsumLayout Current(in KernelArguments arguments)
        {
            foreach (EinsumLayout layout in _layouts)
            {
                if (layout.Fits(arguments))
                {
                    return layout;
                }
            }

            var shapes = new Shape[arguments.InputCount];
            for (int i = 0; i < shapes.Length; i++)
            {
                shapes[i] = arguments.InputShape(i);
            }

            return LayoutOf(shapes);
        }

        protected static void Sum(EinsumLayout layout, in KernelArguments arguments)
        {
            Span<T> y = arguments.Output<T>(0);
            int operands = arguments.InputCount;
            ReadOnlySpan<T> first = arguments.Input<T>(0);
            ReadOnlySpan<T> second = operands > 1 ? arguments.Input<T>(1) : default;
            Span<int> index = stackalloc int[EinsumLayout.MaxLabels];
            Span<int> offsets = stackalloc int[EinsumLayout.MaxOperands];
            index.Clear();
            offsets.Clear();
            for (int i = 0; i < y.Length; i++)
            {
                WorkLimits.Poll();
                T sum = T.Zero;
                for (int k = 0; k < layout.SumLength; k++)
                {
                    T product = operands > 1 ? first[offsets[0]] * second[offsets[1]] : first[offsets[0]];
                    for (int operand = 2; operand < operands; operand++)
                    {
                        product *= arguments.Input<T>(operand)[offsets[operand]];
                    }

                    sum += product;
                    if ((k & 4095) == 4095)
                    {
                        WorkLimits.Poll();
                    }

                    layout.Advance(layout.ResultRank, layout.Sizes.Length, index, offsets);
                }

                y[i] = sum;
                layout.Advance(0, layout.ResultRank, index, offsets);
            }
        }
    }

    private sealed class MatrixKernel<T>(string equation, NodeContext node) : SumKernel<T>(equation, node)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Both operands and the result, each with its axes in the order of a batch of matrices.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => LayoutOf(inputs).Product is { } product
            ? System.Runtime.CompilerServices.Unsafe.SizeOf<T>() * product.Batch * ((product.Rows * product.Inner) + (product.Inner * product.Columns) + (product.Rows * product.Columns))
            : 0;

        public override void Run(in KernelArguments arguments)
        {
            EinsumLayout layout = Current(arguments);
            if (layout.Product is not { } product)
            {
                Sum(layout, arguments);
                return;
            }

            (int batch, int m, int n, int k) = ((int)product.Batch, (int)product.Rows, (int)product.Columns, (int)product.Inner);
            Span<T> left = arguments.Scratch<T>(batch * ((m * k) + (k * n) + (m * n)));
            Span<T> right = left[(batch * m * k)..];
            Span<T> result = right[(batch * k * n)..];
            left = left[..(batch * m * k)];
            right = right[..(batch * k * n)];
            StridedCopy.Run(arguments.Input<T>(0), 0, product.LeftStrides, product.LeftSizes, left);
            StridedCopy.Run(arguments.Input<T>(1), 0, product.RightStrides, product.RightSizes, right);
            for (int i = 0; i < batch && m > 0 && n > 0; i++)
            {
                Numerics.Kernels.Gemm.Multiply(
                    false, false, m, n, k, T.One, left.Slice(i * m * k, m * k), k, right.Slice(i * k * n, k * n), n, T.Zero, result.Slice(i * m * n, m * n), n, [], ActivationKind.None, arguments.Workers);
            }

            StridedCopy.Run<T>(result, 0, product.ResultStrides, arguments.OutputShape(0).Dimensions, arguments.Output<T>(0));
        }
    }
}
