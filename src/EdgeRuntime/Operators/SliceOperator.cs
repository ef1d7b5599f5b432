using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x from starts to ends by steps along axes, clamped to x as Python does.</summary>
internal static class SliceOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Slice op, NodeContext node)
    {
        for (int input = 1; input < node.InputCount; input++)
        {
            if (node.HasInput(input) && !IntegerInput.Accepts(node.InputType(input)))
            {
                throw node.UnsupportedType(input);
            }
        }

        return TypeDispatch.Element(node.InputType(0), default(Factory)) ?? throw node.UnsupportedType(0);
    }

    private readonly struct Factory : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>();
    }

    private sealed class Kernel<T> : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            Span<int> strides = stackalloc int[Shape.MaxRank];
            BroadcastLoop.FillStrides(shape, shape.Rank, strides);
            int offset = 0;
            for (int i = 0; i < arguments.InputTensor(1).Length; i++)
            {
                long named = arguments.HasInput(3) ? IntegerInput.Read(arguments.InputTensor(3), i) : i;
                if (named < -shape.Rank || named >= shape.Rank)
                {
                    throw new ArgumentException($"Slice: expected axes from -{shape.Rank} to {shape.Rank - 1} for data {shape}, got {named}.");
                }

                int axis = (int)(named < 0 ? named + shape.Rank : named);
                long step = arguments.HasInput(4) ? IntegerInput.Read(arguments.InputTensor(4), i) : 1;
                long start = IntegerInput.Read(arguments.InputTensor(1), i);
                int size = shape[axis];
                start = start < 0 ? start + size : start;
                start = step > 0 ? Math.Clamp(start, 0, size) : Math.Clamp(start, 0, Math.Max(0, size - 1));

                // A stride that only an axis of one element could have is never taken.
                offset += arguments.OutputShape(0)[axis] == 0 ? 0 : (int)start * strides[axis];
                strides[axis] = arguments.OutputShape(0)[axis] <= 1 ? 0 : (int)(strides[axis] * step);
            }

            StridedCopy.Run(arguments.Input<T>(0), offset, strides[..shape.Rank], arguments.OutputShape(0).Dimensions, arguments.Output<T>(0));
        }
    }
}
