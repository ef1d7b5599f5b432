using System.Globalization;
using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Cast from and to float8, float4, and integers of four and two bits (<see cref="NarrowFormat"/>). From them, a table of all codes holds the results. To them, every number becomes
/// float64 first, such that the result is rounded once: half-precision and float32 exactly, 64-bit integers rounded to odd. Between integers the low bits stay.
/// </summary>
internal static class NarrowCast
{
    private const int Codes = 256;

    /// <summary>Whether a cast has a narrow type on either side.</summary>
    public static bool Applies(ElementType from, ElementType to) => NarrowFormat.Find(from) is not null || NarrowFormat.Find(to) is not null;

    /// <summary>The kernel; null where the other type is none that is cast.</summary>
    public static OperatorKernel? Prepare(Cast op, NodeContext node)
    {
        ElementType from = node.InputType(0);
        return NarrowFormat.Find(from) is { } source ? From(source, op) : To(NarrowFormat.Find(op.To)!, from, op, node);
    }

    /// <summary>A number as float64, exact or rounded to odd.</summary>
    public static double ToDouble<T>(T value)
        where T : unmanaged, INumber<T> => typeof(T) == typeof(long) ? NarrowFormat.ToDouble(long.CreateTruncating(value))
            : typeof(T) == typeof(ulong) ? NarrowFormat.ToDouble(ulong.CreateTruncating(value))
            : double.CreateTruncating(value);

    private static OperatorKernel? From(NarrowFormat source, Cast op) => NarrowFormat.Find(op.To) is { } target
        ? Table(code => target.Encode(source.Decode(code), op.Saturate, op.RoundMode))
        : op.To switch
        {
            ElementType.Bool => Table(code => source.Decode(code) != 0),
            ElementType.BFloat16 => Table(code => (BFloat16)source.Decode(code)),
            ElementType.String => Table(code => Text(source.Decode(code))),
            _ => TypeDispatch.Number(op.To, new TableFactory(source)),
        };

    private static OperatorKernel? To(NarrowFormat target, ElementType from, Cast op, NodeContext node) => from switch
    {
        ElementType.Bool => new EncodeKernel<BoolReader, bool>(target, op),
        ElementType.BFloat16 => new EncodeKernel<BFloat16Reader, BFloat16>(target, op),
        ElementType.String => new ParseKernel(target, op, node),
        _ => target.IsInteger && TypeDispatch.Integer(from, new TruncateFactory(target)) is { } kernel ? kernel : TypeDispatch.Number(from, new EncodeFactory(target, op)),
    };

    // The spellings of NaN and infinity are those that the operator's specification gives.
    private static string Text(float value) => float.IsNaN(value) ? "NaN"
        : float.IsInfinity(value) ? (value < 0 ? "-INF" : "INF")
        : value.ToString(CultureInfo.InvariantCulture);

    private static TableKernel<T> Table<T>(Func<byte, T> convert)
    {
        var table = new T[Codes];
        for (int code = 0; code < Codes; code++)
        {
            table[code] = convert((byte)code);
        }

        return new TableKernel<T>(table);
    }

    private readonly struct TableFactory(NarrowFormat source) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            NarrowFormat format = source;
            return Table(code => T.CreateSaturating(format.Decode(code)));
        }
    }

    private readonly struct EncodeFactory(NarrowFormat target, Cast op) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new EncodeKernel<NumberReader<T>, T>(target, op);
    }

    private readonly struct TruncateFactory(NarrowFormat target) : IIntegerFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new TruncateKernel<T>(target.Mask);
    }

    private readonly struct NumberReader<T> : IConversion<T, double>
        where T : unmanaged, INumber<T>
    {
        public static double Convert(T value) => ToDouble(value);
    }

    private readonly struct BFloat16Reader : IConversion<BFloat16, double>
    {
        public static double Convert(BFloat16 value) => (float)value;
    }

    private readonly struct BoolReader : IConversion<bool, double>
    {
        public static double Convert(bool value) => value ? 1 : 0;
    }

    private sealed class TableKernel<T>(T[] table) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<byte> x = arguments.Input<byte>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = table[x[i]];
            }
        }
    }

    private sealed class EncodeKernel<TReader, T>(NarrowFormat target, Cast op) : OperatorKernel
        where TReader : IConversion<T, double>
    {
        private const int Piece = 256;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<byte> y = arguments.Output<byte>(0);
            Span<double> piece = stackalloc double[Piece];
            for (int start = 0; start < y.Length; start += Piece)
            {
                int count = Math.Min(Piece, y.Length - start);
                for (int i = 0; i < count; i++)
                {
                    piece[i] = TReader.Convert(x[start + i]);
                }

                target.Encode(piece[..count], y.Slice(start, count), op.Saturate, op.RoundMode);
            }
        }
    }

    private sealed class TruncateKernel<T>(byte mask) : OperatorKernel
        where T : unmanaged, IBinaryInteger<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<byte> y = arguments.Output<byte>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = (byte)(byte.CreateTruncating(x[i]) & mask);
            }
        }
    }

    private sealed class ParseKernel(NarrowFormat target, Cast op, NodeContext node) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<string> x = arguments.Input<string>(0);
            Span<byte> y = arguments.Output<byte>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = target.Encode(TextCast.Parse<double>(x[i], node), op.Saturate, op.RoundMode);
            }
        }
    }
}
