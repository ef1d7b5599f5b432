namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Makes <see cref="CopyKernel{T}"/> for any element type.</summary>
internal static class CopyKernel
{
    /// <summary>A node that changes the shape alone: the planner may leave the elements where they are.</summary>
    public static OperatorKernel CreateView(NodeContext node) =>
        TypeDispatch.Element(node.InputType(0), default(Factory)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory : IElementFactory
    {
        public OperatorKernel Create<T>() => new CopyKernel<T>(isView: true);
    }
}
