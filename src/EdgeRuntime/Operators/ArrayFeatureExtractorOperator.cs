using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Features picked by index; one that does not exist is an error.</summary>
internal static class ArrayFeatureExtractorOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ArrayFeatureExtractor op, NodeContext node) =>
        TypeDispatch.Element(node.InputType(0), new Factory(node)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(node);
    }

    private sealed class Kernel<T>(NodeContext node) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            ReadOnlySpan<long> indices = arguments.Input<long>(1);
            Span<T> y = arguments.Output<T>(0);
            int features = arguments.InputShape(0)[^1];
            for (int i = 0; i < y.Length; i++)
            {
                long index = indices[i % indices.Length];
                if (index < 0 || index >= features)
                {
                    throw node.BadValue($"expected indices from 0 to {features - 1}, got {index}.");
                }

                y[i] = x[(i / indices.Length * features) + (int)index];
            }
        }
    }
}
