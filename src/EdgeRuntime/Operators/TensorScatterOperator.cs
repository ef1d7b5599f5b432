using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the cache with the update written along an axis, from an index for each batch on.</summary>
internal static class TensorScatterOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.TensorScatter op, NodeContext node) => node.HasInput(2) && !IntegerInput.Accepts(node.InputType(2))
        ? throw node.UnsupportedType(2)
        : TypeDispatch.Element(node.InputType(0), new Factory(op, node)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(Onnx.Operators.TensorScatter op, NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(op.Axis, op.Circular, node);
    }

    private sealed class Kernel<T>(int axis, bool circular, NodeContext node) : OperatorKernel
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            int normal = shape.NormalizeAxis(axis);
            int longest = shape[normal];
            int length = arguments.InputShape(1)[normal];
            int inner = shape.LengthOf((normal + 1)..);
            int prefixes = shape.LengthOf(1..normal);
            ReadOnlySpan<T> update = arguments.Input<T>(1);
            Span<T> y = arguments.Output<T>(0);
            arguments.Input<T>(0).CopyTo(y);
            for (int batch = 0; batch < shape[0] && length > 0; batch++)
            {
                long first = arguments.HasInput(2) ? IntegerInput.Read(arguments.InputTensor(2), batch) : 0;
                long last = circular ? longest - 1 : longest - length;
                if (first < 0 || first > last)
                {
                    throw node.BadValue($"expected write indices from 0 to {last} for {length} elements on axis {normal} of {shape}, got {first}.");
                }

                for (int prefix = batch * prefixes; prefix < (batch + 1) * prefixes; prefix++)
                {
                    for (int i = 0; i < length; i++)
                    {
                        int target = (int)((first + i) % longest);
                        update.Slice(((prefix * length) + i) * inner, inner).CopyTo(y[(((prefix * longest) + target) * inner)..]);
                    }
                }
            }
        }
    }
}
