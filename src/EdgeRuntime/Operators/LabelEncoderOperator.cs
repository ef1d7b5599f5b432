using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.LabelEncoder;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Each element mapped by a table. NaN finds NaN.</summary>
internal static class LabelEncoderOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => op.Keys.Tensor.ElementType switch
    {
        ElementType.String => OfKeys<string>(op, node),
        ElementType.Int64 => OfKeys<long>(op, node),
        ElementType.Int32 => OfKeys<int>(op, node),
        ElementType.Int16 => OfKeys<short>(op, node),
        ElementType.Float32 => OfKeys<float>(op, node),
        ElementType.Float64 => OfKeys<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private static OperatorKernel OfKeys<TKey>(Record op, NodeContext node)
        where TKey : notnull => TypeDispatch.Element(op.Values.Tensor.ElementType, new Factory<TKey>(op)) ?? throw node.UnsupportedType(op.Values.Tensor.ElementType, "the values");

    private readonly struct Factory<TKey>(Record op) : IElementFactory
        where TKey : notnull
    {
        public OperatorKernel Create<T>() => new Kernel<TKey, T>(op);
    }

    private sealed class Kernel<TKey, TValue> : OperatorKernel
        where TKey : notnull
    {
        private readonly Dictionary<TKey, TValue> _table = [];
        private readonly TValue _default;

        public Kernel(Record op)
        {
            ReadOnlySpan<TKey> keys = op.Keys.Tensor.As<TKey>().Span;
            ReadOnlySpan<TValue> values = op.Values.Tensor.As<TValue>().Span;
            for (int i = 0; i < keys.Length; i++)
            {
                // Of equal keys the first counts.
                _table.TryAdd(keys[i], values[i]);
            }

            _default = op.Default.Tensor.As<TValue>().Span[0];
        }

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<TKey> x = arguments.Input<TKey>(0);
            Span<TValue> y = arguments.Output<TValue>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = _table.TryGetValue(x[i], out TValue? value) ? value : _default;
            }
        }
    }
}
