using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.LabelEncoder;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Each element mapped by a table. NaN finds NaN. The table finds a position, and the value there is copied whatever its type: one table for
/// each pair of types would be a large part of an executable.
/// </summary>
internal static class LabelEncoderOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => op.Keys.Tensor switch
    {
        Tensor<string> => new TextKernel(op),
        Tensor<long> => new NumberKernel<long>(op),
        Tensor<int> => new NumberKernel<int>(op),
        Tensor<short> => new NumberKernel<short>(op),
        Tensor<float> => new NumberKernel<float>(op),
        Tensor<double> => new NumberKernel<double>(op),
        _ => throw node.UnsupportedType(0),
    };

    private abstract class Kernel(Record op) : OperatorKernel
    {
        private readonly Tensor _values = op.Values.Tensor.Contiguous();
        private readonly Tensor _default = op.Default.Tensor.Contiguous();

        /// <summary>Writes the value of a table's position, or the default for -1, to an element of the output.</summary>
        protected void Write(in KernelArguments arguments, int element, int position)
        {
            Tensor source = position < 0 ? _default : _values;
            position = Math.Max(position, 0);
            if (source is Tensor<string> strings)
            {
                arguments.Output<string>(0)[element] = strings.Span[position];
                return;
            }

            Span<byte> target = arguments.OutputTensor(0).Bytes;
            int size = target.Length / arguments.OutputTensor(0).Length;
            source.Bytes.Slice(position * size, size).CopyTo(target[(element * size)..]);
        }
    }

    private sealed class TextKernel : Kernel
    {
        private readonly Dictionary<string, int> _table = new(StringComparer.Ordinal);

        public TextKernel(Record op)
            : base(op)
        {
            ReadOnlySpan<string> keys = op.Keys.Tensor.As<string>().Span;
            for (int i = 0; i < keys.Length; i++)
            {
                // Of equal keys the first counts.
                _table.TryAdd(keys[i], i);
            }
        }

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<string> x = arguments.Input<string>(0);
            for (int i = 0; i < x.Length; i++)
            {
                Write(arguments, i, _table.GetValueOrDefault(x[i], -1));
            }
        }
    }

    private sealed class NumberKernel<TKey> : Kernel
        where TKey : unmanaged, INumber<TKey>
    {
        private readonly Dictionary<long, int> _table = [];

        public NumberKernel(Record op)
            : base(op)
        {
            ReadOnlySpan<TKey> keys = op.Keys.Tensor.As<TKey>().Span;
            for (int i = 0; i < keys.Length; i++)
            {
                _table.TryAdd(Code(keys[i]), i);
            }
        }

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<TKey> x = arguments.Input<TKey>(0);
            for (int i = 0; i < x.Length; i++)
            {
                Write(arguments, i, _table.GetValueOrDefault(Code(x[i]), -1));
            }
        }

        /// <summary>A number of its own for every key: for real ones the bits of a double in which 0 has one sign and NaN one form.</summary>
        private static long Code(TKey key)
        {
            if (typeof(TKey) != typeof(float) && typeof(TKey) != typeof(double))
            {
                return long.CreateTruncating(key);
            }

            double real = double.CreateTruncating(key);
            return BitConverter.DoubleToInt64Bits(double.IsNaN(real) ? double.NaN : real == 0 ? 0 : real);
        }
    }
}
