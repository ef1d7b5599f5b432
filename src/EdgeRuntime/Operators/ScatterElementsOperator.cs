using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = data with elements updated along an axis. Indices count from the end where they are negative; one outside the axis is an error.</summary>
internal static class ScatterElementsOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ScatterElements op, NodeContext node) => ScatterKernel.Create(op, new Target(op.Axis, node), node);

    private readonly struct Target(int axis, NodeContext node) : IScatterTarget
    {
        public void Update<TBody, T>(Shape shape, Tensor indices, ReadOnlySpan<T> updates, Span<T> data)
            where TBody : IBroadcastBody<T, T, T>
        {
            int normal = shape.NormalizeAxis(axis);
            Span<int> room = stackalloc int[2 * Shape.MaxRank];
            var position = new AxisPositions(indices.Shape, shape, normal, room);
            for (int i = 0; i < updates.Length; i++)
            {
                int index = IndexCheck.Normalize(IntegerInput.Read(indices, i), shape, normal, node);
                ref T element = ref data[position.Offset + (index * position.Stride)];
                element = TBody.Invoke(element, updates[i]);
                position.Advance();
            }
        }
    }
}
