using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the slices of x along an axis where condition holds.</summary>
internal static class CompressOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Compress op, NodeContext node) =>
        TypeDispatch.Element(node.InputType(0), new Factory(op.Axis, node)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(int? axis, NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(axis, node);
    }

    private sealed class Kernel<T>(int? axis, NodeContext node) : OperatorKernel
    {
        public override SymbolicShape[] FindShapes(ReadOnlySpan<Tensor?> inputs)
        {
            Shape x = inputs[0]!.Shape;
            Dimension count = ((Tensor<bool>)inputs[1]!).Span.Count(true);
            if (axis is not { } named)
            {
                return [new SymbolicShape(count)];
            }

            SymbolicShape shape = SymbolicShape.From(x);
            int normal = x.NormalizeAxis(named);
            return [new SymbolicShape([.. shape.Dimensions[..normal], count, .. shape.Dimensions[(normal + 1)..]])];
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            int normal = axis is { } named ? shape.NormalizeAxis(named) : 0;
            int size = axis is null ? shape.Length : shape[normal];
            int inner = axis is null ? 1 : shape.LengthOf((normal + 1)..);
            ReadOnlySpan<bool> condition = arguments.Input<bool>(1);
            int last = condition.LastIndexOf(true);
            if (last >= size)
            {
                throw node.BadValue($"expected a condition for {size} slices of data {shape}, got true at {last}.");
            }

            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int start = 0; start < x.Length; start += size * inner)
            {
                for (int i = 0; i <= last; i++)
                {
                    if (condition[i])
                    {
                        x.Slice(start + (i * inner), inner).CopyTo(y);
                        y = y[inner..];
                    }
                }
            }
        }
    }
}
