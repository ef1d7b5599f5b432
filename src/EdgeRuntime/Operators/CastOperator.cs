using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// y = x as another element type. Between real types it is rounded once, ties to even. Real numbers become integers by truncation, and the nearest that there is where they are out of range;
/// integers wrap around; anything but 0 is true.
/// </summary>
internal static class CastOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Cast op, NodeContext node)
    {
        ElementType from = node.InputType(0);
        OperatorKernel? kernel = from == op.To ? CopyKernel.CreateView(node)
            : NarrowCast.Applies(from, op.To) ? NarrowCast.Prepare(op, node)
            : from == ElementType.String || op.To == ElementType.String ? TextCast.Create(from, op.To, node)
            : from switch
            {
                ElementType.Bool => FromBool(op.To),
                ElementType.BFloat16 => FromBFloat16(op.To),
                _ => TypeDispatch.Number(from, new FromNumber(op.To)),
            };
        return kernel ?? throw node.UnsupportedType(op.To, $"from {ElementTypes.Find(from)?.Name ?? "?"}");
    }

    private static OperatorKernel? FromBool(ElementType to) => to == ElementType.BFloat16
        ? new ConvertKernel<BoolToBFloat16, bool, BFloat16>()
        : TypeDispatch.Number(to, default(FromBoolFactory));

    private static OperatorKernel? FromBFloat16(ElementType to) => to == ElementType.Bool
        ? new ConvertKernel<BFloat16ToBool, BFloat16, bool>()
        : TypeDispatch.Number(to, default(FromBFloat16Factory));

    private readonly struct FromNumber(ElementType to) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => to switch
            {
                ElementType.Bool => new ConvertKernel<NumberToBool<T>, T, bool>(),
                ElementType.BFloat16 => new ConvertKernel<NumberToBFloat16<T>, T, BFloat16>(),
                _ => TypeDispatch.Number(to, default(FromNumberTo<T>))!,
            };
    }

    private readonly struct FromNumberTo<TFrom> : INumberFactory
        where TFrom : unmanaged, INumber<TFrom>
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new ConvertKernel<NumberToNumber<TFrom, T>, TFrom, T>();
    }

    private readonly struct FromBoolFactory : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new ConvertKernel<BoolToNumber<T>, bool, T>();
    }

    private readonly struct FromBFloat16Factory : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new ConvertKernel<BFloat16ToNumber<T>, BFloat16, T>();
    }

    private readonly struct NumberToNumber<TFrom, TTo> : IConversion<TFrom, TTo>
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        // A real number saturates, NaN becoming 0; between integers the low bits stay.
        public static TTo Convert(TFrom value) => typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double) || typeof(TFrom) == typeof(Half)
            ? TTo.CreateSaturating(value)
            : TTo.CreateTruncating(value);
    }

    private readonly struct NumberToBool<T> : IConversion<T, bool>
        where T : unmanaged, INumber<T>
    {
        public static bool Convert(T value) => value != T.Zero;
    }

    private readonly struct BoolToNumber<T> : IConversion<bool, T>
        where T : unmanaged, INumber<T>
    {
        public static T Convert(bool value) => value ? T.One : T.Zero;
    }

    private readonly struct NumberToBFloat16<T> : IConversion<T, BFloat16>
        where T : unmanaged, INumber<T>
    {
        public static BFloat16 Convert(T value) => typeof(T) == typeof(float) ? (BFloat16)float.CreateSaturating(value) : (BFloat16)NarrowCast.ToDouble(value);
    }

    private readonly struct BFloat16ToNumber<T> : IConversion<BFloat16, T>
        where T : unmanaged, INumber<T>
    {
        public static T Convert(BFloat16 value) => T.CreateSaturating((float)value);
    }

    private readonly struct BoolToBFloat16 : IConversion<bool, BFloat16>
    {
        public static BFloat16 Convert(bool value) => (BFloat16)(value ? 1f : 0f);
    }

    private readonly struct BFloat16ToBool : IConversion<BFloat16, bool>
    {
        public static bool Convert(BFloat16 value) => (float)value != 0;
    }
}
