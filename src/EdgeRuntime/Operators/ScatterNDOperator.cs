using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = data with slices updated that tuples of indices pick. Indices count from the end where they are negative; one outside its axis is an error.</summary>
internal static class ScatterNDOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ScatterND op, NodeContext node) => ScatterKernel.Create(op, new Target(node), node);

    private readonly struct Target(NodeContext node) : IScatterTarget
    {
        public void Update<TBody, T>(Shape shape, Tensor indices, ReadOnlySpan<T> updates, Span<T> data)
            where TBody : IBroadcastBody<T, T, T>
        {
            int tuple = indices.Shape[^1];
            int slice = shape.LengthOf(tuple..);
            for (int i = 0; i < indices.Length / tuple; i++)
            {
                Span<T> target = data.Slice(IndexTuples.Resolve(indices, i * tuple, shape, 0, node) * slice, slice);
                ReadOnlySpan<T> source = updates.Slice(i * slice, slice);
                for (int j = 0; j < target.Length; j++)
                {
                    target[j] = TBody.Invoke(target[j], source[j]);
                }
            }
        }
    }
}
