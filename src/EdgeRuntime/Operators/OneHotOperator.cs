using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = on at each index of a new axis, off elsewhere.</summary>
internal static class OneHotOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.OneHot op, NodeContext node)
    {
        for (int input = 0; input < 2; input++)
        {
            if (!NumberInput.Accepts(node.InputType(input)))
            {
                throw node.UnsupportedType(input);
            }
        }

        return TypeDispatch.Element(node.InputType(2), new Factory(op.Axis)) ?? throw node.UnsupportedType(2);
    }

    private readonly struct Factory(int axis) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(axis);
    }

    private sealed class Kernel<T>(int axis) : OperatorKernel
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)inputs[0].Length * sizeof(long);

        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.OutputShape(0);
            int normal = shape.NormalizeAxis(axis);
            int depth = shape[normal];
            int inner = shape.LengthOf((normal + 1)..);
            ReadOnlySpan<T> values = arguments.Input<T>(2);
            Span<T> y = arguments.Output<T>(0);
            y.Fill(values[0]);
            Span<long> indices = arguments.Scratch<long>(arguments.InputTensor(0).Length);
            NumberInput.Read(arguments.InputTensor(0), indices);
            for (int i = 0; i < indices.Length; i++)
            {
                long index = indices[i] < 0 ? indices[i] + depth : indices[i];
                if (index >= 0 && index < depth)
                {
                    y[(((i / inner * depth) + (int)index) * inner) + (i % inner)] = values[1];
                }
            }
        }
    }
}
